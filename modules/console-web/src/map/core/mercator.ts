/** Web Mercator as whole numbers: the world is 2^32 steps wide, the centre of the world is 0, so a step is 9 mm at the equator. */
const WORLD = 2 ** 32

export const mercatorX = (lon: number): number => lon / 360 + 0.5
export function mercatorY(lat: number): number {
  const s = Math.sin((lat * Math.PI) / 180)
  return 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI)
}
export const lonOf = (x: number): number => (x - 0.5) * 360
export const latOf = (y: number): number => (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI

/** 0…1 to int32. */
export const steps = (unit: number): number =>
  Math.max(-2147483648, Math.min(2147483647, Math.round((unit - 0.5) * WORLD)))
export const unit = (stepsFromCentre: number): number => stepsFromCentre / WORLD + 0.5

/** Metres a pixel covers at the given latitude; MapLibre tiles are 512 px wide. */
export const metresPerPixel = (lat: number, zoom: number): number =>
  (Math.cos((lat * Math.PI) / 180) * 40_075_016.7) / (512 * 2 ** zoom)

/** Largest of 1, 2, 5 × 10^n metres that fits into the given width. */
export function niceScale(metresPerPx: number, maxPx: number): { metres: number; px: number } {
  const most = metresPerPx * maxPx
  const power = 10 ** Math.floor(Math.log10(most))
  const metres = [5, 2, 1].map((m) => m * power).find((m) => m <= most) ?? power
  return { metres, px: metres / metresPerPx }
}
