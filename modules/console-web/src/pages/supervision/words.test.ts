import { describe, expect, test } from 'vitest'
import type { OrderFigure } from '@/api/supervision'
import { daysLate, figureText, isDueDay } from './words'

const now = Date.parse('2026-11-20T02:00:00Z')
describe('the words of an order', () => {
  test('count a day that has begun as late, and nothing once it is answered', () => {
    const order = { state: 'issued', overdue: true, due_at: '2026-11-18T15:59:59Z' } as const
    expect(daysLate(order, now)).toBe(2)
    expect(daysLate({ ...order, due_at: '2026-11-20T01:59:00Z' }, now)).toBe(1)
    expect(daysLate({ ...order, state: 'answered' }, now)).toBe(0)
    expect(daysLate({ ...order, overdue: false, due_at: '2026-11-21T00:00:00Z' }, now)).toBe(0)
  })
  test('take a deadline from today to a year ahead', () => {
    const days = ['2026-11-19', '2026-11-20', '2027-11-20', '2027-11-22', '']
    expect(days.map((day) => isDueDay(day, now))).toEqual([false, true, true, false, false])
  })
  test('show a figure with what it was counted from, and no value without a denominator', () => {
    const figure = { unit: 'rate', numerator: 880, denominator: 950, value: 0.9263, percent: 92.63 } as OrderFigure
    expect(figureText(figure)).toBe('92.63 % (880 / 950)')
    expect(figureText({ ...figure, unit: 'per_truck', percent: null, value: 1.2 })).toBe('1.20 (880 / 950)')
    expect(figureText({ ...figure, numerator: 0, denominator: 0, value: null, percent: null })).toBe('– (0 / 0)')
  })
})
