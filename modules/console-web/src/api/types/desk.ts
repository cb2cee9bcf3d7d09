import type { Severity } from '@/look/tokens'
import type { Page } from './page'
import type { Command } from './vehicle'
import type { AlarmRow } from './alarm'

/** How an alarm stands on the desk. */
export interface DeskState {
  /** As it is now: a claim that has run out counts for nothing. */
  handling: string
  waits_for: 'company' | 'centre' | 'second_person' | 'case' | null
  duty: string
  due_at: string | null
  holder: { id: number; name: string } | null
  held_until: string | null
  /** Begun, and can be undone until then. */
  act: { id: number; kind: ActKind; by: string; until: string } | null
  asked_by: number | null
}
export interface DeskAlarm extends AlarmRow {
  desk: DeskState
  /** Of the same rule by the same truck within a day, itself included. */
  times: number
  /** Where it began, if anybody knows. */
  place: { lat: number; lon: number } | null
  terminal_model: string | null
}
export interface DeskQueue extends Page<DeskAlarm> {
  counts: Record<string, number>
  counted_to: number
  shift: { done: number; median_s: number | null }
  server_time: string
}
export type ActKind = 'text' | 'call' | 'notice' | 'false' | 'escalate'
export type CallOutcome = 'reached' | 'promised' | 'not_reached' | 'wrong_number'
/** What is done about an alarm. */
export type DeskAct = { note: string } & (
  | { kind: 'text'; text: string }
  | { kind: 'call'; outcome: CallOutcome }
  | { kind: 'notice'; words: string; minutes: number | null }
  | { kind: 'false'; reason: string }
  | { kind: 'escalate' }
)
export interface Notice {
  id: number
  alarm_id: string
  company_id: number
  company_name: string
  plate: string
  rule: string
  severity: Severity
  started_at: string
  words: string
  sent_by: string | null
  sent_at: string
  due_at: string
  /** Its answer is late, or was. */
  overdue: boolean
  answer: string | null
  answered_by: string | null
  answered_at: string | null
}
export interface DeskContact {
  id: number
  alarm_id: string
  kind: ActKind
  content: { text?: string; outcome?: CallOutcome; words?: string }
  note: string
  state: 'done' | 'failed'
  failure: string | null
  at: string
  by: string | null
  command_id: string | null
  command_state: Command['state'] | null
}
export interface DeskContext {
  alarm: DeskAlarm
  driver: { id: number; name: string; phone: string | null } | null
  days: { day: string; severity: Severity; alarms: number; same_rule: number; appealed: number }[]
  contacts: DeskContact[]
  notices: Notice[]
  texts: { language: string; words: string }[]
  suggestion: { kind: ActKind; reason: string }
}
export type Party = 'centre' | 'company' | 'driver' | 'regulator'
export interface SafetyCase {
  id: number
  /** Given by hand, else the rule of its heaviest alarm. */
  title: string
  severity: Severity
  state: 'open' | 'closed'
  company_id: number
  company_name: string
  /** Null if it is about the company itself. */
  vehicle_id: number | null
  plate: string
  driver: { id: number; name: string } | null
  opened_by: string | null
  opened_at: string
  closed_by: string | null
  closed_at: string | null
  conclusion: string | null
  alarms: number
  open_steps: number
  next_due: string | null
  escalated_to: string | null
}
export interface CaseStep {
  id: number
  party: Party
  duty: string
  words: string
  begun_at: string
  due_at: string | null
  /** Now, or when it was done. */
  overdue: boolean
  done_by: string | null
  done_at: string | null
  result: string | null
  escalated_to: string | null
  escalated_at: string | null
  /** Of the regulator's order whose step it is. */
  order_id: number | null
}
export interface CaseDetail extends SafetyCase {
  alarm_rows: AlarmRow[]
  steps: CaseStep[]
  events: { at: string; user: string | null; kind: string; note: string }[]
}
export interface Appeal {
  id: number
  alarm_id: string
  company_name: string
  plate: string
  rule: string
  severity: Severity
  started_at: string
  reason: string
  by: string | null
  appealed_at: string
  decided_by: string | null
  decided_at: string | null
  accepted: boolean | null
  note: string | null
  /** Its driver contested it himself, on his phone. */
  by_driver: boolean
}
export interface BulkRow {
  id: string
  outcome: 'begun' | 'refused'
  why: string | null
}
