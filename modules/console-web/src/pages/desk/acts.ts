import type { ActKind, CallOutcome, DeskAct, DeskAlarm, DeskContext } from '@/api/types'
import { fact } from '@/format/alarm'

/** What can be done, in the order of the keys 1 to 5. */
export const KINDS: readonly ActKind[] = ['text', 'call', 'notice', 'false', 'escalate']
export const OUTCOMES: readonly CallOutcome[] = ['reached', 'promised', 'not_reached', 'wrong_number']
export const REASONS = [
  'position_drift',
  'wrong_limit',
  'sensor_fault',
  'other_driver',
  'emergency',
  'test',
  'other',
] as const
/** Minutes that a company is given; null for what the duty says. */
export const MINUTES: readonly (number | null)[] = [null, 30, 120, 1440, 4320]
const CRITICAL = 4

/** What is filled in before an act is confirmed. */
export interface Draft {
  kind: ActKind
  text: string
  outcome: CallOutcome
  words: string
  minutes: number | null
  reason: string
  note: string
}

/** The suggestion, filled in so that one key confirms it. */
export const draftOf = (context: DeskContext, words: string): Draft => ({
  kind: context.suggestion.kind,
  text: context.texts[0]?.words ?? '',
  outcome: 'reached',
  words,
  minutes: null,
  reason: '',
  note: '',
})

/** What is missing before it can be confirmed; null if nothing is. */
export function missing(draft: Draft, severity: number): 'note' | 'reason' | 'text' | 'words' | null {
  if (draft.kind === 'text' && !draft.text.trim()) return 'text'
  if (draft.kind === 'notice' && draft.words.trim().length < 2) return 'words'
  if (draft.kind === 'false' && !draft.reason) return 'reason'
  const noted = draft.note.trim() !== ''
  const demanded =
    severity >= CRITICAL || draft.kind === 'escalate' || (draft.kind === 'false' && draft.reason === 'other')
  return demanded && !noted ? 'note' : null
}

export function actOf(draft: Draft): DeskAct {
  const note = draft.note.trim()
  switch (draft.kind) {
    case 'text':
      return { kind: 'text', text: draft.text.trim(), note }
    case 'call':
      return { kind: 'call', outcome: draft.outcome, note }
    case 'notice':
      return { kind: 'notice', words: draft.words.trim(), minutes: draft.minutes, note }
    case 'false':
      return { kind: 'false', reason: draft.reason, note }
    case 'escalate':
      return { kind: 'escalate', note }
  }
}

const cause = (row: DeskAlarm) => fact(row, 'zone_id') ?? fact(row, 'limit_source') ?? ''

/** Rows that may be acted on together with one: of its rule, and of its truck or its cause; never a critical one. */
export function sameKind(row: DeskAlarm, rows: readonly DeskAlarm[]): DeskAlarm[] {
  if (row.severity >= CRITICAL) return []
  const free = rows.filter(
    (other) =>
      other.id !== row.id &&
      other.rule === row.rule &&
      other.severity < CRITICAL &&
      other.desk.handling === 'new' &&
      other.state !== 'withdrawn',
  )
  const truck = free.filter((other) => other.vehicle.id === row.vehicle.id)
  return truck.length > 0 ? truck : free.filter((other) => cause(row) !== '' && cause(other) === cause(row))
}

/** The next row from `at` on in a direction that somebody can do something about; -1 without one. */
export function nextRow(rows: readonly DeskAlarm[], at: number, by: 1 | -1, free: (row: DeskAlarm) => boolean): number {
  for (let i = at + by; i >= 0 && i < rows.length; i += by) if (free(rows[i])) return i
  return -1
}

/** Milliseconds left and the share of the whole time, 0 when it is over; null if nobody waits. */
export function timeLeft(row: DeskAlarm, now: number): { ms: number; share: number } | null {
  if (!row.desk.due_at) return null
  const due = Date.parse(row.desk.due_at)
  const whole = Math.max(1, due - Date.parse(row.opened_at ?? row.started_at))
  return { ms: due - now, share: Math.max(0, Math.min(1, (due - now) / whole)) }
}
