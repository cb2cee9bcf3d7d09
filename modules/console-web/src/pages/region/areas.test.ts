import { describe, expect, test } from 'vitest'
import type { RegionCompany } from '@/api/region'
import { areasOf, classes, classOf, logTicks, placeOf, rounded } from './areas'

const outlines = new Set(['500000', '510100', '510700', '419001'])
const company = (adcode: string, count: number, exposure: number): RegionCompany => ({
  id: 1,
  name: 'x',
  adcode,
  trucks: 10,
  km: 1,
  count,
  exposure,
  rate: null,
  expected: null,
  place: null,
})
describe('places on the map', () => {
  test('are prefectures, cities of their own under a province, and municipalities as a whole', () => {
    expect(placeOf('510104', 'prefecture', outlines)).toBe('510100')
    expect(placeOf('510104', 'province', outlines)).toBe('510000')
    expect(placeOf('500112', 'prefecture', outlines)).toBe('500000')
    expect(placeOf('419001', 'prefecture', outlines)).toBe('419001')
  })
  test('have ratios of sums, never means of ratios, the highest first', () => {
    const rows = [
      company('510104', 10, 100),
      company('510105', 20, 50),
      company('500112', 60, 100),
      company('510700', 0, 0),
    ]
    const areas = areasOf(rows, 'prefecture', outlines)
    expect(areas.map((area) => [area.code, area.count, area.exposure, area.rate])).toEqual([
      ['500000', 60, 100, 0.6],
      ['510100', 30, 150, 0.2],
      ['510700', 0, 0, null],
    ])
    expect(areas[1].companies).toBe(2)
    expect(areasOf(rows, 'province', outlines).map((area) => area.code)).toEqual(['500000', '510000'])
  })
  test('fall into classes of about as many places, whose edges people can read', () => {
    expect(rounded(0.8765)).toBe(0.88)
    expect(rounded(1234)).toBe(1200)
    expect(rounded(0)).toBe(0)
    const edges = classes([0.11, 0.22, 0.33, 0.44, 0.55, 0.66, null], 3)
    expect(edges).toEqual([0, 0.33, 0.55])
    expect([0, 0.32, 0.33, 0.6].map((rate) => classOf(rate, edges))).toEqual([0, 0, 1, 2])
    expect(classes([], 6)).toEqual([0])
    expect(classes([2, 2, 2], 6)).toEqual([0, 2])
  })
})

test('the axis of the funnel is marked at round values between its ends', () => {
  expect(logTicks(0.64, 7)).toEqual([1, 2, 5])
  expect(logTicks(0.05, 16)).toEqual([0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10])
  expect(logTicks(3, 3)).toEqual([])
})
