import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson'
import { State } from '@/feed/codec'
import type { Fleet } from '@/feed/fleet'
import { latOf, lonOf } from '@/map/core/mercator'
import type { FleetMirror } from './mirror'

/** What the fleet's rows say about places: pure, from typed arrays to GeoJSON. No object is made for a truck, apart from the few that are marked. */

export type Area = Feature<Polygon | MultiPolygon>
type Box = [west: number, south: number, east: number, north: number]

/** A cell of this size has one province; at a border that is wrong by some kilometres, which a rate does not see. */
const CELLS_A_DEGREE = 20

const inRing = (ring: Position[], x: number, y: number): boolean => {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i]
    const [xj, yj] = ring[j]
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}
const polygons = (area: Area): Position[][][] =>
  area.geometry.type === 'Polygon' ? [area.geometry.coordinates] : area.geometry.coordinates

/** Which province a place lies in: index into `areas`, −1 for none. */
export function provinceFinder(areas: Area[]): (lon: number, lat: number) => number {
  const boxes = areas.map((area) => {
    const box: Box = [180, 90, -180, -90]
    for (const [outer] of polygons(area)) {
      for (const [x, y] of outer) {
        box[0] = Math.min(box[0], x)
        box[1] = Math.min(box[1], y)
        box[2] = Math.max(box[2], x)
        box[3] = Math.max(box[3], y)
      }
    }
    return box
  })
  const known = new Map<number, number>()
  return (lon, lat) => {
    const column = Math.floor(lon * CELLS_A_DEGREE)
    const row = Math.floor(lat * CELLS_A_DEGREE)
    const cell = row * 100_000 + column
    const before = known.get(cell)
    if (before !== undefined) return before
    const x = (column + 0.5) / CELLS_A_DEGREE
    const y = (row + 0.5) / CELLS_A_DEGREE
    const found = areas.findIndex(
      (area, i) =>
        x >= boxes[i][0] &&
        x <= boxes[i][2] &&
        y >= boxes[i][1] &&
        y <= boxes[i][3] &&
        polygons(area).some(([outer, ...holes]) => inRing(outer, x, y) && !holes.some((hole) => inRing(hole, x, y))),
    )
    known.set(cell, found)
    return found
  }
}

export interface Rate {
  online: number
  total: number
}

/** Trucks online of the trucks last seen in each province. */
export function provinceRates(
  fleet: Fleet,
  visible: (slot: number) => boolean,
  provinces: number,
  find: (lon: number, lat: number) => number,
): Rate[] {
  const rates = Array.from({ length: provinces }, (): Rate => ({ online: 0, total: 0 }))
  for (let slot = 0; slot < fleet.slots; slot++) {
    if (!fleet.present[slot] || !visible(slot)) continue
    const rate = rates[find(fleet.lon5[slot] / 1e5, fleet.lat5[slot] / 1e5)]
    if (!rate) continue
    rate.total++
    if (fleet.state[slot] & State.ONLINE) rate.online++
  }
  return rates
}

/** A zone is half a degree each way, and quiet when at least three trucks were there and none of them has reported for ten minutes. */
const ZONES_A_DEGREE = 2
const LEAST_TRUCKS = 3
const QUIET_MS = 600_000
/** Who has said nothing for a day stands in a yard, not in a hole of the network. */
const FORGOTTEN_MS = 86_400_000

export function quietZones(fleet: Fleet, visible: (slot: number) => boolean, nowMs: number): FeatureCollection {
  const trucks = new Map<number, number>()
  for (let slot = 0; slot < fleet.slots; slot++) {
    if (!fleet.present[slot] || !visible(slot)) continue
    const silent = nowMs - fleet.reportedMs[slot]
    if (silent > FORGOTTEN_MS) continue
    const column = Math.floor((fleet.lon5[slot] / 1e5) * ZONES_A_DEGREE)
    const row = Math.floor((fleet.lat5[slot] / 1e5) * ZONES_A_DEGREE)
    const cell = row * 1_000 + column
    const before = trucks.get(cell) ?? 0
    // Below zero once somebody is heard: this zone is not quiet.
    trucks.set(cell, before < 0 || silent < QUIET_MS ? -1 : before + 1)
  }
  const features: Feature[] = []
  for (const [cell, count] of trucks) {
    if (count < LEAST_TRUCKS) continue
    const row = Math.floor((cell + 500) / 1_000)
    const column = cell - row * 1_000
    const [w, s] = [column / ZONES_A_DEGREE, row / ZONES_A_DEGREE]
    const [e, n] = [(column + 1) / ZONES_A_DEGREE, (row + 1) / ZONES_A_DEGREE]
    const ring = [
      [w, s],
      [e, s],
      [e, n],
      [w, n],
      [w, s],
    ]
    features.push({ type: 'Feature', properties: { count }, geometry: { type: 'Polygon', coordinates: [ring] } })
  }
  return { type: 'FeatureCollection', features }
}

/** Marks at most this many; beyond that the colour of the provinces says more. */
const MOST_MARKED = 2_000

/** Moving trucks of the given ones, where they are drawn. */
export function movingOf(fleet: Fleet, mirror: FleetMirror, vehicleIds: ReadonlySet<number>): FeatureCollection {
  const features: Feature[] = []
  const moving = State.ONLINE | State.MOVING
  const place = { x: 0, y: 0 }
  for (let slot = 0; slot < fleet.slots && features.length < MOST_MARKED; slot++) {
    if ((fleet.state[slot] & moving) !== moving || !mirror.isVisible(slot) || !vehicleIds.has(fleet.vehicleId[slot])) {
      continue
    }
    mirror.placeOf(slot, place)
    features.push({
      type: 'Feature',
      properties: {},
      geometry: { type: 'Point', coordinates: [lonOf(place.x), latOf(place.y)] },
    })
  }
  return { type: 'FeatureCollection', features }
}
