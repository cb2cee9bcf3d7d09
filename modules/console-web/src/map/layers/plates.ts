import type { FeatureCollection } from 'geojson'
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl'
import type { Fleet } from '@/feed/fleet'
import { plateLabel } from '@/format/text'
import { tokens, type ThemeName } from '@/look/tokens'
import { latOf, lonOf, mercatorX, mercatorY } from '@/map/core/mercator'
import type { FleetMirror } from './mirror'

/** Plates are written while at most this many trucks are in sight. */
const MOST_PLATES = 300
const MIN_ZOOM = 9

export function addPlates(map: MapLibreMap, theme: ThemeName): void {
  map.addSource('plates', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } })
  map.addLayer({
    id: 'plates',
    type: 'symbol',
    source: 'plates',
    minzoom: MIN_ZOOM,
    layout: {
      'text-field': ['get', 'plate'],
      'text-font': ['Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', 'sans-serif'],
      'text-size': 11.5,
      'text-offset': [0, 1.1],
      'text-anchor': 'top',
    },
    paint: { 'text-halo-width': 1.4 },
  })
  paintPlates(map, theme)
}

export function paintPlates(map: MapLibreMap, theme: ThemeName): void {
  map.setPaintProperty('plates', 'text-color', tokens[theme].t1)
  map.setPaintProperty('plates', 'text-halo-color', tokens[theme].mapLand)
}

/** The selected truck carries a tag of its own. */
export function showPlates(
  map: MapLibreMap,
  fleet: Fleet,
  mirror: FleetMirror,
  wanted: boolean,
  selectedSlot: number,
): void {
  const source = map.getSource<GeoJSONSource>('plates')
  if (!source) return
  const data: FeatureCollection = { type: 'FeatureCollection', features: [] }
  if (wanted && map.getZoom() >= MIN_ZOOM) {
    const bounds = map.getBounds()
    const x0 = mercatorX(bounds.getWest())
    const x1 = mercatorX(bounds.getEast())
    const y0 = mercatorY(bounds.getNorth())
    const y1 = mercatorY(bounds.getSouth())
    const place = { x: 0, y: 0 }
    for (let slot = 0; slot < mirror.rows; slot++) {
      if (slot === selectedSlot || !mirror.isVisible(slot) || !fleet.plate[slot]) continue
      mirror.placeOf(slot, place)
      if (place.x < x0 || place.x > x1 || place.y < y0 || place.y > y1) continue
      if (data.features.length === MOST_PLATES) {
        data.features = []
        break
      }
      data.features.push({
        type: 'Feature',
        properties: { plate: plateLabel(fleet.plate[slot]) },
        geometry: { type: 'Point', coordinates: [lonOf(place.x), latOf(place.y)] },
      })
    }
  }
  source.setData(data)
}
