import type { FeatureCollection, Position } from 'geojson'
import type { Map as MapLibreMap } from 'maplibre-gl'
import type { AlarmDetail } from '@/api/types'
import { tokens, type ThemeName } from '@/look/tokens'

const SMALLEST_SPAN = 0.006

const positions = (alarm: AlarmDetail): { at: number; place: Position }[] => {
  const track = alarm.track
  if (track && track.t_ms.length > 0) {
    return track.t_ms.map((at, i) => ({ at, place: [track.lon[i] / 1e6, track.lat[i] / 1e6] }))
  }
  return alarm.points.map((p) => ({ at: Date.parse(p.device_time), place: [p.lon, p.lat] }))
}

/** West, south, east, north of the track, never smaller than a few hundred metres; null without any place. */
export function trackBounds(alarm: AlarmDetail): [number, number, number, number] | null {
  const all = positions(alarm)
  if (all.length === 0) return null
  let [w, s, e, n] = [180, 90, -180, -90]
  for (const { place } of all) {
    w = Math.min(w, place[0])
    e = Math.max(e, place[0])
    s = Math.min(s, place[1])
    n = Math.max(n, place[1])
  }
  const grow = (lo: number, hi: number): [number, number] =>
    hi - lo >= SMALLEST_SPAN ? [lo, hi] : [(lo + hi - SMALLEST_SPAN) / 2, (lo + hi + SMALLEST_SPAN) / 2]
  const [w2, e2] = grow(w, e)
  const [s2, n2] = grow(s, n)
  return [w2, s2, e2, n2]
}

export function trackFeatures(alarm: AlarmDetail): FeatureCollection {
  const all = positions(alarm)
  const from = Date.parse(alarm.started_at)
  const to = alarm.ended_at ? Date.parse(alarm.ended_at) : Infinity
  const line = (kind: string, list: Position[]): FeatureCollection['features'] =>
    list.length < 2
      ? []
      : [{ type: 'Feature', properties: { kind }, geometry: { type: 'LineString', coordinates: list } }]
  const inside = all.filter((p) => p.at >= from && p.at <= to).map((p) => p.place)
  return {
    type: 'FeatureCollection',
    features: [
      ...line(
        'whole',
        all.map((p) => p.place),
      ),
      ...line('episode', inside),
      ...alarm.points.map((p): FeatureCollection['features'][number] => ({
        type: 'Feature',
        properties: { kind: p.role },
        geometry: { type: 'Point', coordinates: [p.lon, p.lat] },
      })),
    ],
  }
}

export function addTrack(map: MapLibreMap, alarm: AlarmDetail, theme: ThemeName): void {
  map.addSource('track', { type: 'geojson', data: trackFeatures(alarm) })
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const
  map.addLayer({
    id: 'track',
    type: 'line',
    source: 'track',
    filter: ['==', ['get', 'kind'], 'whole'],
    layout: round,
    paint: { 'line-width': 4 },
  })
  map.addLayer({
    id: 'track-episode',
    type: 'line',
    source: 'track',
    filter: ['==', ['get', 'kind'], 'episode'],
    layout: round,
    paint: { 'line-width': 4.5 },
  })
  map.addLayer({
    id: 'track-points',
    type: 'circle',
    source: 'track',
    filter: ['==', ['geometry-type'], 'Point'],
    paint: { 'circle-radius': 5, 'circle-stroke-width': 2.4 },
  })
  paintTrack(map, theme)
}

export function paintTrack(map: MapLibreMap, theme: ThemeName): void {
  if (!map.getLayer('track')) return
  const t = tokens[theme]
  map.setPaintProperty('track', 'line-color', t.brand)
  map.setPaintProperty('track-episode', 'line-color', t.sev4.mark)
  map.setPaintProperty('track-points', 'circle-color', t.bg1)
  map.setPaintProperty('track-points', 'circle-stroke-color', t.sev4.mark)
}
