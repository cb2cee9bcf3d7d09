import type { Page } from './page'

export type PaperOwner = 'COMPANY' | 'VEHICLE' | 'DRIVER'
export type PaperStateWord =
  | 'valid'
  | 'due_soon'
  | 'due_urgent'
  | 'overdue'
  | 'lapsed'
  | 'missing'
  | 'pending_review'
  | 'suspended'
  /** Frozen while its truck is laid up. */
  | 'inactive'
  | 'superseded'
  | 'rejected'
/** One owner's standing with one kind of paper. */
export interface PaperLine {
  owner_kind: PaperOwner
  owner_id: number
  owner_label: string
  kind: string
  /** Of the version that counts. */
  id: number | null
  number: string | null
  issued: string | null
  expires: string | null
  state: PaperStateWord
  /** Until the last valid day, negative since; null while it is frozen. */
  days: number | null
  step: number | null
  critical: boolean
  category: string
  /** Newest version that nobody has agreed to yet. */
  waiting: number | null
}
/** Of what a company was reminded. */
export interface Reminder {
  id: number
  reminded_on: string
  /** The warning step that the paper had reached, in days before its last one. */
  lead_days: number
  paper_id: number
  owner_kind: PaperOwner
  owner_id: number
  owner_label: string
  kind: string
  expires: string
  days: number
  /** One that lasts longer counts now. */
  renewed: boolean
}
export interface PaperPage extends Page<PaperLine> {
  total: number
  states: Partial<Record<PaperStateWord, number>>
  kinds: Record<string, number>
}
export interface Attachment {
  id: string
  title: string
  content_type: string
  bytes: number
  at: string
}
export interface PaperVersion {
  id: number
  number: string
  /** Class of a licence, sort of goods of a qualification. */
  category: string
  issued: string | null
  expires: string | null
  state: PaperStateWord
  verification: string
  /** A mistake in it was corrected. */
  replaced: boolean
  entered_at: string
  entered_by: string | null
  reviewed_at: string | null
  reviewed_by: string | null
  review_note: string | null
  attachments: Attachment[]
}
export interface PaperOfKind {
  kind: string
  state: PaperStateWord
  critical: boolean
  needed: boolean
  lead_days: number[]
  hold: { at: string; by: string | null; reason: string } | null
  versions: PaperVersion[]
}
export interface PaperFile {
  owner_kind: PaperOwner
  owner_id: number
  label: string
  company_id: number
  company_name: string
  kinds: PaperOfKind[]
  events: { at: string; by: string | null; paper_id: number; kind: string; paper_kind: string; note: string }[]
}
/** One time at which a truck was laid up, or is. */
export interface Layup {
  id: number
  reason: 'repair' | 'deregistered'
  first_day: string
  last_day: string
  note: string
  state: 'waiting' | 'in_force' | 'over' | 'ended'
  begun_at: string
  begun_by: string | null
  /** When its first file came. */
  in_force_since: string | null
  ended_at: string | null
  ended_by: string | null
  end_reason: string | null
  attachments: Attachment[]
}
export type WrittenLayup = Pick<Layup, 'reason' | 'first_day' | 'last_day' | 'note'>
/** What somebody wrote down of a paper. */
export interface WrittenPaper {
  number: string
  category: string
  issued: string | null
  expires: string | null
  endless: boolean
  note: string
}
export interface PaperOutcome {
  id: number
  /** Alarms of driving without it that it explains. */
  overturned_alarms: string[]
}
/** Where a truck stands with its second-level services. */
export interface ServiceRow {
  vehicle_id: number
  plate: string
  every_km: number
  every_days: number
  own_interval: boolean
  done_on: string | null
  odometer_km: number | null
  km_since: number | null
  daily_km: number | null
  due_on: string | null
  state: PaperStateWord
}
export interface Hazard {
  id: number
  title: string
  grade: 'general' | 'major'
  place: string
  found_on: string
  due_on: string
  measure: string
  owner_name: string | null
  rectified_on: string | null
  closed_on: string | null
  state: 'open' | 'overdue' | 'rectified' | 'closed'
  photos: { id: string; title: string; content_type: string }[]
  events: { at: string; by: string | null; kind: string; note: string }[]
}
export interface Accident {
  id: number
  happened_on: string
  place: string
  plate: string | null
  driver: string | null
  deaths: number
  injured: number
  responsibility: string
  note: string
}
export interface TrainingRecord {
  id: number
  driver_id: number
  driver: string
  kind: string
  held_on: string
  hours: string
  topic: string
}
/** Tables of duties. */
export interface DutyTables {
  hazards: Hazard
  accidents: Accident
  training: TrainingRecord
}
/** May this truck leave with this driver. */
export interface Verdict {
  vehicle_id: number
  plate: string
  driver_id: number | null
  driver: string | null
  company_id: number
  allowed: boolean
  at: string
  reasons: {
    code: string
    weight: 'stop' | 'warn'
    kind: string
    state: string
    owner_kind: PaperOwner
    owner_id: number
    detail: string
  }[]
}
