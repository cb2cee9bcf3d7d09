import { describe, expect, it } from 'vitest'
import { INDICATORS, type Figure, type IndicatorCode, type KpiCompany } from '@/api/indicators'
import { daysOf, ranked, share, shown } from './shown'

function figure(code: IndicatorCode, numerator: number, denominator: number): Figure {
  const value = denominator === 0 ? null : numerator / denominator
  const unit = code === 'speeding' ? 'per_truck' : code === 'fatigue' ? 'hours_per_truck' : 'rate'
  return {
    code,
    unit,
    numerator,
    denominator,
    value,
    percent: value === null || unit !== 'rate' ? null : Math.round(value * 10_000) / 100,
  }
}
function company(id: number, code: IndicatorCode, numerator: number, denominator: number): KpiCompany {
  const all = Object.fromEntries(INDICATORS.map((each) => [each, figure(each, 0, 0)])) as KpiCompany['indicators']
  return {
    id,
    name: `${id}`,
    adcode: '500112',
    trucks: 1,
    km: 1,
    indicators: { ...all, [code]: figure(code, numerator, denominator) },
  }
}

describe('indicators', () => {
  it('shows rates with two decimals and what cannot be counted as a dash', () => {
    expect(shown(figure('online', 42_293, 42_489))).toBe('99.54 %')
    expect(shown(figure('data', 4, 5))).toBe('80.00 %')
    expect(shown(figure('speeding', 6, 5))).toBe('1.20')
    expect(shown(figure('online', 0, 0))).toBe('–')
  })
  it('ranks the lowest rate first and the highest count first', () => {
    const rates = [company(1, 'track', 9, 10), company(2, 'track', 1, 10), company(3, 'track', 0, 0)]
    expect(ranked(rates, 'track').map((row) => row.id)).toEqual([2, 1, 3])
    const counts = [company(1, 'speeding', 1, 10), company(2, 'speeding', 9, 10), company(3, 'speeding', 0, 0)]
    expect(ranked(counts, 'speeding').map((row) => row.id)).toEqual([2, 1, 3])
  })
  it('draws a rate by itself and a count beside the highest', () => {
    const rows = [company(1, 'speeding', 2, 1), company(2, 'speeding', 8, 1)]
    expect(share(rows[0].indicators.speeding, rows)).toBe(0.25)
    expect(share(figure('online', 1, 2), rows)).toBe(0.5)
  })
  it('takes a month to its last day, or to today', () => {
    expect(daysOf('2026-02', '2026-11-21')).toEqual({ from: '2026-02-01', to: '2026-02-28' })
    expect(daysOf('2026-11', '2026-11-21')).toEqual({ from: '2026-11-01', to: '2026-11-21' })
  })
})
