import type { Effect } from '@/api/courses'

/** A course's difference as it stands on the axis, from 0 on the left to 1 on the right. */
export interface Mark {
  low: number
  at: number
  high: number
}
export interface Axis {
  /** Percentage points at either end. */
  reach: number
  ticks: number[]
}
const STEPS = [5, 10, 20, 30, 50, 100]
const TICKS = 4

/** Nothing is said of nobody, whatever figure stands there. */
export const isCompared = (row: Effect): boolean => row.taught.n > 0 && row.comparable.n > 0

/** The same distance to either side of none, so that better and worse are seen alike. */
export function axisOf(rows: readonly Effect[]): Axis {
  const ends = rows.filter(isCompared).flatMap((one) => [one.low, one.high])
  const farthest = Math.max(0, ...ends.map((share) => 100 * Math.abs(share)))
  const reach = STEPS.find((step) => step >= farthest) ?? STEPS[STEPS.length - 1]
  return { reach, ticks: Array.from({ length: TICKS + 1 }, (_, i) => -reach + (2 * reach * i) / TICKS) }
}
/** Null where a group is empty. */
export function markOf(row: Effect, axis: Axis): Mark | null {
  const place = (share: number) => Math.min(1, Math.max(0, (100 * share + axis.reach) / (2 * axis.reach)))
  return isCompared(row) ? { low: place(row.low), at: place(row.difference), high: place(row.high) } : null
}
/** What may be said of a course. */
export const saysOf = (row: Effect): 'works' | 'harms' | 'open' | 'none' => (isCompared(row) ? row.verdict : 'none')
