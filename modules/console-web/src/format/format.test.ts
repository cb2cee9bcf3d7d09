import { describe, expect, test } from 'vitest'
import { alarmSentence, alarmTitle, durationSeconds } from './alarm'
import { count, decimal, plateKey, plateLabel } from './text'
import {
  clock,
  clockMinutes,
  day,
  dayClock,
  freshness,
  fromWallClock,
  hoursMinutes,
  minutesSeconds,
  startOfDay,
  wallClock,
} from './time'

const AT = Date.parse('2026-11-20T18:42:07Z')

describe('times', () => {
  test('are shown in China time whatever the zone of the computer', () => {
    expect(clock(AT)).toBe('02:42:07')
    expect(clockMinutes('2026-11-20T18:42:07.900Z')).toBe('02:42')
    expect(day(AT)).toBe('2026-11-21')
  })
  test('carry the year only when it is another one', () => {
    expect(dayClock(AT, AT)).toBe('11-21 02:42:07')
    expect(dayClock(AT, Date.parse('2027-03-01T00:00:00Z'))).toBe('2026-11-21 02:42:07')
  })
  test('a day starts at midnight in Shanghai', () => {
    expect(fromWallClock(wallClock('2026-11-20T16:00:05Z'))).toBe('2026-11-20T16:00:05.000Z')
    expect(wallClock('2026-11-20T16:00:05Z')).toBe('2026-11-21 00:00:05')
    expect(new Date(startOfDay(AT)).toISOString()).toBe('2026-11-20T16:00:00.000Z')
  })
  test('durations', () => {
    expect(minutesSeconds(200)).toBe('3:20')
    expect(minutesSeconds(3725)).toBe('1:02:05')
    expect(minutesSeconds(-4)).toBe('0:00')
    expect(hoursMinutes(13_680)).toBe('3:48')
  })
})

describe('the age of the data', () => {
  test.each([
    [0, 'live'],
    [9_999, 'live'],
    [10_000, 'old'],
    [59_999, 'old'],
    [60_000, 'dead'],
  ])('%i ms is %s', (age, tone) => expect(freshness(AT, AT + age)).toBe(tone))
  test('without data there is no colour', () => expect(freshness(0, AT)).toBe('none'))
})

describe('plates and numbers', () => {
  test('a plate gets its dot, other text stays', () => {
    expect(plateLabel('渝B12345')).toBe('渝B·12345')
    expect(plateLabel('粤AD12345')).toBe('粤A·D12345')
    expect(plateLabel('渝A1234挂')).toBe('渝A·1234挂')
    expect(plateLabel('TEST-1')).toBe('TEST-1')
    expect(plateLabel(null)).toBe('—')
  })
  test('plates are compared without dots and in capitals', () => expect(plateKey('渝b·12345')).toBe('渝B12345'))
  test('thousands and minus', () => {
    expect(count(41026)).toBe('41,026')
    expect(decimal(-8.25, 1)).toBe('−8.3')
  })
})

describe('the words of an alarm', () => {
  const t = (key: string, named: Record<string, unknown> = {}) => `${key} ${JSON.stringify(named)}`
  const of = (_group: string, value: string | null | undefined) => value ?? ''
  const base = { started_at: '2026-11-21T02:00:00Z', ended_at: '2026-11-21T02:01:00Z', state: 'open', facts: {} }
  test('speeding names the excess', () => {
    const alarm = {
      ...base,
      rule: 'speeding',
      measures: { peak_decikmh: 1030, limit_decikmh: 800, excess_permille: 288 },
    }
    expect(alarmTitle(of, alarm)).toBe('speeding 29%')
    expect(alarmSentence(t, alarm, Date.parse('2026-11-21T02:03:20Z'))).toBe(
      'alarm.speedLine {"peak":103,"limit":80,"lasted":"3:20"}',
    )
  })
  test('the excess is worked out when the rule does not give it', () => {
    const alarm = { ...base, rule: 'speeding', measures: { peak_decikmh: '960', limit_decikmh: 800 } }
    expect(alarmTitle(of, alarm)).toBe('speeding 20%')
  })
  test('fatigue names the hours driven', () => {
    const alarm = { ...base, rule: 'fatigue', measures: { counter_s: 18_240, limit_s: 14_400 } }
    expect(alarmTitle(of, alarm)).toBe('fatigue 5:04')
  })
  test('a terminal alarm is named by what the terminal said', () => {
    expect(
      alarmTitle(of, { ...base, rule: 'terminal_alarm', measures: {}, facts: { alarm: 'emergency_button' } }),
    ).toBe('emergency_button')
  })
  test('a card changed on the way says how fast', () => {
    const alarm = { ...base, rule: 'card_change_moving', measures: { speed_decikmh: 700 } }
    expect(alarmSentence(t, alarm, 0)).toBe('alarm.cardAtLine {"speed":70}')
  })
  test('a closed alarm lasted until its end', () => {
    expect(durationSeconds({ ...base, state: 'closed' }, Date.parse('2026-11-22T00:00:00Z'))).toBe(60)
  })
})
