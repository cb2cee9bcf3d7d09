import { describe, expect, test } from 'vitest'
import { FrameError, FrameType, readDelta, readDictionary, readGone, readHeader, readSnapshot } from './codec'
import { fixtureBytes, fixtureMeaning, frame, plainDelta, seeded, type PlainUpdate } from './fixtures'

interface HeaderMeaning {
  type: number
  epoch: number
  seq: number
  count: number
  server_time_ms: number
}

const meaningOf = (bytes: Uint8Array): HeaderMeaning => {
  const h = readHeader(bytes)
  return { type: h.type, epoch: h.epoch, seq: h.seq, count: h.count, server_time_ms: h.serverTimeMs }
}

describe('the frames of the fixture folder', () => {
  test('a snapshot reads as its file says', () => {
    const bytes = fixtureBytes('snapshot')
    const meant = fixtureMeaning<{ header: HeaderMeaning; trucks: Record<string, number>[] }>('snapshot')
    expect(meaningOf(bytes)).toEqual(meant.header)
    const trucks: Record<string, number>[] = []
    readSnapshot(bytes, 3, (slot, lon, lat, speed, heading, state, risk, age) =>
      trucks.push({
        slot,
        lon_microdeg: lon,
        lat_microdeg: lat,
        speed_kmh: speed,
        heading,
        state,
        risk,
        age_s: age,
      }),
    )
    expect(trucks).toEqual(meant.trucks)
  })

  test('a delta reads as its file says', () => {
    const bytes = fixtureBytes('delta')
    const meant = fixtureMeaning<{ header: HeaderMeaning; updates: Record<string, number>[] }>('delta')
    expect(meaningOf(bytes)).toEqual(meant.header)
    const updates: Record<string, number>[] = []
    readDelta(bytes, 4, (slot, dLon, dLat, speed, heading, state, risk) =>
      updates.push({ slot, d_lon: dLon, d_lat: dLat, speed_kmh: speed, heading, state, risk }),
    )
    expect(updates).toEqual(meant.updates)
  })

  test('gone, dictionary and heartbeat read as their files say', () => {
    const slots: number[] = []
    readGone(fixtureBytes('gone'), 2, (slot) => slots.push(slot))
    expect(slots).toEqual(fixtureMeaning<{ slots: number[] }>('gone').slots)
    expect(readDictionary(fixtureBytes('dict'))).toEqual(fixtureMeaning<{ dictionary: object }>('dict').dictionary)
    expect(meaningOf(fixtureBytes('heartbeat'))).toEqual(fixtureMeaning<{ header: HeaderMeaning }>('heartbeat').header)
  })

  test.each([
    'broken-magic',
    'broken-version',
    'broken-type',
    'broken-header',
    'broken-snapshot',
    'broken-delta',
    'broken-varint',
    'broken-trailing',
  ])('%s is refused with the named error', (name) => {
    const bytes = fixtureBytes(name)
    const read = () => {
      const h = readHeader(bytes)
      if (h.type === FrameType.SNAPSHOT) readSnapshot(bytes, h.count, () => {})
      if (h.type === FrameType.DELTA) readDelta(bytes, h.count, () => {})
      if (h.type === FrameType.GONE) readGone(bytes, h.count, () => {})
    }
    let fault = 'none'
    try {
      read()
    } catch (cause) {
      fault = cause instanceof FrameError ? cause.fault : String(cause)
    }
    expect(fault).toBe(fixtureMeaning<{ error: string }>(name).error)
  })
})

const SEEDS = [1, 2, 3, 20261121, Date.now() % 2 ** 31]

describe('properties', () => {
  test.each(SEEDS)('any delta survives the plain encoder, seed %i', (seed) => {
    const next = seeded(seed)
    const value = () => {
      const width = Math.floor(next() * 32)
      const n = Math.floor(next() * 2 ** width)
      return Math.trunc(next() < 0.5 ? n : -n)
    }
    for (let round = 0; round < 200; round++) {
      const updates: PlainUpdate[] = []
      let slot = Math.floor(next() * 400)
      for (let i = 0, n = 1 + Math.floor(next() * 40); i < n; i++) {
        updates.push({
          slot,
          dLon: value() | 0,
          dLat: value() | 0,
          speed: Math.floor(next() * 256),
          heading: Math.floor(next() * 256),
          state: Math.floor(next() * 256),
          risk: Math.floor(next() * 256),
        })
        slot += 1 + Math.floor(next() ** 4 * 70_000)
      }
      const read: PlainUpdate[] = []
      readDelta(plainDelta(updates), updates.length, (s, dLon, dLat, speed, heading, state, risk) =>
        read.push({ slot: s, dLon, dLat, speed, heading, state, risk }),
      )
      expect(read).toEqual(updates)
    }
  })

  test('the edges of 32 bits survive zigzag', () => {
    for (const edge of [0, -1, 1, 2147483647, -2147483648, 63, -64, 64, 8191, 8192]) {
      const one = { slot: 0, dLon: edge, dLat: -(edge + 1) | 0, speed: 0, heading: 0, state: 0, risk: 0 }
      let seen = NaN
      readDelta(plainDelta([one]), 1, (_s, dLon) => (seen = dLon))
      expect(seen).toBe(edge)
    }
  })

  test.each(SEEDS)('arbitrary bytes are read or refused by name, never anything else, seed %i', (seed) => {
    const next = seeded(seed)
    for (let round = 0; round < 3000; round++) {
      const body = Array.from({ length: Math.floor(next() * 60) }, () => Math.floor(next() * 256))
      const type = 1 + Math.floor(next() * 6)
      const bytes = frame(type, 1, Math.floor(next() ** 3 * 5e9) >>> 0, body)
      try {
        const h = readHeader(bytes)
        if (h.type === FrameType.SNAPSHOT) readSnapshot(bytes, h.count, () => {})
        if (h.type === FrameType.DELTA) readDelta(bytes, h.count, () => {})
        if (h.type === FrameType.GONE) readGone(bytes, h.count, () => {})
        if (h.type === FrameType.DICT) readDictionary(bytes)
      } catch (cause) {
        expect(cause).toBeInstanceOf(FrameError)
      }
    }
  })
})
