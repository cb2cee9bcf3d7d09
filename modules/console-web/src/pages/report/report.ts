import type { MonthlyReport } from '@/api/report'
import { count, decimal } from '@/format/text'

/** The month before that of a day such as 2026-01-31. */
export function lastMonth(today: string): string {
  const [year, month] = today.split('-').map(Number)
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`
}

export const sumOf = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0)

/** Alarms of the month that nobody waits for any more. */
export function handledOf(report: MonthlyReport): number {
  const by = report.done.alarms_by_handling
  return (by.resolved ?? 0) + (by.false ?? 0) + (by.overturned ?? 0)
}

/** What a rate is made of: things are counted whole, only what is not whole has a decimal. */
export const partOf = (n: number): string => (Number.isInteger(n) ? count(n) : decimal(n, 1))
