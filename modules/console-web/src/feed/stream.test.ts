import { beforeEach, describe, expect, test } from 'vitest'
import { Fleet } from './fleet'
import { fixtureBytes, fixtureMeaning, frame, plainDelta } from './fixtures'
import { FleetStream } from './stream'

const T = 1_795_200_127_500
let fleet: Fleet
let stream: FleetStream

beforeEach(() => {
  fleet = new Fleet()
  stream = new FleetStream(fleet, () => T - 2000)
})

const place = (slot: number) => [fleet.lon5[slot] * 10, fleet.lat5[slot] * 10]

describe('a stream of frames', () => {
  test('a delta moves trucks from the place that the snapshot transmitted', () => {
    expect(stream.accept(fixtureBytes('snapshot'))).toBe('applied')
    expect(stream.accept(fixtureBytes('delta'))).toBe('applied')
    const after = fixtureMeaning<{ after_microdeg: [number, number, number][] }>('delta').after_microdeg
    for (const [slot, lon, lat] of after) expect(place(slot)).toEqual([lon, lat])
    expect(fleet.present[20000]).toBe(1)
    expect(fleet.counts().total).toBe(4)
  })

  test('the age of a report goes on when only the state changed', () => {
    stream.accept(fixtureBytes('snapshot'))
    const before = fleet.reportedMs[5]
    stream.accept(fixtureBytes('delta'))
    expect(fleet.reportedMs[5]).toBe(before)
    expect(fleet.reportedMs[0]).toBe(T)
    expect(fleet.state[5]).toBe(0)
  })

  test('data time is that of the newest report, not of a heartbeat', () => {
    stream.accept(fixtureBytes('snapshot'))
    expect(stream.dataTimeMs).toBe(T - 2000)
    stream.accept(frame(6, 10, 0, [], 7, T + 60_000))
    expect(stream.dataTimeMs).toBe(T - 2000)
    expect(stream.clockOffsetMs).toBe(62_000)
  })

  test('gone trucks leave the counts and start from zero when they come back', () => {
    stream.accept(fixtureBytes('snapshot'))
    stream.accept(fixtureBytes('delta'))
    stream.accept(fixtureBytes('gone'))
    expect(fleet.counts().total).toBe(2)
    expect(fleet.slotOf(1)).toBe(-1)
    stream.accept(fixtureBytes('dict'))
    stream.accept(
      plainDelta([{ slot: 5, dLon: 10_650_000, dLat: 2_950_000, speed: 1, heading: 0, state: 1, risk: 0 }], 14),
    )
    expect(place(5)).toEqual([106_500_000, 29_500_000])
  })

  test('a jump of the sequence is ignored until the next snapshot', () => {
    stream.accept(fixtureBytes('snapshot'))
    const skipped = plainDelta([{ slot: 0, dLon: 5, dLat: 5, speed: 9, heading: 0, state: 3, risk: 0 }], 12)
    expect(stream.accept(skipped)).toBe('gap')
    expect(stream.waiting).toBe(true)
    expect(fleet.speed[0]).toBe(98)
    expect(stream.accept(fixtureBytes('delta'))).toBe('gap')
    expect(stream.accept(fixtureBytes('snapshot'))).toBe('applied')
    expect(stream.accept(fixtureBytes('delta'))).toBe('applied')
  })

  test('a heartbeat that is ahead tells of a lost frame', () => {
    stream.accept(fixtureBytes('snapshot'))
    expect(stream.accept(fixtureBytes('heartbeat'))).toBe('gap')
  })

  test('another epoch counts as a gap', () => {
    stream.accept(fixtureBytes('snapshot'))
    expect(
      stream.accept(plainDelta([{ slot: 0, dLon: 1, dLat: 1, speed: 0, heading: 0, state: 1, risk: 0 }], 11, 8)),
    ).toBe('gap')
  })

  test('the sequence wraps at 32 bits', () => {
    stream.accept(frame(1, 0xffffffff, 0, [], 7))
    const one = { slot: 0, dLon: 1, dLat: 1, speed: 0, heading: 0, state: 1, risk: 0 }
    expect(stream.accept(plainDelta([one], 0))).toBe('applied')
  })

  test('a snapshot replaces everything that was known', () => {
    stream.accept(fixtureBytes('snapshot'))
    stream.accept(frame(1, 40, 0, [], 7))
    expect(fleet.counts().total).toBe(0)
  })

  test('counts follow the state bits', () => {
    stream.accept(fixtureBytes('snapshot'))
    expect(fleet.counts()).toEqual({ total: 3, moving: 2, stopped: 0, offline: 1, bySeverity: [1, 0, 0, 1, 1] })
  })

  test('a slot beyond any fleet is refused before memory is taken for it', () => {
    stream.accept(frame(1, 1, 0, [], 7))
    const far = plainDelta([{ slot: 2 ** 31, dLon: 1, dLat: 1, speed: 0, heading: 0, state: 1, risk: 0 }], 2)
    expect(() => stream.accept(far)).toThrow(/slot=2147483648/)
  })
})
