import { describe, expect, test } from 'vitest'
import { Fleet } from '@/feed/fleet'
import { frame, plainDelta, seeded, type PlainUpdate } from '@/feed/fixtures'
import { FleetStream } from '@/feed/stream'
import { lonOf, latOf, mercatorX, mercatorY, steps, unit } from '@/map/core/mercator'
import { FleetMirror, ROW_BYTES } from './mirror'
import { nearestSlots } from './pick'

const T0 = 1_795_200_000_000

function setUp(trucks: number) {
  let now = T0
  const fleet = new Fleet()
  const mirror = new FleetMirror(fleet, () => now)
  fleet.listen(mirror)
  const next = seeded(41)
  for (let slot = 0; slot < trucks; slot++) {
    fleet.place(slot, 100_000_000 + Math.round(next() * 2e7), 25_000_000 + Math.round(next() * 1e7), 60, 0, 15, 0, now)
  }
  fleet.snapshotDone()
  mirror.takeChanges()
  return { fleet, mirror, advance: (ms: number) => (now += ms), time: () => now }
}

describe('the mirror of the fleet on the GPU', () => {
  test('a row is 24 bytes', () => {
    const { mirror } = setUp(41_000)
    expect(ROW_BYTES).toBe(24)
    expect(mirror.buffer.byteLength).toBeGreaterThanOrEqual(41_000 * 24)
  })

  test('a truck glides from its last place to the new one within ten seconds', () => {
    const { fleet, mirror, advance, time } = setUp(1)
    const from = mercatorX(fleet.lon5[0] / 1e5)
    advance(10_000)
    fleet.move(0, 200, 0, 72, 64, 15, 0, time())
    const to = mercatorX(fleet.lon5[0] / 1e5)
    const at = { x: 0, y: 0 }
    expect(mirror.placeOf(0, at).x).toBeCloseTo(from, 9)
    advance(5_000)
    expect(mirror.placeOf(0, at).x).toBeCloseTo((from + to) / 2, 9)
    advance(20_000)
    expect(mirror.placeOf(0, at).x).toBeCloseTo(to, 9)
  })

  test('a report from far away is a jump, not a flight', () => {
    const { fleet, mirror, advance, time } = setUp(1)
    advance(10_000)
    fleet.move(0, 500_000, 0, 72, 64, 15, 0, time())
    expect(mirror.placeOf(0, { x: 0, y: 0 }).x).toBeCloseTo(mercatorX(fleet.lon5[0] / 1e5), 9)
  })

  test('a change of state alone does not restart the glide', () => {
    const { fleet, mirror, advance, time } = setUp(1)
    advance(10_000)
    fleet.move(0, 200, 0, 72, 64, 15, 0, time())
    advance(5_000)
    const before = { ...mirror.placeOf(0, { x: 0, y: 0 }) }
    fleet.move(0, 0, 0, 72, 64, 15 | 128, 4, time())
    expect(mirror.placeOf(0, { x: 0, y: 0 }).x).toBeCloseTo(before.x, 9)
  })

  test('hidden trucks are neither drawn nor picked', () => {
    const { fleet, mirror } = setUp(3)
    mirror.setVisible((slot) => slot === 1)
    expect([0, 1, 2].map((s) => mirror.isVisible(s))).toEqual([false, true, false])
    const at = mirror.placeOf(0, { x: 0, y: 0 })
    expect(nearestSlots(mirror, at.x, at.y, 1e-9)).toEqual([])
    fleet.move(0, 1, 1, 1, 1, 15, 0, T0)
    expect(mirror.isVisible(0)).toBe(false)
  })

  test('everything within reach is picked, nearest first', () => {
    const { fleet, mirror } = setUp(1)
    fleet.place(1, fleet.lon5[0] * 10 + 300, fleet.lat5[0] * 10, 0, 0, 9, 0, T0)
    fleet.place(2, fleet.lon5[0] * 10 + 100, fleet.lat5[0] * 10, 0, 0, 9, 0, T0)
    fleet.snapshotDone()
    const at = mirror.placeOf(0, { x: 0, y: 0 })
    expect(nearestSlots(mirror, at.x, at.y, 0.001 / 360)).toEqual([0, 2, 1])
  })

  test('whole-number Mercator keeps a place to 9 millimetres', () => {
    for (const [lon, lat] of [
      [106.55164, 29.56301],
      [-58.38159, -34.60372],
      [179.9999, 84.9],
    ]) {
      const x = unit(steps(mercatorX(lon)))
      const y = unit(steps(mercatorY(lat)))
      expect(Math.abs(lonOf(x) - lon) * 111_320).toBeLessThan(0.01)
      expect(Math.abs(latOf(y) - lat) * 111_320).toBeLessThan(0.01)
    }
  })
})

describe('the load of a large fleet', () => {
  test('41,000 trucks at 4,100 updates a second stay within bytes and uploads', () => {
    const TRUCKS = 41_000
    const PER_FRAME = 2_050
    const fleet = new Fleet()
    let now = T0
    const mirror = new FleetMirror(fleet, () => now)
    fleet.listen(mirror)
    const stream = new FleetStream(fleet, () => now)
    const next = seeded(7)
    const body = new Uint8Array(TRUCKS * 18)
    const view = new DataView(body.buffer)
    for (let slot = 0; slot < TRUCKS; slot++) {
      view.setUint32(slot * 18, slot, true)
      view.setInt32(slot * 18 + 4, 100_000_000 + Math.round(next() * 1.5e6) * 10, true)
      view.setInt32(slot * 18 + 8, 25_000_000 + Math.round(next() * 1e6) * 10, true)
      body[slot * 18 + 14] = 15
    }
    const snapshot = new Uint8Array(24 + body.length)
    snapshot.set(frame(1, 0, TRUCKS, []))
    snapshot.set(body, 24)
    expect(snapshot.length).toBe(738_024)
    stream.accept(snapshot)
    expect(mirror.takeChanges()).toBe('whole')

    let bytes = 0
    let most = 0
    let rows = 0
    for (let tick = 1; tick <= 20; tick++) {
      now += 500
      const updates: PlainUpdate[] = []
      for (let slot = tick - 1; slot < TRUCKS && updates.length < PER_FRAME; slot += 20) {
        // 80 km/h for ten seconds are about 200 steps of 1e-5 degrees.
        updates.push({
          slot,
          dLon: Math.round((next() - 0.5) * 400),
          dLat: Math.round((next() - 0.5) * 400),
          speed: 80,
          heading: 64,
          state: 15,
          risk: 0xf8,
        })
      }
      const delta = plainDelta(updates, tick, 7, now)
      bytes += delta.length / updates.length
      expect(stream.accept(delta)).toBe('applied')
      const changes = mirror.takeChanges()
      expect(changes).not.toBe('whole')
      if (changes === 'whole') continue
      most = Math.max(most, changes.length)
      rows += changes.reduce((sum, r) => sum + r.count, 0)
    }
    expect(bytes / 20).toBeLessThan(9)
    expect(most).toBeLessThanOrEqual(24)
    // Spread over all slots, the rows between are uploaded too: never more than the buffer once.
    expect(rows / 20).toBeLessThanOrEqual(TRUCKS)
    expect(mirror.takeChanges()).toEqual([])
  })

  test('changes in one corner are uploaded as one small range', () => {
    const { fleet, mirror, time } = setUp(41_000)
    for (let slot = 20_000; slot < 20_100; slot += 3) fleet.move(slot, 5, 5, 60, 0, 15, 0, time())
    expect(mirror.takeChanges()).toEqual([{ first: 20_000, count: 100 }])
  })
})
