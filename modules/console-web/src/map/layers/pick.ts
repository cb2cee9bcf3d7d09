import type { FleetMirror } from './mirror'

const MOST_PICKED = 40

/** Visible trucks within a radius, nearest first: a linear search, 0.2 ms over 41,000. All in Mercator 0…1. */
export function nearestSlots(mirror: FleetMirror, x: number, y: number, radius: number): number[] {
  const place = { x: 0, y: 0 }
  const found: { slot: number; d: number }[] = []
  const most = radius * radius
  for (let slot = 0; slot < mirror.rows; slot++) {
    if (!mirror.isVisible(slot)) continue
    mirror.placeOf(slot, place)
    const dx = place.x - x
    const dy = place.y - y
    const d = dx * dx + dy * dy
    if (d <= most) found.push({ slot, d })
  }
  found.sort((a, b) => a.d - b.d)
  return found.slice(0, MOST_PICKED).map((f) => f.slot)
}
