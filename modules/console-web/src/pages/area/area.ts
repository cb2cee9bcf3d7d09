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
