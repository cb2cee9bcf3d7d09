/** The regulator's indicators: what `/api/v1/kpis` answers. */
import { download, get, post, withQuery, type Query } from './client'
import type { Page } from './types'

export const INDICATORS = [
  'network_entry',
  'online',
  'track',
  'data',
  'drift',
  'speeding',
  'fatigue',
  'handled',
  'in_time',
  'looped',
  'rejected',
  'moved_offline',
] as const
export type IndicatorCode = (typeof INDICATORS)[number]

export interface Figure {
  code: IndicatorCode
  unit: 'rate' | 'per_truck' | 'hours_per_truck'
  numerator: number
  denominator: number
  /** Unrounded; null without a denominator. */
  value: number | null
  /** Of a rate, two decimals. */
  percent: number | null
}
export interface KpiPeriod {
  id: number
  first_day: string
  last_day: string
  version: number
  formula: string
  asked_at: string
  asked_by: string | null
  reason: string
  made_at: string | null
}
export interface ScoreLine {
  code: string
  value: number | null
  points: number
  most: number
}
export interface KpiScore {
  sheet: 'company' | 'administration'
  points: number
  most: number
  lines: ScoreLine[]
  means: {
    speeding: number | null
    fatigue_hours: number | null
    month: string | null
    companies: number
  } | null
}
export interface KpiFigures {
  formula: string
  from: string
  to: string
  state: 'frozen' | 'open' | 'running'
  days: number
  days_counted: number
  counted_at: string | null
  period: KpiPeriod | null
  trucks: number
  km: number
  indicators: Figure[]
  score: KpiScore | null
}
type ByCode = Record<IndicatorCode, Figure>
export interface KpiCompany {
  id: number
  name: string
  adcode: string
  trucks: number
  km: number
  indicators: ByCode
}
export interface KpiTruck {
  id: number
  plate: string
  online_days: number
  km: number
  indicators: ByCode
}
export interface KpiDay {
  day: string
  received: number
  qualified: number
  total_km: number
  gap_km: number
  drifts: number
  offline_moves: number
  speedings: number
  fatigue_s: number
  due: number
  handled: number
  in_time: number
  loops_due: number
  looped: number
  appeals: number
  rejected: number
  frozen: boolean
}

const v1 = '/api/v1'
export const figures = (query: Query, signal?: AbortSignal) => get<KpiFigures>(`${v1}/kpis`, query, signal)
export const companies = (query: Query, signal?: AbortSignal) =>
  get<Page<KpiCompany>>(`${v1}/kpis/companies`, query, signal)
export const trucks = (company: number, query: Query, signal?: AbortSignal) =>
  get<Page<KpiTruck>>(`${v1}/companies/${company}/kpi-trucks`, query, signal)
export const truckDays = (id: number, query: Query, signal?: AbortSignal) =>
  get<Page<KpiDay>>(`${v1}/vehicles/${id}/kpi-days`, query, signal)
/** The rows of the companies, or of one company's trucks, as a table. */
export const saveRows = (company: number | null, query: Query) =>
  download(
    withQuery(company === null ? `${v1}/kpis/companies/file` : `${v1}/companies/${company}/kpi-trucks/file`, query),
  )
export const periods = (signal?: AbortSignal) => get<Page<KpiPeriod>>(`${v1}/kpi-periods`, {}, signal)
export const countAgain = (month: string, reason: string) => post<KpiPeriod>(`${v1}/kpi-periods`, { month, reason })
