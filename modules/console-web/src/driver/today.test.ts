import { describe, expect, test } from 'vitest'
import type { RestClock, TaskRow } from './api/types'
import { addressed, countdown, dayPart, hoursWords, minutesWords, plateLabel } from './format'
import { firstLocale, locale } from './i18n'
import { restAt } from './rest'
import { mayStartExam, ordered } from './today'

const NOW = Date.parse('2026-11-20T02:00:00Z')
const iso = (s: number) => new Date(NOW + s * 1000).toISOString()
const clock = (more: Partial<RestClock>): RestClock => ({
  continuous_s: 6000,
  limit_s: 14_400,
  deadline: iso(8400),
  driving: true,
  as_of: iso(0),
  ...more,
})

describe('the clock of driving and rest', () => {
  test('tells what is left until the limit, by the deadline while he drives', () => {
    expect(restAt(clock({}), NOW)).toMatchObject({ state: 'driving', left_s: 8400, driven_s: 6000 })
    expect(restAt(clock({}), NOW + 600_000)).toMatchObject({ left_s: 7800, driven_s: 6600 })
  })
  test('counts on from the last position where there is no deadline', () => {
    expect(restAt(clock({ deadline: null, as_of: iso(-60) }), NOW)).toMatchObject({ left_s: 8340 })
  })
  test('stands while he rests', () => {
    expect(restAt(clock({ driving: false, deadline: null }), NOW + 600_000)).toMatchObject({
      state: 'resting',
      left_s: 8400,
    })
    expect(restAt(clock({ driving: false, deadline: null, continuous_s: 0 }), NOW)).toMatchObject({
      state: 'fresh',
      left_s: 14_400,
      share: 0,
    })
  })
  test('does not say that he rests while his truck moves', () => {
    expect(restAt(clock({ driving: false, deadline: null }), NOW, true)).toMatchObject({
      state: 'driving',
      left_s: 8400,
    })
    expect(restAt(clock({ driving: false, deadline: null, continuous_s: 0 }), NOW, true).state).toBe('driving')
  })
  test('says that it is time to stop, and that nothing is known', () => {
    expect(restAt(clock({ deadline: iso(-1) }), NOW)).toMatchObject({ state: 'over', left_s: 0, share: 1 })
    expect(restAt(null, NOW)).toEqual({ state: 'unknown' })
  })
})

describe('what he should do first', () => {
  const task = (id: number, more: Partial<TaskRow> = {}, exam: Partial<TaskRow['exam']> = {}): TaskRow => ({
    id,
    course: { id, title: '', title_en: null, topic: '' },
    kind: 'monthly',
    state: 'assigned',
    due_at: iso(id * 86_400),
    overdue: false,
    restricted: false,
    lessons: 4,
    lessons_done: 0,
    studied_s: 0,
    seconds: 600,
    exam: {
      questions: 10,
      minutes: 15,
      pass_percent: 80,
      attempts_left: 3,
      may_start_at: null,
      open_attempt: null,
      ...exam,
    },
    cause: null,
    ...more,
  })
  const order = (...tasks: TaskRow[]) => ordered(tasks, NOW).map((t) => t.id)
  test('is an exam under way, then what keeps him from driving, then what is late, then what is due soonest', () => {
    expect(
      order(
        task(1),
        task(2, { overdue: true }),
        task(3, { restricted: true }),
        task(4, {}, { open_attempt: 'a' }),
        task(5, { state: 'exam_passed' }),
      ),
    ).toEqual([4, 3, 2, 1])
  })
  test('is not an exam that he may not sit yet', () => {
    const waits = task(1, { state: 'study_done', restricted: true }, { may_start_at: iso(3600) })
    expect(order(waits, task(2))).toEqual([2, 1])
    expect(mayStartExam(waits, NOW)).toBe(false)
    expect(mayStartExam(waits, NOW + 3_600_000)).toBe(true)
    expect(mayStartExam(task(1, { state: 'study_done' }, { attempts_left: 0 }), NOW)).toBe(false)
    expect([3, 4].map((lessons_done) => mayStartExam(task(1, { state: 'in_progress', lessons_done }), NOW))).toEqual([
      false,
      true,
    ])
  })
})

describe('words', () => {
  test('of durations leave out what is nothing', () => {
    expect([8400, 7200, 59, 300].map(hoursWords)).toEqual(['2 小时 20 分', '2 小时', '0 分', '5 分'])
    expect([160, 120, 40].map(minutesWords)).toEqual(['2 分 40 秒', '2 分', '40 秒'])
    expect([980, 59.2, 4580, -3].map(countdown)).toEqual(['16:20', '1:00', '1:16:20', '0:00'])
  })
  test('greet a driver by his family name, the long ones whole, and in English by his name', () => {
    expect(['刘建国', '欧阳平安', '欧阳'].map(addressed)).toEqual(['刘师傅', '欧阳师傅', '欧师傅'])
    expect(addressed('Batu Bold')).toBe('Batu Bold')
    locale.value = 'en'
    expect(addressed('刘建国')).toBe('刘建国')
    locale.value = 'zh-CN'
  })
  test('follow the hour in China', () => {
    const at = (hour: number) => dayPart(Date.parse(`2026-11-20T${String(hour).padStart(2, '0')}:30:00+08:00`))
    expect([4, 6, 11, 14, 19, 23].map(at)).toEqual(['night', 'morning', 'noon', 'afternoon', 'evening', 'night'])
  })
  test('write plates with a dot', () => {
    expect(['渝B30718', '渝BD12345', 'TEST-1'].map(plateLabel)).toEqual(['渝B·30718', '渝B·D12345', 'TEST-1'])
  })
  test('are Chinese unless he chose otherwise or his phone speaks English alone', () => {
    expect(firstLocale('en', ['zh-CN'])).toBe('en')
    expect(firstLocale(null, ['en-US', 'en'])).toBe('en')
    expect(firstLocale(null, ['en-US', 'zh-CN'])).toBe('zh-CN')
    expect(firstLocale('xx', ['ug-CN'])).toBe('zh-CN')
    expect(firstLocale(null, [])).toBe('zh-CN')
  })
})
