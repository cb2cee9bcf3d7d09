import type { DayTrack, Trip, VehicleDay } from '@/api/types'
import { day as dayOf } from '@/format/time'
import type { StripBox } from '@/pages/map/strip'
import { xOf, yOf } from '@/pages/map/strip'

/** Where a truck was at any instant of its day, and how the clock of the replay runs. Pure: columns and times in, places and times out. */

export const DOUBTFUL = 1
/** Farther apart than this nothing is known of what was between two points. */
const GAP_MS = 120_000
/** Before a stretch without points is over the replay shows the truck again for this long. */
const LEAD_IN_MS = 5_000

export interface Moment {
  /** Index of the last believed point up to this instant. */
  index: number
  lat: number
  lon: number
  kmh: number
  limitKmh: number | null
  heading: number
  /** Nothing is known of this instant: the truck is shown where it was last seen. */
  unknown: boolean
}

/** The believed points: what the line and the truck go by. */
export function believed(track: DayTrack): number[] {
  const out: number[] = []
  for (let i = 0; i < track.t_ms.length; i++) if (!(track.flags[i] & DOUBTFUL)) out.push(i)
  return out
}

/** Place in `points` of the last point at or before an instant, −1 before the first. */
export function lastUpTo(track: DayTrack, points: number[], at: number): number {
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (track.t_ms[points[middle]] <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Where the truck was; between two points of the same stretch on the straight line. Null without any believed point. */
export function momentAt(track: DayTrack, points: number[], at: number): Moment | null {
  if (points.length === 0) return null
  const n = lastUpTo(track, points, at)
  const i = points[Math.max(0, n)]
  const next = n >= 0 ? points[n + 1] : undefined
  const here: Moment = {
    index: i,
    lat: track.lat[i] / 1e6,
    lon: track.lon[i] / 1e6,
    kmh: track.speed[i] / 10,
    limitKmh: track.limit[i] > 0 ? track.limit[i] / 10 : null,
    heading: track.heading[i],
    unknown: n < 0 || at - track.t_ms[i] > GAP_MS,
  }
  if (next === undefined) return here
  const span = track.t_ms[next] - track.t_ms[i]
  if (span > GAP_MS) return { ...here, unknown: at > track.t_ms[i] }
  const part = span > 0 ? (at - track.t_ms[i]) / span : 0
  return {
    ...here,
    lat: here.lat + ((track.lat[next] - track.lat[i]) / 1e6) * part,
    lon: here.lon + ((track.lon[next] - track.lon[i]) / 1e6) * part,
    kmh: here.kmh + ((track.speed[next] - track.speed[i]) / 10) * part,
    unknown: false,
  }
}

/** The clock `elapsedMs` later at this rate. Stretches without points are passed at once; at the last point it stands. */
export function advance(track: DayTrack, points: number[], at: number, elapsedMs: number, rate: number): number {
  if (points.length === 0) return at
  const last = track.t_ms[points[points.length - 1]]
  const later = Math.min(last, at + elapsedMs * rate)
  const n = lastUpTo(track, points, later)
  const next = points[n + 1]
  if (next === undefined) return later
  const from = n < 0 ? -Infinity : track.t_ms[points[n]]
  const to = track.t_ms[next]
  return to - from > GAP_MS && later > from + LEAD_IN_MS && later < to - LEAD_IN_MS ? to - LEAD_IN_MS : later
}

/** The point before or after, for the arrow keys. */
export function neighbour(track: DayTrack, points: number[], at: number, steps: 1 | -1): number {
  const n = lastUpTo(track, points, at)
  const exact = n >= 0 && track.t_ms[points[n]] === at
  const to = steps > 0 ? n + 1 : exact ? n - 1 : n
  const i = points[Math.max(0, Math.min(points.length - 1, to))]
  return i === undefined ? at : track.t_ms[i]
}

/** Lines of the believed points, cut where nothing is known; degrees. */
export function lines(track: DayTrack, points: number[], from = -Infinity, to = Infinity): [number, number][][] {
  const out: [number, number][][] = []
  let line: [number, number][] = []
  let before = -Infinity
  for (const i of points) {
    const at = track.t_ms[i]
    if (at < from) continue
    if (at > to) break
    if (at - before > GAP_MS && line.length > 0) {
      out.push(line)
      line = []
    }
    line.push([track.lon[i] / 1e6, track.lat[i] / 1e6])
    before = at
  }
  if (line.length > 0) out.push(line)
  return out.filter((l) => l.length > 1)
}

const SMALLEST_SPAN = 0.006
/** West, south, east, north of the believed points in a time, never smaller than some hundred metres. */
export function bounds(
  track: DayTrack,
  points: number[],
  from = -Infinity,
  to = Infinity,
): [number, number, number, number] | null {
  let box: [number, number, number, number] | null = null
  for (const i of points) {
    if (track.t_ms[i] < from || track.t_ms[i] > to) continue
    const [lon, lat] = [track.lon[i] / 1e6, track.lat[i] / 1e6]
    box = box
      ? [Math.min(box[0], lon), Math.min(box[1], lat), Math.max(box[2], lon), Math.max(box[3], lat)]
      : [lon, lat, lon, lat]
  }
  if (!box) return null
  const grow = (lo: number, hi: number): [number, number] =>
    hi - lo >= SMALLEST_SPAN ? [lo, hi] : [(lo + hi - SMALLEST_SPAN) / 2, (lo + hi + SMALLEST_SPAN) / 2]
  const [w, e] = grow(box[0], box[2])
  const [s, n] = grow(box[1], box[3])
  return [w, s, e, n]
}

/** The limit as steps; it breaks where no position was judged for a while. */
export function limitPath(track: DayTrack, box: StripBox): string {
  let path = ''
  let before = -Infinity
  let limit = 0
  for (let i = 0; i < track.t_ms.length; i++) {
    const at = track.t_ms[i]
    if (at < box.from || at > box.to || track.limit[i] === 0) continue
    const x = xOf(box, at).toFixed(1)
    const y = yOf(box, track.limit[i] / 10).toFixed(1)
    if (at - before > GAP_MS) path += `M${x} ${y}`
    else if (track.limit[i] !== limit) path += `H${x}V${y}`
    before = at
    limit = track.limit[i]
    const next = track.t_ms[i + 1]
    if (next === undefined || next > box.to || next - at > GAP_MS) path += `H${x}`
  }
  return path
}

/** A round speed above everything in the day, km/h. */
export function topKmh(track: DayTrack, points: number[]): number {
  let most = 100
  for (const i of points) most = Math.max(most, track.speed[i] / 10)
  for (const limit of track.limit) most = Math.max(most, limit / 10)
  return Math.ceil((most * 1.05) / 20) * 20
}

/** The day some days later, as text. */
export function shiftDay(text: string, days: number): string {
  return new Date(Date.parse(`${text}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
export const isDay = (text: unknown): text is string =>
  typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))

/** The trip that began at this instant. */
export const tripFrom = (trips: Trip[], from: unknown): Trip | null => trips.find((trip) => trip.from === from) ?? null

/** Where the replay begins: at the instant that the address names, else at the first trip, else at the first point. */
export function beginning(day: VehicleDay, points: number[], wanted: unknown): number {
  const asked = typeof wanted === 'string' ? Date.parse(wanted) : NaN
  const [from, to] = [Date.parse(day.from), Date.parse(day.to)]
  if (asked >= from && asked < to) return asked
  if (day.trips.length > 0) return Date.parse(day.trips[0].from)
  return points.length > 0 ? day.track.t_ms[points[0]] : from
}

/** The address of the replay of an instant. */
export const replayOf = (vehicleId: number, at: string | number) => ({
  name: 'replay',
  params: { id: String(vehicleId), day: dayOf(at) },
  query: { at: new Date(at).toISOString() },
})
