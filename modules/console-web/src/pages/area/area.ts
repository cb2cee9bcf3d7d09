/** West, south, east, north in degrees WGS84. */
export type Box = [number, number, number, number]

export const MINUTES = [5, 10, 30, 60] as const

/** A box as it stands in an address; null for anything else. */
export function boxOf(text: unknown): Box | null {
  const parts = typeof text === 'string' ? text.split(',').map(Number) : []
  const [w, s, e, n] = parts
  const good = parts.length === 4 && parts.every(Number.isFinite) && w < e && s < n
  return good && w >= -180 && e <= 180 && s >= -85 && n <= 85 ? [w, s, e, n] : null
}

/** A moment by China's clock as it stands in an address, 2026-11-21 03:10; null for anything else. */
export function momentOf(text: unknown): string | null {
  return typeof text === 'string' &&
    /^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(text) &&
    !Number.isNaN(Date.parse(`${text.replace(' ', 'T')}:00+08:00`))
    ? text
    : null
}

/** What the server plays back at most, degrees each way. */
export const MOST_DEGREES = 4
/** What a nearer view aims at, a little below the limit. */
const NEARER_DEGREES = 3.8
const KM_A_DEGREE = 111.2

export const fits = ([w, s, e, n]: Box): boolean => e - w <= MOST_DEGREES && n - s <= MOST_DEGREES

/** How many zoom steps nearer a view has to be to fit; 0 if it does. */
export function stepsNearer(box: Box): number {
  const [w, s, e, n] = box
  return fits(box) ? 0 : Math.log2(Math.max(e - w, n - s) / NEARER_DEGREES)
}

/** Width and height of a box in whole kilometres. */
export function kilometres([w, s, e, n]: Box): [number, number] {
  const across = Math.cos((((s + n) / 2) * Math.PI) / 180)
  return [Math.max(1, Math.round((e - w) * KM_A_DEGREE * across)), Math.max(1, Math.round((n - s) * KM_A_DEGREE))]
}

/** The largest box that is played back around the middle of another, in kilometres. */
export const mostKilometres = ([w, s, e, n]: Box): [number, number] =>
  kilometres([
    (w + e - MOST_DEGREES) / 2,
    (s + n - MOST_DEGREES) / 2,
    (w + e + MOST_DEGREES) / 2,
    (s + n + MOST_DEGREES) / 2,
  ])

/** Degrees to 1 m. */
export const rounded = (box: Box): Box => box.map((degrees) => Math.round(degrees * 1e5) / 1e5) as Box
