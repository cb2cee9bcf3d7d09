import type { Severity } from '@/look/tokens'
import type { Page } from './page'
import type { Paper, TrackColumns } from './vehicle'

export interface AlarmRow {
  id: string
  cursor?: string | number
  rule: string
  rule_version: string
  severity: Severity
  state: string
  handling: string
  evidence: string
  vehicle: { id: number; plate: string }
  driver: { id: number; name: string } | null
  company: { id: number; name: string }
  started_at: string
  ended_at: string | null
  /** Null in the live stream. */
  opened_at: string | null
  ended_by: string | null
  measures: Record<string, unknown>
  facts: Record<string, unknown>
}
export interface AlarmCounts {
  total: number
  /** Counting stopped at a limit of the server. */
  capped?: boolean
  by_severity: Record<string, number>
  by_rule: Record<string, number>
}
export interface AlarmPage extends Page<AlarmRow> {
  counts?: AlarmCounts
}
export interface AlarmAction {
  at: string
  user: string | null
  kind: string
  note: string | null
}
export interface LimitSegment {
  from: string
  to: string
  limit_kmh: number
  source?: string
}
export interface AlarmStrip {
  from: string
  to: string
  t_ms: number[]
  /** 0.1 km/h, as in tracks */
  speed: number[]
  limit?: (number | null)[]
  limit_segments?: LimitSegment[]
  over?: [string, string] | null
}
export interface AlarmDetail extends AlarmRow {
  /** What the terminal said of the same. */
  terminal: { alarm: string; started_at: string; ended_at: string }[]
  /** The lower one of the platform's limit and the terminal's own, where the terminal calls it overspeed too. */
  case_limit: { kmh: number; terminal_kmh: number; terminal_reported_at: string } | null
  points: { role: string; device_time: string; lat: number; lon: number; speed_kmh: number; body_hex: string | null }[]
  revisions: { revision: number; state: string; at: string; why: string | null }[]
  actions: AlarmAction[]
  /** Points, strip and track open with a reason. */
  reason_needed: boolean
  strip: AlarmStrip | null
  track: TrackColumns | null
  papers: Paper[]
}
