import { expect, test } from 'vitest'
import { lastMonth, partOf, sumOf } from './report'

test('the month before January is December of the year before', () => {
  expect(lastMonth('2026-01-31')).toBe('2025-12')
  expect(lastMonth('2026-11-22')).toBe('2026-10')
})
test('nothing sums up to nothing', () => {
  expect(sumOf({})).toBe(0)
  expect(sumOf({ '1': 2, '4': 3 })).toBe(5)
})
test('trucks are counted whole, hours have a decimal', () => {
  expect([0, 101, 1_234, 3.25].map(partOf)).toEqual(['0', '101', '1,234', '3.3'])
})
