import { expect, test } from 'vitest'
import { lastMonth, sumOf } from './report'

test('the month before January is December of the year before', () => {
  expect(lastMonth('2026-01-31')).toBe('2025-12')
  expect(lastMonth('2026-11-22')).toBe('2026-10')
})
test('nothing sums up to nothing', () => {
  expect(sumOf({})).toBe(0)
  expect(sumOf({ '1': 2, '4': 3 })).toBe(5)
})
