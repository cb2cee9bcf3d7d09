/** Inspections of some of many trucks: what `/api/v1/inspections` answers. */
import { download, get, post, withQuery, type Query } from './client'
import type { Page } from './types'

export const RESULTS = ['in_order', 'findings', 'not_shown'] as const
export type Result = (typeof RESULTS)[number]
export interface Inspection {
  id: number
  title: string
  companies: number
  /** Of which the sample was drawn. */
  trucks: number
  tolerable: number
  /** Bad ones that may be among all. */
  tolerated: number
  confidence: number
  sample_size: number
  seed: string
  drawn_by: string | null
  drawn_at: string
  in_order: number
  findings: number
  not_shown: number
}
export interface DrawnTruck {
  lot: number
  vehicle_id: number
  company_id: number
  company_name: string
  plate: string
  result: Result | null
  note: string | null
  told_by: string | null
  told_at: string | null
  /** How often something was said of it; more than once means corrected. */
  told: number
}
export interface Conclusion {
  looked: number
  /** With those that were not shown. */
  bad: number
  least: number
  most: number
  lower_share: number
  upper_share: number
  verdict: 'kept' | 'exceeded' | 'open'
}
export interface InspectionDetail extends Inspection {
  drawn: DrawnTruck[]
  conclusion: Conclusion | null
}
export interface Plan {
  company: number | null
  region: string | null
  tolerable: number
  confidence: number
}
export interface PlanSize {
  trucks: number
  companies: number
  tolerated: number
  sample_size: number
}

const v1 = '/api/v1/inspections'
export const inspections = (query: Query) => get<Page<Inspection>>(v1, query)
export const inspection = (id: number) => get<InspectionDetail>(`${v1}/${id}`)
export const sizeOf = (plan: Plan) => post<PlanSize>(`${v1}/size`, plan)
export const draw = (plan: Plan & { key: string; title: string }) => post<InspectionDetail>(v1, plan)
export const tell = (id: number, given: { key: string; vehicle: number; result: Result; note: string }) =>
  post<InspectionDetail>(`${v1}/${id}/results`, given)
export const save = (id: number, format: 'xlsx' | 'csv', language: string) =>
  download(withQuery(`${v1}/${id}/file`, { format, language }))
