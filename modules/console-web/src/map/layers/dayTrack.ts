import type { Feature, FeatureCollection, Position } from 'geojson'
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl'
import type { Stop } from '@/api/types'
import { tokens, type ThemeName } from '@/look/tokens'

/** A truck's day on the map: the whole way, what of it is behind the replay, the chosen trip, the stops. */
export interface DayLines {
  whole: Position[][]
  chosen: Position[][]
  stops: Stop[]
}

const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] }
const many = (kind: string, list: Position[][]): Feature[] =>
  list.map((coordinates) => ({
    type: 'Feature',
    properties: { kind },
    geometry: { type: 'LineString', coordinates },
  }))

export const dayFeatures = (day: DayLines): FeatureCollection => ({
  type: 'FeatureCollection',
  features: [
    ...many('whole', day.whole),
    ...many('chosen', day.chosen),
    ...day.stops.map(
      (stop): Feature => ({
        type: 'Feature',
        properties: { kind: 'stop' },
        geometry: { type: 'Point', coordinates: [stop.place.lon, stop.place.lat] },
      }),
    ),
  ],
})

export function addDayTrack(map: MapLibreMap, theme: ThemeName): void {
  map.addSource('day', { type: 'geojson', data: EMPTY })
  map.addSource('day-past', { type: 'geojson', data: EMPTY })
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const
  const line = (id: string, source: string, kind: string | null, width: number) =>
    map.addLayer({
      id,
      type: 'line',
      source,
      ...(kind ? { filter: ['==', ['get', 'kind'], kind] as never } : {}),
      layout: round,
      paint: { 'line-width': width },
    })
  line('day-whole', 'day', 'whole', 3)
  line('day-chosen', 'day', 'chosen', 7)
  line('day-past', 'day-past', null, 3.5)
  map.addLayer({
    id: 'day-stops',
    type: 'circle',
    source: 'day',
    filter: ['==', ['get', 'kind'], 'stop'],
    paint: { 'circle-radius': 4.5, 'circle-stroke-width': 2 },
  })
  paintDayTrack(map, theme)
}

export function showDay(map: MapLibreMap, day: DayLines): void {
  map.getSource<GeoJSONSource>('day')?.setData(dayFeatures(day))
}
export function showPast(map: MapLibreMap, lines: Position[][]): void {
  map.getSource<GeoJSONSource>('day-past')?.setData({ type: 'FeatureCollection', features: many('past', lines) })
}

export function paintDayTrack(map: MapLibreMap, theme: ThemeName): void {
  if (!map.getLayer('day-whole')) return
  const t = tokens[theme]
  map.setPaintProperty('day-whole', 'line-color', t.line2)
  map.setPaintProperty('day-chosen', 'line-color', t.brand)
  map.setPaintProperty('day-chosen', 'line-opacity', 0.28)
  map.setPaintProperty('day-past', 'line-color', t.brand)
  map.setPaintProperty('day-stops', 'circle-color', t.bg1)
  map.setPaintProperty('day-stops', 'circle-stroke-color', t.stopped)
}
