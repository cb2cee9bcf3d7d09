import type { CourseState } from '@/api/courses'
import type { CertificateState, Progress, StudyAtTheWheel, TaskState, TrainingPlan } from '@/api/training'
import { decimal } from '@/format/text'

/** The colour of a task's word; only what is late is warm. */
export const taskTone = (state: TaskState, overdue: boolean): string => (overdue ? 'sev-chip-3' : TASK_TONES[state])
const TASK_TONES: Record<TaskState, string> = {
  assigned: 'calm',
  in_progress: 'sev-chip-1',
  study_done: 'sev-chip-1',
  exam_passed: 'good',
  excused: 'calm',
  taken_back: 'calm',
  revoked: 'sev-chip-2',
}
export const PLAN_TONES: Record<TrainingPlan['state'], string> = {
  waiting: 'calm',
  assigning: 'sev-chip-1',
  running: 'good',
  over: 'calm',
  withdrawn: 'calm',
}
export const CERTIFICATE_TONES: Record<CertificateState, string> = {
  valid: 'good',
  expired: 'calm',
  revoked: 'sev-chip-4',
}
/** Names of rules that close a task; everything else was written by somebody. */
const RULES = new Set(['driver-left', 'driver-moved', 'plan-withdrawn', 'alarms-withdrawn'])
export const reasonText = (t: (key: string) => string, reason: string | null): string =>
  reason !== null && RULES.has(reason) ? t(`training.closedBy.${reason.replaceAll('-', '_')}`) : (reason ?? '')

/** What is left to do about a lesson that was taken back: a certificate that was issued before rests on it, and whether it stands is for people to say. */
export type LeftToDo = 'decide' | 'revoked' | 'after' | 'open' | 'closed'
export function leftToDo(one: StudyAtTheWheel): LeftToDo {
  if (one.task_state === 'revoked') return 'revoked'
  if (one.certificate === null || one.certificate_issued_at === null)
    return one.task_state === 'excused' || one.task_state === 'taken_back' ? 'closed' : 'open'
  return Date.parse(one.certificate_issued_at) <= Date.parse(one.found_at) ? 'decide' : 'after'
}

/** 62.5 %; a dash without anybody. */
export const rateText = (one: Pick<Progress, 'rate'>): string =>
  one.rate === null ? '—' : `${decimal(100 * one.rate, 1)} %`
/** Whole minutes; a begun one counts. */
export const minutes = (seconds: number): number => Math.ceil(seconds / 60)
/** 2026-11-30 of 2026-11. */
export function lastDay(month: string): string {
  const [year, number] = month.split('-').map(Number)
  return `${month}-${String(new Date(Date.UTC(year, number, 0)).getUTCDate()).padStart(2, '0')}`
}
/** The month so many months after another. */
export function monthAfter(month: string, by: number): string {
  const [year, number] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}

export const COURSE_TONES: Record<CourseState, string> = { published: 'good', draft: 'sev-chip-1', retired: 'calm' }
