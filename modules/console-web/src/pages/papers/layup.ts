/** Why a truck is laid up. */
export const REASONS = ['repair', 'deregistered'] as const
/** How long ago a truck may have stopped without anybody having written it down, in days. */
export const MOST_DAYS_BACK = 30
export const LEAST_NOTE = 3
const DAY_MS = 86_400_000

const utc = (day: string): Date => new Date(`${day}T00:00:00Z`)
const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** Local days are compared as they are written: 2026-11-22. */
export const earliestFirst = (today: string): string => dayOf(new Date(utc(today).getTime() - MOST_DAYS_BACK * DAY_MS))

/** A lay-up is a year long at most: the day before the same one of the next year, of 29 February that before the 28th. */
export function latestLast(first: string): string {
  const at = utc(first)
  const leap = first.endsWith('-02-29')
  return dayOf(new Date(Date.UTC(at.getUTCFullYear() + 1, at.getUTCMonth(), at.getUTCDate() - (leap ? 2 : 1))))
}

/** What is wrong with two days, the word of a sentence in the group layup; null if nothing is or one is not there yet. */
export function daysWrong(first: string | null, last: string | null, today: string): string | null {
  if (first !== null && first > today) return 'firstAhead'
  if (first !== null && first < earliestFirst(today)) return 'firstTooEarly'
  if (first === null || last === null) return null
  if (last < first) return 'lastBeforeFirst'
  if (last < today) return 'lastOver'
  return last > latestLast(first) ? 'tooLong' : null
}
/** Whether a note says something. */
export const saysWhy = (note: string): boolean => [...note.trim()].length >= LEAST_NOTE
