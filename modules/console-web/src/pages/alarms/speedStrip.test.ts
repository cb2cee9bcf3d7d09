import { describe, expect, test } from 'vitest'
import type { AlarmRow, AlarmStrip } from '@/api/types'
import { limitRuns, limitTextY, speedStrip, timeTicks } from './speedStrip'
import { matches } from './useAlarmList'
import { readFilter } from './useAlarmFilter'

const START = Date.parse('2026-11-21T02:00:00Z')
const at = (s: number) => START + s * 1000
const iso = (s: number) => new Date(at(s)).toISOString()
const strip: AlarmStrip = {
  from: iso(0),
  to: iso(100),
  t_ms: [0, 20, 40, 60, 80, 100].map(at),
  speed: [700, 700, 900, 1000, 900, 700],
  limit_segments: [{ from: iso(0), to: iso(100), limit_kmh: 80, source: 'class' }],
  over: [iso(30), iso(90)],
}
const box = { width: 100, height: 120, left: 0, bottom: 0, top: 0 }

describe('the strip of speed against limit', () => {
  test('the red area starts and ends where the line crosses the limit', () => {
    const shape = speedStrip(strip, box)
    expect(shape.top).toBe(120)
    expect(shape.excess).toHaveLength(1)
    expect(shape.excess[0]).toBe('M30.0 40.0L40.0 30.0L60.0 20.0L80.0 30.0L90.0 40.0L90.0 40.0L30.0 40.0Z')
  })
  test('the peak is the highest point inside the episode', () => {
    const shape = speedStrip({ ...strip, speed: [1200, 700, 900, 1000, 900, 700] }, box)
    expect(shape.peak?.kmh).toBe(100)
    expect(shape.over).toEqual({ x: 30, width: 60 })
  })
  test('the words of the limit give way under the line where the peak is close above it', () => {
    const y = (kmh: number) => 200 - kmh
    const peak = (kmh: number) => ({ peak: { x: 0, y: y(kmh), kmh }, y })
    expect(limitTextY(peak(96), 90)).toBe(y(90) + 14)
    expect(limitTextY(peak(140), 90)).toBe(y(90) - 5)
    expect(limitTextY(peak(60), 90)).toBe(y(90) - 5)
    expect(limitTextY({ peak: null, y }, 90)).toBe(y(90) - 5)
  })
  test('exactly at the limit is not above it', () => {
    expect(speedStrip({ ...strip, speed: [800, 800, 800, 800, 800, 800] }, box).excess).toEqual([])
  })
  test('a limit that changes splits the area and steps the line', () => {
    const two = speedStrip(
      {
        ...strip,
        speed: [1000, 1000, 1000, 1000, 1000, 1000],
        limit_segments: [
          { from: iso(0), to: iso(50), limit_kmh: 90 },
          { from: iso(50), to: iso(100), limit_kmh: 80 },
        ],
      },
      box,
    )
    expect(two.excess).toHaveLength(2)
    expect(two.limit).toBe('M0.0 30.0L50.0 30.0L50.0 40.0L100.0 40.0')
  })
  test('limits given point by point become the same runs', () => {
    const runs = limitRuns({ ...strip, limit_segments: [], limit: [90, 90, 80, 80, null, 80] })
    expect(runs.map((r) => [(r.from - START) / 1000, (r.to - START) / 1000, r.kmh])).toEqual([
      [0, 40, 90],
      [40, 60, 80],
      [100, 100, 80],
    ])
  })
  test('about five round times stand below', () => {
    expect(timeTicks(at(0), at(600)).map((t) => (t - START) / 60_000)).toEqual([0, 2, 4, 6, 8, 10])
  })
})

describe('which arriving alarms belong into the list', () => {
  const alarm = {
    id: 'a',
    rule: 'speeding',
    severity: 4,
    state: 'open',
    handling: 'new',
    company: { id: 3, name: '' },
    vehicle: { id: 9, plate: '渝B12345' },
    started_at: iso(0),
  } as unknown as AlarmRow
  test.each([
    [{}, true],
    [{ status: 'closed' }, false],
    [{ status: 'all' }, true],
    [{ severity: '3,4' }, true],
    [{ severity: '1' }, false],
    [{ company: '3', query: '渝B' }, true],
    [{ company: '4' }, false],
    [{ rule: 'fatigue' }, false],
    [{ vehicle: '9', from: iso(-1), to: iso(1) }, true],
    [{ from: iso(5) }, false],
  ])('%j → %s', (filter, wanted) => expect(matches(filter, alarm)).toBe(wanted))
  test('only known filters are taken from the address', () => {
    expect(readFilter({ severity: '4', company: '', odd: 'x', rule: ['a', 'b'] })).toEqual({ severity: '4' })
  })
})
