/** Times are shown absolute and in China's time whatever the clock of the desk says: UTC+8 without daylight saving. */
const SHANGHAI_OFFSET_MS = 8 * 3600_000

const two = (n: number): string => String(n).padStart(2, '0')
const shanghai = (at: number | string): Date =>
  new Date((typeof at === 'string' ? Date.parse(at) : at) + SHANGHAI_OFFSET_MS)

/** 10:42:07 */
export function clock(at: number | string): string {
  const d = shanghai(at)
  return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`
}
/** 10:42 */
export const clockMinutes = (at: number | string): string => clock(at).slice(0, 5)
/** 2026-11-21 */
export function day(at: number | string): string {
  const d = shanghai(at)
  return `${d.getUTCFullYear()}-${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())}`
}
/** 11-21 10:42:07, the year only when it is not the present one. */
export function dayClock(at: number | string, now: number): string {
  const date = day(at)
  return `${date.startsWith(day(now).slice(0, 4)) ? date.slice(5) : date} ${clock(at)}`
}
/** How pickers of a moment write it. */
export const WALL_CLOCK = 'yyyy-MM-dd HH:mm:ss'
/** 2026-11-21 10:42:07, for pickers: they know no zone but the desk's. */
export const wallClock = (at: number | string): string => `${day(at)} ${clock(at)}`
/** The instant that China's clock shows so. */
export const fromWallClock = (text: string): string => new Date(`${text.replace(' ', 'T')}+08:00`).toISOString()
/** The day that a calendar's cell shows: it counts by the desk's clock, whatever that is. */
export function cellDay(moment: number): string {
  const d = new Date(moment)
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`
}
/** Start of the Shanghai day that contains the given time, milliseconds. */
export const startOfDay = (at: number): number =>
  Math.floor((at + SHANGHAI_OFFSET_MS) / 86_400_000) * 86_400_000 - SHANGHAI_OFFSET_MS

/** 3:20 for minutes and seconds below an hour, 3:48 h is written by hoursMinutes. */
export function minutesSeconds(seconds: number): string {
  const s = Math.max(0, Math.round(seconds))
  return s < 3600
    ? `${Math.floor(s / 60)}:${two(s % 60)}`
    : `${Math.floor(s / 3600)}:${two(Math.floor((s % 3600) / 60))}:${two(s % 60)}`
}
/** 3:48 */
export function hoursMinutes(seconds: number): string {
  const minutes = Math.floor(Math.max(0, seconds) / 60)
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}`
}

export type Freshness = 'live' | 'old' | 'dead' | 'none'
/** How old data is shown: amber from 10 s, red from 60 s. */
export function freshness(dataTimeMs: number, nowMs: number): Freshness {
  if (dataTimeMs <= 0) return 'none'
  const age = nowMs - dataTimeMs
  return age >= 60_000 ? 'dead' : age >= 10_000 ? 'old' : 'live'
}
