import type { Figure, IndicatorCode, KpiCompany, KpiTruck } from '@/api/indicators'
import { decimal } from '@/format/text'

/** Indicators of which more is worse; of the others less is. */
const MORE_IS_WORSE: readonly IndicatorCode[] = ['drift', 'speeding', 'fatigue', 'moved_offline']

export const moreIsWorse = (code: IndicatorCode): boolean => MORE_IS_WORSE.includes(code)

/** A value as people read it, without its unit; a dash where nothing could be counted. */
export function shown(figure: Figure): string {
  if (figure.value === null) return '–'
  return figure.percent === null ? decimal(figure.value, 2) : `${figure.percent.toFixed(2)} %`
}

/** Worst first; those of which nothing was counted last. */
export function ranked(rows: readonly KpiCompany[], code: IndicatorCode): KpiCompany[] {
  const sign = moreIsWorse(code) ? -1 : 1
  const weight = (row: KpiCompany): number => {
    const value = row.indicators[code].value
    return value === null ? Number.POSITIVE_INFINITY : sign * value
  }
  return [...rows].sort((a, b) => {
    const x = weight(a)
    const y = weight(b)
    return x === y ? a.id - b.id : x - y
  })
}

/** Share of the widest bar, 0 to 1: of a rate its value, of a count its part of the highest. */
export function share(figure: Figure, rows: readonly (KpiCompany | KpiTruck)[]): number {
  if (figure.value === null) return 0
  if (figure.unit === 'rate') return Math.min(1, figure.value)
  const highest = Math.max(...rows.map((row) => row.indicators[figure.code].value ?? 0))
  return highest === 0 ? 0 : figure.value / highest
}

/** First and last day of a month such as 2026-11, the last one not after today. */
export function daysOf(month: string, today: string): { from: string; to: string } {
  const [year, number] = month.split('-').map(Number)
  const last = `${month}-${String(new Date(Date.UTC(year, number, 0)).getUTCDate()).padStart(2, '0')}`
  return { from: `${month}-01`, to: last < today ? last : today }
}
