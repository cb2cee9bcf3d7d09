import type { FeatureCollection } from 'geojson'
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl'
import type { Fleet } from '@/feed/fleet'
import { severityColours, tokens, type Severity, type ThemeName } from '@/look/tokens'
import { latOf, lonOf } from '@/map/core/mercator'
import type { FleetMirror } from './mirror'

/** Alarmed trucks are few and get full styling as an ordinary symbol source. */
export const MOST_MARKS = 500
const RATIO = 3
const RADIUS: Record<Severity, number> = { 4: 9, 3: 6, 2: 5, 1: 4 }

function drawMark(theme: ThemeName, severity: Severity): ImageData {
  const r = RADIUS[severity]
  const half = severity === 4 ? 19 : r + 3
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = Math.ceil(half * 2 * RATIO)
  const g = canvas.getContext('2d') as CanvasRenderingContext2D
  g.scale(RATIO, RATIO)
  g.translate(canvas.width / RATIO / 2, canvas.height / RATIO / 2)
  const colour = severityColours(theme, severity).mark
  const ground = tokens[theme].mapLand
  const polygon = (corners: [number, number][]) => {
    g.beginPath()
    corners.forEach(([x, y], i) => (i === 0 ? g.moveTo(x, y) : g.lineTo(x, y)))
    g.closePath()
  }
  g.lineJoin = 'round'
  if (severity === 4) {
    g.strokeStyle = colour
    for (const [radius, alpha] of [
      [13, 0.75],
      [17, 0.35],
    ]) {
      g.globalAlpha = alpha
      g.lineWidth = 1.2
      g.beginPath()
      g.arc(0, 0, radius, 0, Math.PI * 2)
      g.stroke()
    }
    g.globalAlpha = 1
    polygon(
      Array.from({ length: 8 }, (_, i): [number, number] => {
        const a = ((i + 0.5) * Math.PI) / 4
        return [r * 1.05 * Math.cos(a), r * 1.05 * Math.sin(a)]
      }),
    )
    g.fillStyle = colour
    g.strokeStyle = ground
    g.lineWidth = 2
    g.stroke()
    g.fill()
    g.fillStyle = '#FFFFFF'
    g.fillRect(-1.1, -r * 0.56, 2.2, r * 0.66)
    g.beginPath()
    g.arc(0, r * 0.46, 1.3, 0, Math.PI * 2)
    g.fill()
  } else if (severity === 3) {
    polygon([
      [0, -r * 1.05],
      [r * 1.08, r * 0.85],
      [-r * 1.08, r * 0.85],
    ])
    g.strokeStyle = ground
    g.lineWidth = 2
    g.stroke()
    g.fillStyle = colour
    g.fill()
  } else if (severity === 2) {
    polygon([
      [0, -r],
      [r, 0],
      [0, r],
      [-r, 0],
    ])
    g.strokeStyle = theme === 'light' ? tokens.light.sev2Edge : ground
    g.lineWidth = theme === 'light' ? 1.6 : 2
    g.fillStyle = colour
    g.stroke()
    g.fill()
  } else {
    g.beginPath()
    g.arc(0, 0, r, 0, Math.PI * 2)
    // The ring stays hollow above the dot of its truck.
    g.fillStyle = ground
    g.fill()
    g.lineWidth = 4
    g.strokeStyle = ground
    g.stroke()
    g.lineWidth = 2.2
    g.strokeStyle = colour
    g.stroke()
  }
  return g.getImageData(0, 0, canvas.width, canvas.height)
}

export function paintMarks(map: MapLibreMap, theme: ThemeName): void {
  for (const severity of [1, 2, 3, 4] as const) {
    const name = `severity-${severity}`
    const image = drawMark(theme, severity)
    if (map.hasImage(name)) map.updateImage(name, image)
    else map.addImage(name, image, { pixelRatio: RATIO })
  }
}

export function addMarks(map: MapLibreMap, theme: ThemeName): void {
  paintMarks(map, theme)
  map.addSource('marks', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } })
  map.addLayer({
    id: 'marks',
    type: 'symbol',
    source: 'marks',
    layout: {
      'icon-image': ['concat', 'severity-', ['get', 'severity']],
      'icon-size': ['interpolate', ['linear'], ['zoom'], 5, 1, 10, 1.2, 14, 1.5],
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'symbol-sort-key': ['get', 'severity'],
    },
  })
}

/** The visible trucks with an open alarm, worst first, at most 500, as GeoJSON at the place where they are drawn. */
export function markFeatures(fleet: Fleet, mirror: FleetMirror): FeatureCollection {
  const bySeverity: number[][] = [[], [], [], [], []]
  for (let slot = 0; slot < fleet.slots; slot++) {
    const severity = Math.min(4, fleet.risk[slot] & 7)
    if (severity > 0 && mirror.isVisible(slot)) bySeverity[severity].push(slot)
  }
  const place = { x: 0, y: 0 }
  const features: FeatureCollection['features'] = []
  for (let severity = 4; severity >= 1; severity--) {
    for (const slot of bySeverity[severity]) {
      if (features.length >= MOST_MARKS) break
      mirror.placeOf(slot, place)
      features.push({
        type: 'Feature',
        properties: { severity, slot },
        geometry: { type: 'Point', coordinates: [lonOf(place.x), latOf(place.y)] },
      })
    }
  }
  return { type: 'FeatureCollection', features }
}

export function showMarks(map: MapLibreMap, data: FeatureCollection): void {
  map.getSource<GeoJSONSource>('marks')?.setData(data)
}
