import { clock, day } from '@/format/time'
import { locale, t } from './i18n'

const two = (n: number): string => (n < 10 ? `0${n}` : String(n))

/** 2 小时 20 分, with the units left out that are nothing; never less than a minute unless it is nothing. */
export function hoursWords(seconds: number): string {
  const minutes = Math.max(0, Math.floor(seconds / 60))
  const [h, m] = [Math.floor(minutes / 60), minutes % 60]
  if (h === 0) return t('time.minutes', { m })
  return m === 0 ? t('time.hours', { h }) : t('time.hoursMinutes', { h, m })
}
/** 2 分 40 秒 */
export function minutesWords(seconds: number): string {
  const s = Math.max(0, Math.round(seconds))
  const [m, rest] = [Math.floor(s / 60), s % 60]
  if (m === 0) return t('time.seconds', { s: rest })
  return rest === 0 ? t('time.minutes', { m }) : t('time.minutesSeconds', { m, s: rest })
}
/** 16:20 for minutes and seconds, 1:16:20 above an hour. */
export function countdown(seconds: number): string {
  const s = Math.max(0, Math.ceil(seconds))
  const [h, m] = [Math.floor(s / 3600), Math.floor((s % 3600) / 60)]
  return h > 0 ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`
}
/** 1:40 for hours and minutes. */
export const hoursMinutes = (seconds: number): string => {
  const minutes = Math.floor(Math.max(0, seconds) / 60)
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}`
}
/** 24.3 MB; what is small is not nothing. */
export function megabytes(bytes: number): string {
  const mb = bytes / 1_000_000
  return `${mb >= 100 ? Math.round(mb) : Math.max(0.1, Math.round(mb * 10) / 10)} MB`
}
/** 11-20, with the year where it is another one. */
export function shortDay(at: string, now: number): string {
  const text = day(at)
  return text.slice(0, 4) === day(now).slice(0, 4) ? text.slice(5) : text
}
/** 11-20 10:42 */
export const shortTime = (at: string, now: number): string => `${shortDay(at, now)} ${clock(at).slice(0, 5)}`
export const minuteClock = (at: string | number): string => clock(at).slice(0, 5)

/** 渝B12345 → 渝B·12345; what is no mainland plate stays as it is. */
export function plateLabel(plate: string): string {
  const match = /^([\u4e00-\u9fa5][A-Z])[·.\s-]?([0-9A-Z\u4e00-\u9fa5]{4,6})$/.exec(plate)
  return match ? `${match[1]}·${match[2]}` : plate
}

const TWO_PART_NAMES =
  /^[\u6b27\u53f8\u4e0a\u8bf8\u590f\u7687\u5c09\u516c\u8d6b\u957f\u6155][\u9633\u9a6c\u5b98\u845b\u4faf\u752b\u8fdf\u5b59\u8fde\u5b59\u5bb9]/
/** How a driver is greeted: 刘师傅; in English by the name as it is written. */
export function addressed(name: string): string {
  if (locale.value === 'en' || !/^[\u4e00-\u9fa5]{2,4}$/.test(name)) return name
  const family = name.length > 2 && TWO_PART_NAMES.test(name) ? name.slice(0, 2) : name.slice(0, 1)
  return t('today.master', { family })
}
/** Which part of the day it is in China. */
export function dayPart(now: number): 'morning' | 'noon' | 'afternoon' | 'evening' | 'night' {
  const hour = Number(clock(now).slice(0, 2))
  if (hour < 5 || hour >= 23) return 'night'
  if (hour < 11) return 'morning'
  if (hour < 13) return 'noon'
  return hour < 18 ? 'afternoon' : 'evening'
}
