/** Orders of the regulator to companies: what `/api/v1/supervision` answers. */
import { download, get, post, type Query } from './client'
import type { IndicatorCode } from './indicators'
import type { AlarmRow, Page } from './types'
import type { Severity } from '@/look/tokens'

export const ORDER_STATUS = ['open', 'overdue', 'answered', 'closed', 'all'] as const
export type OrderStatus = (typeof ORDER_STATUS)[number]
export type OrderState = 'issued' | 'answered' | 'returned' | 'accepted' | 'withdrawn'

/** The indicator that an order is about, as it was when the order was issued. */
export interface OrderFigure {
  indicator: IndicatorCode
  unit: 'rate' | 'per_truck' | 'hours_per_truck'
  formula: string
  from: string
  to: string
  period: number | null
  version: number | null
  vehicle_id: number | null
  plate: string | null
  numerator: number
  denominator: number
  value: number | null
  percent: number | null
  taken_at: string
}
export interface Supervision {
  id: number
  case_id: number
  company_id: number
  company_name: string
  subject: string
  severity: Severity
  state: OrderState
  /** Whether its answer is late, or was. */
  overdue: boolean
  issued_by: string | null
  issued_at: string
  /** Before it was put off. */
  first_due_at: string
  due_at: string
  answered_at: string | null
  state_at: string
  escalated_to: string | null
  alarms: number
  indicator: IndicatorCode | null
  /** Named by whoever changes it. */
  revision: number
  words: string
  figure: OrderFigure | null
}
export interface OrderFile {
  id: string
  title: string
  content_type: string
  bytes: number
}
export interface OrderAnswer {
  words: string
  by: string | null
  at: string
  late: boolean
  verdict: 'accepted' | 'returned' | null
  verdict_words: string | null
  judged_by: string | null
  judged_at: string | null
  files: OrderFile[]
}
export interface SupervisionDetail extends Supervision {
  alarm_rows: AlarmRow[]
  answers: OrderAnswer[]
  /** That no answer has taken yet. */
  files: OrderFile[]
  events: { at: string; user: string | null; kind: string; note: string }[]
}
export interface SupervisionFigures {
  waiting: number
  overdue: number
  answered: number
  months: { month: string; due: number; closed: number; in_time: number }[]
}
/** What a new order is about besides its company. */
export interface About {
  company_id: number
  company_name: string
  case_id?: number
  alarms?: string[]
  figure?: { indicator: IndicatorCode; period?: number | null; from?: string; to?: string; vehicle?: number }
  /** What the figure is of, in words. */
  subject?: string
}
export interface NewSupervision extends Omit<About, 'company_name' | 'subject'> {
  key: string
  subject: string
  words: string
  severity: Severity
  due_at: string
}

/** The end of a local day, as a deadline. */
export const endOf = (day: string): string => `${day}T23:59:59+08:00`
/** Names one write: asked again under it, nothing is done twice. */
export const newKey = (): string => crypto.randomUUID()

const v1 = '/api/v1/supervision'
export const orders = (query: Query, signal?: AbortSignal) => get<Page<Supervision>>(v1, query, signal)
export const figures = (query: Query, signal?: AbortSignal) => get<SupervisionFigures>(`${v1}/figures`, query, signal)
export const order = (id: number) => get<SupervisionDetail>(`${v1}/${id}`)
export const issue = (given: NewSupervision) => post<SupervisionDetail>(v1, given)
export const answer = (id: number, given: { key: string; revision: number; words: string }) =>
  post<SupervisionDetail>(`${v1}/${id}/answer`, given)
export const judge = (
  id: number,
  given: {
    key: string
    revision: number
    action: 'accept' | 'return' | 'extend' | 'withdraw'
    words: string
    due_at?: string
  },
) => post<SupervisionDetail>(`${v1}/${id}/actions`, given)
export const saveFile = (id: number, file: string) => download(`${v1}/${id}/files/${file}`)
