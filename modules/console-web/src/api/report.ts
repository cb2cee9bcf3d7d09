/** A company's monthly report. */
import { download, get, withQuery } from './client'
import type { KpiFigures } from './indicators'
import type { RiskWeek } from './types'

export type ReportState = 'final' | 'provisional' | 'running' | 'none'

export interface Why {
  points: number
  alarms: number
  worst_severity: number
  by_rule: Record<string, number>
}
export interface MonthlyReport {
  company: { id: number; name: string; adcode: string; trucks: number; drivers: number }
  month: string
  state: ReportState
  as_of: string
  figures: KpiFigures
  risk: { as_of: string; score: number | null; band: string | null; formula_version: string } | null
  drivers: { id: number; name: string; why: Why }[]
  trucks: { id: number; plate: string; km: number; points_per1000_km: number | null; why: Why }[]
  done: {
    alarms_by_severity: Record<string, number>
    alarms_by_handling: Record<string, number>
    notices_sent: number
    notices_answered: number
    cases_closed: number
    hazards_rectified: number
    papers: Record<string, number>
    accidents: number
  }
  open: {
    alarms: number
    notices: number
    notices_overdue: number
    cases: number
    steps_overdue: number
    overdue_all: number
    overdue_critical: number
  }
  months: { month: string; alarms: number; km: number; alarms_per1000_km: number | null; score: number | null }[]
  weeks: RiskWeek[]
}

const of = (company: number) => `/api/v1/companies/${company}/report`
export const report = (company: number, month: string, signal?: AbortSignal) =>
  get<MonthlyReport>(of(company), { month }, signal)
export const saveReport = (company: number, format: 'pdf' | 'xlsx', month: string, lang: string) =>
  download(withQuery(`${of(company)}/${format}`, { month, lang }))
