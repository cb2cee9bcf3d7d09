import type { Wall } from '@/api/wall'

/** How long a wall stays with each picture. */
export const STAY_MS = 30_000
const MOST = 5
type Rate = Wall['rates_7d'][number]

/** A picture of the tour: the whole country, or a province with its rate. */
export type Stop = Rate | null

/** The whole country first, then the provinces with the highest rates; nothing to travel to where there is but one. */
export function stopsOf(rates: readonly Rate[]): Stop[] {
  const hot = rates.filter((each) => each.per_1000km > 0).slice(0, MOST)
  return hot.length === 0 ? [null] : [null, ...hot]
}

/**
 * Where a tour goes on: behind where it is, also when the order of the provinces has changed meanwhile. A province that is hot no more is left
 * for the country.
 */
export function nextStop(stops: readonly Stop[], here: Stop): Stop {
  const at = stops.findIndex((stop) => stop?.code === here?.code)
  return stops[(at + 1) % stops.length] ?? null
}
