import { describe, expect, test } from 'vitest'
import type { RiskWeek } from '@/api/types'
import { picture, yOf } from './weeks'

const frame = { width: 110, height: 100 }
const week = (score: number | null, median: number | null = null): RiskWeek => ({
  day: '2026-11-20',
  score,
  quarter: median === null ? null : median - 10,
  median,
  three_quarters: median === null ? null : median + 10,
})

describe('twelve weeks', () => {
  test('a score of 0 lies at the bottom and 100 at the top', () => {
    expect([yOf(0, frame), yOf(100, frame)]).toEqual([100, 0])
  })
  test('a week without a score breaks the line', () => {
    const drawn = picture([week(50), week(40), week(null), week(30)], { width: 30, height: 100 })
    expect(drawn.own).toEqual(['M0.0,50.0L10.0,60.0', 'M30.0,70.0'])
    expect(drawn.points).toHaveLength(3)
  })
  test('the band runs along the upper quarter and back along the lower one', () => {
    const drawn = picture([week(50, 40), week(50, 40)], { width: 10, height: 100 })
    expect(drawn.band).toBe('M0.0,50.0L10.0,50.0L10.0,70.0L0.0,70.0Z')
    expect(drawn.median).toBe('M0.0,60.0L10.0,60.0')
  })
  test('without companies of its size there is no band', () => {
    expect(picture([week(50), week(40)], frame).band).toBe('')
  })
})
