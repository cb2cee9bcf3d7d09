import { endOf, type OrderFigure, type Supervision } from '@/api/supervision'
import { decimal } from '@/format/text'
import { day as dayOf } from '@/format/time'

const DAY_MS = 86_400_000

/** Whole days that an order's answer is late now; 0 for one that is not, or that has been answered. */
export function daysLate(order: Pick<Supervision, 'state' | 'overdue' | 'due_at'>, nowMs: number): number {
  if (!order.overdue || (order.state !== 'issued' && order.state !== 'returned')) return 0
  return Math.max(1, Math.ceil((nowMs - Date.parse(order.due_at)) / DAY_MS))
}

/** A frozen figure with what it was counted from: "92.63 % (880 / 950)". */
export function figureText(figure: OrderFigure): string {
  const places = figure.unit === 'hours_per_truck' ? 1 : 0
  const parts = `${decimal(figure.numerator, places)} / ${decimal(figure.denominator, 0)}`
  if (figure.value === null) return `– (${parts})`
  return `${figure.percent === null ? decimal(figure.value, 2) : `${figure.percent.toFixed(2)} %`} (${parts})`
}

/** So many days ahead may the deadline of an order lie. */
export const LONGEST_DAYS = 366
/** Whether the end of a day can be a deadline now. */
export const isDueDay = (day: string, nowMs: number): boolean =>
  day >= dayOf(nowMs) && Date.parse(endOf(day)) <= nowMs + LONGEST_DAYS * DAY_MS
