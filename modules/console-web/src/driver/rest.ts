import type { RestClock } from './api/types'

/** What the clock of driving and rest says at a moment, for the words and the bar. */
export type Rest =
  | { state: 'unknown' }
  | {
      /** driving: it counts; resting: he stands and it has not yet gone back to nothing; fresh: nothing is counted; over: time to stop. */
      state: 'driving' | 'resting' | 'fresh' | 'over'
      driven_s: number
      left_s: number
      limit_s: number
      /** Of the bar. */
      share: number
    }

/** @param moving that the truck moves is known: he does not rest, even where a drive has not begun to count yet */
export function restAt(clock: RestClock | null, serverNow: number, moving = false): Rest {
  if (!clock || clock.limit_s <= 0) return { state: 'unknown' }
  const { limit_s } = clock
  // What was counted is as old as the last position; while the drive goes on, time adds to it.
  const since = clock.driving ? Math.max(0, (serverNow - Date.parse(clock.as_of)) / 1000) : 0
  const byDeadline = clock.driving && clock.deadline ? (Date.parse(clock.deadline) - serverNow) / 1000 : null
  const left = byDeadline ?? limit_s - clock.continuous_s - since
  const left_s = Math.max(0, Math.round(left))
  const driven_s = Math.max(clock.continuous_s, Math.round(limit_s - left))
  const share = Math.min(1, Math.max(0, driven_s / limit_s))
  const state = left <= 0 ? 'over' : clock.driving || moving ? 'driving' : clock.continuous_s > 0 ? 'resting' : 'fresh'
  return { state, driven_s, left_s, limit_s, share }
}
