import type { RiskBand } from '@/look/tokens'
import type { VehicleState } from './vehicle'

export interface RiskSummary {
  score: number | null
  band: RiskBand | null
}
export interface Company {
  id: number
  name: string
  adcode: string
  region: { zh: string; en: string } | null
  vehicles: number
  drivers: number
  online: number
  overdue_critical: number
  papers_to_review: number
  open_alarms: number
  open_by_severity: Partial<Record<'1' | '2' | '3' | '4', number>>
  km_7d: number
  open_per_1000km: number | null
  risk: RiskSummary
}
export interface ScorePart {
  code: string
  weight: number
  value: number | null
  points: number | null
  data: Record<string, unknown>
}
export interface CountOf {
  count: number
  of: number
  due_7d?: number
  due_30d?: number
  driving_now?: number
}
export interface DueItem {
  paper_id?: number
  hazard_id?: number
  owner_kind: 'COMPANY' | 'VEHICLE' | 'DRIVER' | string
  owner_id: number
  owner_label: string
  kind: string
  expires: string
  days_overdue?: number
  days_left?: number
  critical?: boolean
  moving?: boolean
}
/** Something that lowers the score; `points_below` is what it would be worth without vetoes. */
export interface RiskAct {
  code: 'papers' | 'papers_all' | 'hazards_general' | 'hazards_major' | 'training' | 'handling' | 'drivers'
  kind: string
  count: number
  points: number
  points_below: number
}
export interface RiskBehind {
  papers?: { kind: string; open: number; risk: number }[]
  events?: { rule: string; severity: number; age: 30 | 90 | 180; count: number }[]
  drivers?: { id: number; points: number }[]
}
/** One week: the company, and the companies of its size. */
export interface RiskWeek {
  day: string
  score: number | null
  quarter: number | null
  median: number | null
  three_quarters: number | null
}
export interface CompanyRisk {
  company: Company
  as_of: string
  score: {
    value: number | null
    band: RiskBand | null
    parts: ScorePart[]
    missing: string[]
    formula_version: string
    insufficient_data: boolean
    /** @property until the day when it ends by itself if nothing is added; none while it waits for something to be put right */
    veto: { code: string; value?: string; detail: string; until?: string }[]
    acts?: RiskAct[]
    /** What the score would be after all of them. */
    reachable?: number | null
    behind?: RiskBehind
    size_class?: string
    of_size?: number | null
    better?: number | null
  }
  weeks?: RiskWeek[]
  counts: Record<string, CountOf | undefined>
  overdue: DueItem[]
  due_soon: DueItem[]
  open_alarms: { total: number; by_rule: Record<string, number>; by_severity: Record<string, number> }
  drivers: { id: number; name: string; km: number; events: number; per_1000km: number | null }[]
  vehicles: {
    id: number
    plate: string
    driver: string | null
    state: VehicleState
    overdue: number
    open_alarms: number
  }[]
}
