import type { Map as MapLibreMap } from 'maplibre-gl'
import { latOf, lonOf, mercatorX, mercatorY } from '@/map/core/mercator'
import type { FleetMirror } from '@/map/layers/mirror'
import { nearestSlots } from '@/map/layers/pick'

/** What is in view, for the replay of an area, and the place that a nearer view keeps: the chosen truck's, or that of the one nearest to the middle. */
export function areaQuery(map: MapLibreMap, mirror: FleetMirror, chosen: number): { box: string; near?: string } {
  const [view, middle] = [map.getBounds(), map.getCenter()]
  const text = (degrees: number[]) => degrees.map((each) => each.toFixed(5)).join(',')
  const box = text([view.getWest(), view.getSouth(), view.getEast(), view.getNorth()])
  const slot = chosen >= 0 ? chosen : nearestSlots(mirror, mercatorX(middle.lng), mercatorY(middle.lat), 1)[0]
  if (slot === undefined) return { box }
  const place = { x: 0, y: 0 }
  mirror.placeOf(slot, place)
  return { box, near: text([lonOf(place.x), latOf(place.y)]) }
}
