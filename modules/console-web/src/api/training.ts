/** Plans of training, what drivers have to learn, what they learnt, and what it was good for. */
import { download, get, post, request, withQuery, type Query } from './client'
import type { Page } from './types'

export const PLAN_KINDS = ['monthly', 'continuing', 'prejob', 'remedial'] as const
export type PlanKind = (typeof PLAN_KINDS)[number]
export const CARGO = ['GENERAL', 'DANGEROUS_GOODS', 'OVERSIZE', 'TRAILER'] as const
export type Cargo = (typeof CARGO)[number]
export interface CourseName {
  id: number
  title: string
  title_en: string | null
  topic: string
}
export interface TrainingPlan {
  id: number
  kind: PlanKind
  title: string
  course_ids: number[]
  begins_on: string
  due_on: string
  /** Empty for everyone's. */
  company_ids: number[]
  cargo: Cargo[]
  hired_from: string | null
  /** Drivers; null while nobody has counted them, and for who does not see all of its companies. */
  wanted: number | null
  assigned: number | null
  assigned_at: string | null
  state: 'waiting' | 'assigning' | 'running' | 'over' | 'withdrawn'
  made_by: string | null
  made_at: string
  withdrawn_at: string | null
  reason: string | null
}
export interface NewPlan {
  kind: PlanKind
  title: string
  course_ids: number[]
  begins_on: string
  due_on: string
  company_ids: number[]
  cargo: Cargo[]
  hired_from: string | null
}
/** Drivers who have to learn something; excused ones are not among them. */
export interface Progress {
  company: { id: number; name: string } | null
  drivers: number
  done: number
  overdue: number
  excused: number
  rate: number | null
}
export interface ProgressPage extends Page<Progress> {
  month: string | null
  plan: number | null
  total: Progress
}
export const TASK_FILTERS = ['open', 'overdue', 'done', 'excused', 'all'] as const
export type TaskFilter = (typeof TASK_FILTERS)[number]
export type TaskState = 'assigned' | 'in_progress' | 'study_done' | 'exam_passed' | 'excused' | 'taken_back' | 'revoked'
export interface TrainingTask {
  id: number
  driver_id: number
  driver: string
  course: CourseName
  plan: { id: number; title: string } | null
  kind: PlanKind
  state: TaskState
  overdue: boolean
  /** He should not drive before it is done. */
  restricted: boolean
  assigned_at: string
  due_at: string
  /** That the course's lessons take. */
  seconds: number
  studied_s: number
  best_score: number | null
  closed_at: string | null
  /** What somebody wrote, or the name of the rule that closed it. */
  reason: string | null
  certificate_no: string | null
  /** Alarms that ask for it. */
  causes: number
}
/** A one-time address for a driver's phone. */
export interface EntryLink {
  link: string
  expires_at: string
}
export interface EntryCode {
  /** Null where it goes to the phone itself. */
  code: string | null
  expires_at: string
  state: 'told' | 'sending' | 'arrived' | 'failed' | 'unknown'
  fault: string | null
}
export interface LedgerRow {
  id: number
  driver_id: number
  driver: string
  kind: PlanKind
  topic: string
  held_on: string
  hours: number
  score: number | null
  source: 'entered' | 'imported' | 'online'
  signed: boolean
  certificate_no: string | null
}
export interface LedgerPage extends Page<LedgerRow> {
  from: string
  to: string
  totals: { records: number; drivers: number; hours: number; absentees: number }
}
export interface AbsentRow {
  task_id: number
  driver_id: number
  driver: string
  kind: PlanKind
  topic: string
  topic_en: string | null
  due_at: string
  state: TaskState
  studied_s: number
}
/** A lesson that somebody studied while he drove. */
export interface StudyAtTheWheel {
  id: number
  driver_id: number
  driver: string
  vehicle_id: number
  /** Null for a truck that is not among those that one may see. */
  plate: string | null
  task_id: number
  course: CourseName
  lesson: string
  lesson_en: string | null
  begun_at: string
  ended_at: string
  driven_s: number
  /** Study that counts no more. */
  void_s: number
  found_at: string
  task_state: TaskState
  certificate: string | null
  certificate_issued_at: string | null
}
export const CERTIFICATE_STATES = ['valid', 'expired', 'revoked'] as const
export type CertificateState = (typeof CERTIFICATE_STATES)[number]
export interface Certificate {
  number: string
  company_id: number
  driver_id: number
  driver: string
  course: CourseName
  score: number
  studied_s: number
  issued_at: string
  expires_on: string
  state: CertificateState
  revoked_at: string | null
  revoked_reason: string | null
  task_id: number
}
export interface Transcript extends Page<LedgerRow> {
  driver_id: number
  driver: string
  hours: number
  /** Whether each row still follows from the one before it. */
  chain: { holds: boolean; records: number; broken_at: number | null }
  certificates: Certificate[]
}
const v1 = '/api/v1'
export const plans = (query: Query) => get<Page<TrainingPlan>>(`${v1}/training-plans`, query)
export const plan = (id: number) => get<TrainingPlan>(`${v1}/training-plans/${id}`)
export const makePlan = (given: NewPlan) => post<TrainingPlan>(`${v1}/training-plans`, given)
/** Sent even while the page goes away: it may have been held back for an undo. */
const postLeaving = <T>(path: string, body: unknown) => request<T>('POST', path, body, { keepalive: true })
export const withdrawPlan = (id: number, reason: string) =>
  postLeaving<{ id: number; taken_back: number; stay: number }>(`${v1}/training-plans/${id}/withdraw`, { reason })
export const progress = (query: Query) => get<ProgressPage>(`${v1}/training-progress`, query)
export const tasks = (company: number, query: Query) =>
  get<Page<TrainingTask>>(`${v1}/companies/${company}/training-tasks`, query)
export const excuse = (task: number, reason: string) =>
  postLeaving<TrainingTask>(`${v1}/training-tasks/${task}/excuse`, { reason })
export const entryLink = (driver: number) => post<EntryLink>(`${v1}/drivers/${driver}/entry-link`, {})
export const entryCode = (driver: number) => get<EntryCode>(`${v1}/drivers/${driver}/entry-code`)

const ledgerOf = (company: number) => `${v1}/companies/${company}/training-ledger`
export const ledger = (company: number, query: Query) => get<LedgerPage>(ledgerOf(company), query)
export const absentees = (company: number, query: Query) =>
  get<Page<AbsentRow>>(`${ledgerOf(company)}/absentees`, query)
export const saveLedger = (company: number, query: Query) => download(withQuery(`${ledgerOf(company)}/file`, query))
export const atTheWheel = (company: number, query: Query) =>
  get<Page<StudyAtTheWheel>>(`${v1}/companies/${company}/study-at-wheel`, query)
export const transcript = (driver: number, query: Query) => get<Transcript>(`${v1}/drivers/${driver}/training`, query)

export const certificates = (query: Query) => get<Page<Certificate>>(`${v1}/certificates`, query)
export const revoke = (number: string, reason: string) =>
  post<Certificate>(`${v1}/certificates/${encodeURIComponent(number)}/revoke`, { reason })
export const saveCertificate = (number: string, lang: string) =>
  download(withQuery(`${v1}/certificates/${encodeURIComponent(number)}/pdf`, { lang }))

/** The name of something in the language of the page; Chinese where nobody wrote an English one. */
export const named = (one: { title: string; title_en: string | null }, locale: string): string =>
  locale === 'en' ? (one.title_en ?? one.title) : one.title
