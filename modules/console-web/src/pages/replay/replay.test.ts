import { describe, expect, test } from 'vitest'
import type { DayTrack, Trip, VehicleDay } from '@/api/types'
import {
  advance,
  beginning,
  believed,
  bounds,
  isDay,
  limitPath,
  lines,
  momentAt,
  neighbour,
  replayOf,
  shiftDay,
  topKmh,
} from './replay'

const T0 = Date.parse('2026-03-04T16:00:00Z')
/** A point every ten seconds; [seconds, lat, lon, km/h, limit, flags]. */
const track = (rows: [number, number, number, number, number, number][]): DayTrack => ({
  t_ms: rows.map((r) => T0 + r[0] * 1000),
  lat: rows.map((r) => Math.round(r[1] * 1e6)),
  lon: rows.map((r) => Math.round(r[2] * 1e6)),
  speed: rows.map((r) => r[3] * 10),
  heading: rows.map(() => 90),
  limit: rows.map((r) => r[4] * 10),
  flags: rows.map((r) => r[5]),
  every_nth: 1,
})
const day = track([
  [0, 29.5, 106.5, 40, 80, 0],
  [10, 29.5, 106.502, 60, 80, 0],
  [20, 31, 106.504, 60, 0, 1],
  [30, 29.5, 106.506, 60, 60, 0],
  [1000, 29.6, 106.6, 20, 60, 0],
  [1010, 29.6, 106.602, 30, 60, 0],
])
const points = believed(day)
const at = (seconds: number) => T0 + seconds * 1000

describe('where the truck was', () => {
  test('a doubtful point is none of its places', () => expect(points).toEqual([0, 1, 3, 4, 5]))
  test('between two points it is on the way, also over a doubtful one', () => {
    expect(momentAt(day, points, at(5))).toMatchObject({ lon: 106.501, kmh: 50, limitKmh: 80, unknown: false })
    const past = momentAt(day, points, at(20))
    expect(past).toMatchObject({ lat: 29.5, unknown: false })
    expect(past?.lon).toBeCloseTo(106.504, 6)
  })
  test('where points are missing it stays where it was last seen, and that is said', () => {
    expect(momentAt(day, points, at(400))).toMatchObject({ lon: 106.506, unknown: true })
    expect(momentAt(day, points, at(30))).toMatchObject({ unknown: false })
  })
  test('before the first point and long after the last nothing is known', () => {
    expect(momentAt(day, points, at(-60))?.unknown).toBe(true)
    expect(momentAt(day, points, at(1100))?.unknown).toBe(false)
    expect(momentAt(day, points, at(1200))?.unknown).toBe(true)
    expect(momentAt(day, [], at(0))).toBeNull()
  })
})

describe('the clock', () => {
  test('goes as many times as fast as was chosen', () => {
    expect(advance(day, points, at(0), 500, 1)).toBe(at(0.5))
    expect(advance(day, points, at(0), 500, 60)).toBe(at(30))
  })
  test('passes a stretch without points at once, five seconds on each side', () => {
    expect(advance(day, points, at(30), 100, 60)).toBe(at(995))
    expect(advance(day, points, at(30), 100, 10)).toBe(at(31))
    expect(advance(day, points, at(996), 100, 10)).toBe(at(997))
  })
  test('stands at the last point', () => expect(advance(day, points, at(1009), 1000, 60)).toBe(at(1010)))
  test('the arrow keys go from point to point', () => {
    expect(neighbour(day, points, at(10), 1)).toBe(at(30))
    expect(neighbour(day, points, at(10), -1)).toBe(at(0))
    expect(neighbour(day, points, at(15), -1)).toBe(at(10))
    expect(neighbour(day, points, at(0), -1)).toBe(at(0))
    expect(neighbour(day, points, at(1010), 1)).toBe(at(1010))
  })
})

describe('the way', () => {
  test('is cut where nothing is known', () => {
    expect(lines(day, points).map((l) => l.length)).toEqual([3, 2])
    expect(lines(day, points, at(0), at(10)).map((l) => l.length)).toEqual([2])
  })
  test('has bounds that leave doubtful points out and are never tiny', () => {
    expect(bounds(day, points)).toEqual([106.5, 29.5, 106.602, 29.6])
    const small = bounds(day, points, at(0), at(0))!
    expect(small[2] - small[0]).toBeCloseTo(0.006)
    expect(bounds(day, points, at(2000), at(3000))).toBeNull()
  })
})

describe('the chart', () => {
  test('draws the limit as steps and breaks it where nothing was judged', () => {
    const box = { from: at(0), to: at(1010), width: 1010, height: 100, topKmh: 100 }
    expect(limitPath(day, box)).toBe('M0.0 20.0H30.0V40.0H30.0M1000.0 40.0H1010.0')
  })
  test('has room for the fastest point that is believed', () => {
    expect(topKmh(day, points)).toBe(120)
    expect(topKmh(track([[0, 29.5, 106.5, 131, 80, 0]]), [0])).toBe(140)
    expect(topKmh(track([[0, 29.5, 106.5, 255, 80, 1]]), [])).toBe(120)
  })
})

describe('days', () => {
  test('are counted over months and years', () => {
    expect(shiftDay('2026-03-01', -1)).toBe('2026-02-28')
    expect(shiftDay('2026-12-31', 1)).toBe('2027-01-01')
  })
  test('are told from other text', () => {
    expect(isDay('2026-03-05')).toBe(true)
    expect(isDay('2026-13-05')).toBe(false)
    expect(isDay(null)).toBe(false)
  })
  test('an instant belongs to its day in Shanghai', () => {
    expect(replayOf(7, '2026-03-04T16:10:00Z').params).toEqual({ id: '7', day: '2026-03-05' })
  })
  test('the replay begins where the address says, else with the first trip, else with the first point', () => {
    const whole = { from: '2026-03-04T16:00:00Z', to: '2026-03-05T16:00:00Z', track: day, trips: [] as Trip[] }
    const begin = (trips: Partial<Trip>[], wanted: unknown) =>
      beginning({ ...whole, trips } as unknown as VehicleDay, points, wanted)
    expect(begin([{ from: '2026-03-04T16:00:10Z' }], '2026-03-04T16:00:30Z')).toBe(at(30))
    expect(begin([{ from: '2026-03-04T16:00:10Z' }], '2026-03-06T16:00:30Z')).toBe(at(10))
    expect(begin([], undefined)).toBe(at(0))
  })
})
