import { describe, expect, test } from 'vitest'
import type { TrackColumns } from '@/api/types'
import { hourTicks, spans, speedPath, type StripBox } from './strip'

const MIN = 60_000
const FROM = Date.parse('2026-11-20T16:00:00Z')
const track = (rows: [minute: number, kmh: number, flags?: number][]): TrackColumns => ({
  t_ms: rows.map(([m]) => FROM + m * MIN),
  speed: rows.map(([, v]) => v * 10),
  lat: [],
  lon: [],
  heading: [],
  flags: rows.map(([, , f]) => f ?? 0),
})
const box: StripBox = { from: FROM, to: FROM + 100 * MIN, width: 100, height: 60, topKmh: 120 }

describe('the day strip', () => {
  test('one pixel a column, the highest speed of each', () => {
    expect(
      speedPath(
        track([
          [0, 60],
          [0.2, 80],
          [0.4, 70],
          [1, 60],
        ]),
        box,
      ),
    ).toBe('M0 20.0L1 30.0')
  })
  test('the line breaks where more than ten minutes are missing', () => {
    expect(
      speedPath(
        track([
          [0, 60],
          [1, 60],
          [20, 60],
          [21, 60],
        ]),
        box,
      ).match(/M/g),
    ).toHaveLength(2)
  })
  test('doubtful fixes are left out of the line', () => {
    expect(
      speedPath(
        track([
          [0, 60],
          [1, 120, 1],
          [2, 60],
        ]),
        box,
      ),
    ).toBe('M0 30.0L2 30.0')
  })
  test('driving and rest become bars; a short stop stays part of the drive', () => {
    const rows: [number, number][] = []
    for (let m = 0; m <= 20; m++) rows.push([m, m === 10 || m === 11 ? 0 : 70])
    for (let m = 21; m <= 50; m++) rows.push([m, 0])
    const found = spans(track(rows), box.from, box.to)
    expect(found.map((s) => [s.kind, (s.from - FROM) / MIN, (s.to - FROM) / MIN])).toEqual([
      ['driving', 0, 21],
      ['rest', 21, 50],
    ])
  })
  test('nothing is claimed about a gap', () => {
    expect(
      spans(
        track([
          [0, 70],
          [5, 70],
          [40, 0],
          [45, 0],
        ]),
        box.from,
        box.to,
      ),
    ).toHaveLength(2)
  })
  test('ticks stand at full hours of China', () => {
    expect(hourTicks(FROM + 1, FROM + 86_400_000, 6).map((t) => new Date(t).toISOString().slice(11, 16))).toEqual([
      '22:00',
      '04:00',
      '10:00',
      '16:00',
    ])
  })
})
