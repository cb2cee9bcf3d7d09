import { describe, expect, test } from 'vitest'
import type { AlarmDetail } from '@/api/types'
import { niceScale } from '@/map/core/mercator'
import { trackBounds, trackFeatures } from './track'
import { zoneAreas } from './zones'

describe('zones', () => {
  test('a point with a radius becomes a closed circle of that radius', () => {
    const made = zoneAreas({
      type: 'FeatureCollection',
      features: [
        { type: 'Feature', properties: { radius_m: 1000 }, geometry: { type: 'Point', coordinates: [106, 30] } },
      ],
    })
    const ring = (made.features[0].geometry as { coordinates: number[][][] }).coordinates[0]
    expect(ring[0]).toEqual(ring[ring.length - 1])
    const north = Math.max(...ring.map((p) => p[1])) - 30
    expect(north * 111_195).toBeCloseTo(1000, 0)
    const east = Math.max(...ring.map((p) => p[0])) - 106
    expect(east * 111_195 * Math.cos((30 * Math.PI) / 180)).toBeCloseTo(1000, 0)
  })
})

describe('the scale bar', () => {
  test('is the largest round length that fits', () => {
    expect(niceScale(100, 96)).toEqual({ metres: 5000, px: 50 })
    expect(niceScale(10.5, 96)).toEqual({ metres: 1000, px: 1000 / 10.5 })
    expect(niceScale(0.3, 96)).toEqual({ metres: 20, px: 20 / 0.3 })
  })
})

describe('the track of an alarm', () => {
  const alarm = {
    started_at: '2026-11-21T02:00:10Z',
    ended_at: '2026-11-21T02:00:20Z',
    points: [{ role: 'opening', device_time: '2026-11-21T02:00:10Z', lat: 29, lon: 106, speed_kmh: 90, body_hex: '' }],
    track: {
      t_ms: [0, 10, 20, 30].map((s) => Date.parse('2026-11-21T02:00:00Z') + s * 1000),
      lat: [29e6, 29.001e6, 29.002e6, 29.003e6],
      lon: [106e6, 106.001e6, 106.002e6, 106.003e6],
      speed: [],
      heading: [],
      flags: [],
    },
  } as unknown as AlarmDetail

  test('marks the stretch of the episode', () => {
    const lines = trackFeatures(alarm).features.filter((f) => f.geometry.type === 'LineString')
    expect(lines.map((l) => (l.geometry as { coordinates: unknown[] }).coordinates.length)).toEqual([4, 2])
  })
  test('a truck that stands still still gets a window of some hundred metres', () => {
    const [w, s, e, n] = trackBounds({ ...alarm, track: null }) as number[]
    expect(e - w).toBeCloseTo(0.006)
    expect(n - s).toBeCloseTo(0.006)
  })
  test('without any place there is nothing to show', () => {
    expect(trackBounds({ ...alarm, track: null, points: [] })).toBeNull()
  })
})
