import type { Feature, FeatureCollection, Position } from 'geojson'
import type { Map as MapLibreMap } from 'maplibre-gl'
import { tokens, type ThemeName } from '@/look/tokens'

const EARTH_RADIUS_M = 6_371_008.8
const CORNERS = 64

/** A point with `radius_m` becomes the circle it stands for; polygons stay as they are. */
export function zoneAreas(zones: FeatureCollection): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: zones.features.map((zone): Feature => {
      const radius = Number(zone.properties?.radius_m)
      if (zone.geometry.type !== 'Point' || !(radius > 0)) return zone
      return { ...zone, geometry: { type: 'Polygon', coordinates: [circle(zone.geometry.coordinates, radius)] } }
    }),
  }
}

function circle([lon, lat]: Position, radiusM: number): Position[] {
  const dLat = (radiusM / EARTH_RADIUS_M) * (180 / Math.PI)
  const dLon = dLat / Math.cos((lat * Math.PI) / 180)
  return Array.from({ length: CORNERS + 1 }, (_, i) => {
    const a = (i % CORNERS) * ((2 * Math.PI) / CORNERS)
    return [lon + dLon * Math.cos(a), lat + dLat * Math.sin(a)]
  })
}

export function addZones(map: MapLibreMap, zones: FeatureCollection, theme: ThemeName, before: string): void {
  map.addSource('zones', { type: 'geojson', data: zoneAreas(zones) })
  map.addLayer({ id: 'zone-fill', type: 'fill', source: 'zones', paint: { 'fill-opacity': 0.12 } }, before)
  map.addLayer(
    { id: 'zone-line', type: 'line', source: 'zones', paint: { 'line-width': 1.4, 'line-dasharray': [3, 2] } },
    before,
  )
  map.addLayer({
    id: 'zone-name',
    type: 'symbol',
    source: 'zones',
    minzoom: 7.5,
    layout: {
      'text-field': [
        'case',
        ['to-boolean', ['get', 'limit_kmh']],
        ['concat', ['get', 'name'], ' ', ['to-string', ['get', 'limit_kmh']]],
        ['get', 'name'],
      ],
      'text-font': ['Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', 'sans-serif'],
      'text-size': 11.5,
    },
    paint: { 'text-halo-width': 1.2 },
  })
  paintZones(map, theme)
}

export function paintZones(map: MapLibreMap, theme: ThemeName): void {
  if (!map.getLayer('zone-fill')) return
  const colour = theme === 'dark' ? '#B9A6F2' : '#7E57B8'
  map.setPaintProperty('zone-fill', 'fill-color', colour)
  map.setPaintProperty('zone-line', 'line-color', colour)
  map.setPaintProperty('zone-name', 'text-color', colour)
  map.setPaintProperty('zone-name', 'text-halo-color', tokens[theme].mapLand)
}

export function showZones(map: MapLibreMap, shown: boolean): void {
  for (const id of ['zone-fill', 'zone-line', 'zone-name']) {
    if (map.getLayer(id)) map.setLayoutProperty(id, 'visibility', shown ? 'visible' : 'none')
  }
}
