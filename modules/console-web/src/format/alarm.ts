import type { AlarmRow } from '@/api/types'
import { minutesSeconds } from './time'

type T = (key: string, named?: Record<string, unknown>) => string
type Of = (group: string, value: string | null | undefined) => string
type Measured = Pick<AlarmRow, 'rule' | 'measures' | 'facts' | 'started_at' | 'ended_at' | 'state'>

/** A number among the measures, or null; some come as text. */
export function measure(alarm: Pick<AlarmRow, 'measures'>, name: string): number | null {
  const value = alarm.measures?.[name]
  const n = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : NaN
  return Number.isFinite(n) ? n : null
}
export function fact(alarm: Pick<AlarmRow, 'facts'>, name: string): string | null {
  const value = alarm.facts?.[name]
  return value === undefined || value === null || value === '' ? null : String(value)
}
const kmh = (deci: number | null): number | null => (deci === null ? null : Math.round(deci / 10))

export const peakKmh = (alarm: Pick<AlarmRow, 'measures'>) => kmh(measure(alarm, 'peak_decikmh'))
export const limitKmh = (alarm: Pick<AlarmRow, 'measures'>) => kmh(measure(alarm, 'limit_decikmh'))

/** Seconds the episode lasts or lasted. */
export function durationSeconds(alarm: Pick<AlarmRow, 'started_at' | 'ended_at' | 'state'>, now: number): number {
  const end = alarm.ended_at && alarm.state !== 'open' ? Date.parse(alarm.ended_at) : now
  return Math.max(0, (end - Date.parse(alarm.started_at)) / 1000)
}

/** What happened, in a few words: 超速 29%, 疲劳驾驶 5:04, 证件过期上路. */
export function alarmTitle(of: Of, alarm: Measured): string {
  const name = of('rule', alarm.rule)
  if (alarm.rule === 'speeding') {
    const permille = measure(alarm, 'excess_permille')
    if (permille !== null) return `${name} ${Math.round(permille / 10)}%`
    const [peak, limit] = [peakKmh(alarm), limitKmh(alarm)]
    return peak !== null && limit ? `${name} ${Math.round((100 * (peak - limit)) / limit)}%` : name
  }
  const counter = measure(alarm, 'counter_s')
  if (counter !== null && /^(fatigue|cum24)/.test(alarm.rule)) {
    return `${name} ${Math.floor(counter / 3600)}:${String(Math.floor((counter % 3600) / 60)).padStart(2, '0')}`
  }
  if (alarm.rule === 'terminal_alarm') return of('terminalAlarm', fact(alarm, 'alarm'))
  if (alarm.rule === 'papers' && fact(alarm, 'paper_kind'))
    return `${name} · ${of('paperKind', fact(alarm, 'paper_kind'))}`
  return name
}

/** The figure, the limit and how long: 103 km/h，限速 80，持续 3:20. */
export function alarmSentence(t: T, alarm: Measured, now: number): string {
  const lasted = minutesSeconds(durationSeconds(alarm, now))
  const [peak, limit] = [peakKmh(alarm), limitKmh(alarm)]
  if (alarm.rule === 'speeding' && peak !== null && limit !== null) return t('alarm.speedLine', { peak, limit, lasted })
  const counter = measure(alarm, 'counter_s')
  const limitS = measure(alarm, 'limit_s')
  if (counter !== null && limitS !== null) {
    return t('alarm.clockLine', { done: hm(counter), limit: hm(limitS) })
  }
  const speed = kmh(measure(alarm, 'speed_decikmh'))
  if (alarm.rule === 'card_change_moving')
    return speed === null ? t('alarm.cardLine') : t('alarm.cardAtLine', { speed })
  return t('alarm.lastedLine', { lasted })
}
const hm = (s: number): string => `${Math.floor(s / 3600)}:${String(Math.floor((s % 3600) / 60)).padStart(2, '0')}`
