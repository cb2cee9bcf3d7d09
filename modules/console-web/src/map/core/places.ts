import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { load, loadProvinces } from './outline'

/** West, south, east, north. */
export type Box = [number, number, number, number]
export interface Place {
  code: string
  zh: string
  en: string
}
/** A prefecture, or a city that has none, with its ground. */
export interface Area extends Place {
  box: Box
  ground: MultiPolygon
}
type Prefectures = Topology<{ prefectures: GeometryCollection }>
type Drawn = FeatureCollection<MultiPolygon | Polygon>

const polygons = (ground: MultiPolygon | Polygon): MultiPolygon =>
  ground.type === 'MultiPolygon' ? ground : { type: 'MultiPolygon', coordinates: [ground.coordinates] }

export function boxOf(ground: MultiPolygon): Box {
  const box: Box = [180, 90, -180, -90]
  for (const [outer] of ground.coordinates)
    for (const [lon, lat] of outer) {
      box[0] = Math.min(box[0], lon)
      box[1] = Math.min(box[1], lat)
      box[2] = Math.max(box[2], lon)
      box[3] = Math.max(box[3], lat)
    }
  return box
}

/** Outlines with their names; one without a name of its own has its province's. */
export function areasOf(drawn: Drawn, names: readonly Place[]): Area[] {
  const byCode = new Map(names.map((one) => [one.code, one]))
  return drawn.features.flatMap(({ id, geometry }) => {
    const code = String(id)
    const name = byCode.get(code) ?? byCode.get(`${code.slice(0, 2)}0000`)
    if (!name) return []
    const ground = polygons(geometry)
    return [{ code, zh: name.zh, en: name.en, box: boxOf(ground), ground }]
  })
}

/** The box around a province; null if there is none of this code of two digits. */
export async function provinceBox(code: string): Promise<Box | null> {
  const outlines = await loadProvinces()
  const drawn = feature(outlines, outlines.objects.provinces) as Drawn
  const found = drawn.features.find((each) => String(each.id) === `${code}0000`)
  return found ? boxOf(polygons(found.geometry)) : null
}

let areasOnce: Promise<readonly Area[]> | undefined
export const loadAreas = (): Promise<readonly Area[]> =>
  (areasOnce ??= Promise.all([
    load<Prefectures>('prefectures'),
    load<{ provinces: Place[]; prefectures: Place[] }>('labels'),
  ]).then(
    ([outlines, labels]) =>
      areasOf(feature(outlines, outlines.objects.prefectures) as Drawn, [...labels.provinces, ...labels.prefectures]),
    (cause: unknown) => {
      // Kept, one failure would leave every place without a name until the page is loaded anew.
      areasOnce = undefined
      throw cause
    },
  ))

/** Whether a ray from the place to the east crosses the ring an odd number of times. */
function inside(ring: readonly (readonly number[])[], lat: number, lon: number): boolean {
  let within = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[x1, y1], [x2, y2]] = [ring[i], ring[j]]
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) within = !within
  }
  return within
}

/** The area that a place lies in; null at sea and abroad. */
export function areaAt(areas: readonly Area[], lat: number, lon: number): Area | null {
  const found = areas.find(
    ({ box, ground }) =>
      lon >= box[0] &&
      lat >= box[1] &&
      lon <= box[2] &&
      lat <= box[3] &&
      ground.coordinates.some(
        ([outer, ...holes]) => inside(outer, lat, lon) && !holes.some((hole) => inside(hole, lat, lon)),
      ),
  )
  return found ?? null
}
