import type { DriverAlarm } from './api/types'
import { countdown, hoursMinutes } from './format'
import { t } from './i18n'

const number = (alarm: Pick<DriverAlarm, 'measures'>, name: string): number | null => {
  const value = alarm.measures[name]
  const n = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : NaN
  return isFinite(n) ? n : null
}
const kmh = (deci: number | null): number | null => (deci === null ? null : Math.round(deci / 10))

/** Figure, limit and duration, each where there is one: 最高 103 km/h，限速 80，持续 3:20. */
export function alarmFigures(alarm: DriverAlarm): string[] {
  const figures: string[] = []
  const [peak, limit] = [kmh(number(alarm, 'peak_decikmh')), kmh(number(alarm, 'limit_decikmh'))]
  const [counter, limitS] = [number(alarm, 'counter_s'), number(alarm, 'limit_s')]
  if (peak !== null) figures.push(t('alarms.peak', { n: peak }))
  if (limit !== null) figures.push(t('alarms.limit', { n: limit }))
  if (counter !== null) figures.push(t('alarms.driven', { t: hoursMinutes(counter) }))
  if (counter !== null && limitS !== null) figures.push(t('alarms.clockLimit', { t: hoursMinutes(limitS) }))
  if (counter === null) {
    const seconds = (Date.parse(alarm.ended_at) - Date.parse(alarm.started_at)) / 1000
    figures.push(alarm.state === 'open' ? t('alarms.running') : t('alarms.lasted', { t: countdown(seconds) }))
  }
  return figures
}
/** Whether the driver's own words are still missing. */
export const wantsWords = (alarm: DriverAlarm): boolean => alarm.may_appeal && alarm.appeal === null
export const appealState = (alarm: DriverAlarm): 'open' | 'accepted' | 'rejected' | null =>
  alarm.appeal === null
    ? null
    : alarm.appeal.decided_at === null
      ? 'open'
      : alarm.appeal.accepted
        ? 'accepted'
        : 'rejected'
