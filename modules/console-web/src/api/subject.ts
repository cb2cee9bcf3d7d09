/** Risk of single trucks and drivers. */
import type { RiskBand } from '@/look/tokens'
import { get } from './client'

export type SubjectKind = 'truck' | 'driver'
export interface SubjectRow {
  id: number
  kind: SubjectKind
  label: string
  score: number | null
  band: RiskBand | null
  insufficient_data: boolean
  km: number
  parts: { code: string; weight: number; value: number; points: number }[]
  missing: string[]
  veto: { code: string; value: string }[]
}
export interface WorstSubjects {
  as_of: string
  formula_version: string
  trucks: SubjectRow[]
  drivers: SubjectRow[]
}
export interface SubjectRisk {
  risk: SubjectRow
  company_id: number
  as_of: string
  formula_version: string
  papers: { kind: string; weight: number; risk: number; day: string | null }[]
  events: { id: string; rule: string; severity: number; started_at: string; points: number; times: number }[]
}
export const worstSubjects = (company: number, signal?: AbortSignal) =>
  get<WorstSubjects>(`/api/v1/companies/${company}/worst`, {}, signal)
export const subjectRisk = (kind: SubjectKind, id: number, signal?: AbortSignal) =>
  get<SubjectRisk>(`/api/v1/${kind === 'truck' ? 'vehicles' : 'drivers'}/${id}/risk`, {}, signal)
