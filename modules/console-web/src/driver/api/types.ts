/** What the API of the phone sends and takes; times are ISO, durations seconds. */

export interface Driver {
  id: number
  name: string
  company_id: number
  company_name: string
}
export interface SessionView {
  csrf_token: string
  driver: Driver
}
export interface CompanyChoice {
  driver_id: number
  company_name: string
}

export interface RestClock {
  continuous_s: number
  limit_s: number
  deadline: string | null
  driving: boolean
  as_of: string
}
export interface Today {
  now: string
  locked: boolean
  vehicle: { plate: string; moving: boolean } | null
  clock: RestClock | null
  tasks: TaskRow[]
  unread: number
  open_alarms: number
  hours: { month_s: number; month_wanted_s: number }
}

export type TaskState = 'assigned' | 'in_progress' | 'study_done' | 'exam_passed' | 'excused' | 'taken_back' | 'revoked'
export interface TaskRow {
  id: number
  course: { id: number; title: string; title_en: string | null; topic: string }
  kind: 'monthly' | 'continuing' | 'prejob' | 'remedial'
  state: TaskState
  due_at: string
  overdue: boolean
  restricted: boolean
  lessons: number
  lessons_done: number
  studied_s: number
  seconds: number
  exam: {
    questions: number
    minutes: number
    pass_percent: number
    attempts_left: number
    may_start_at: string | null
    open_attempt: string | null
  }
  cause: { episode_id: string; rule: string; severity: number; started_at: string } | null
  best_score?: number | null
  closed_at?: string | null
}
export interface Option {
  n: number
  text: string
  text_en: string | null
}
export type QuestionKind = 'single' | 'multiple' | 'true_false'
export interface QuizQuestion {
  question_id: number
  version: number
  kind: QuestionKind
  stem: string
  stem_en: string | null
  options: Option[]
}
export interface Lesson {
  id: number
  version: number
  title: string
  title_en: string | null
  seconds: number
  html: string
  html_en: string | null
  plain: string
  plain_en: string | null
  /** An address elsewhere, or the id of an uploaded one. */
  video: string | null
  /** The uploaded one. */
  clip: { id: string; type: string; size: number } | null
  position_s: number
  reached_s: number
  credited_s: number
  done: boolean
  quiz: QuizQuestion[]
}
export interface Track {
  from: string
  to: string
  limit_kmh: number | null
  points: { at: string; speed_kmh: number; lat: number; lon: number }[]
}
export interface TaskView extends Omit<TaskRow, 'lessons'> {
  lessons: Lesson[]
  track: Track | null
}

export interface Study {
  id: number
  lesson_id: number
  state: 'running' | 'paused' | 'done'
  position_s: number
  reached_s: number
  credited_s: number
  seconds: number
  beat_s: number
  check_until: string | null
  reason: string | null
}
export interface Beat {
  sequence: number
  nonce: string
  position_s: number
  visible: boolean
  at: string
}
export interface QuizResult {
  right: boolean
  right_options: number[]
  explanation: string
  explanation_en: string | null
  clause: string
  clause_en: string | null
  effective: string | null
  /** After two wrong answers: from where the lesson is to be seen again. */
  rewatch_from_s: number | null
}

export interface ExamQuestion {
  place: number
  kind: QuestionKind
  stem: string
  stem_en: string | null
  options: Option[]
  given: number[] | null
  answer_no: number
}
export interface ReviewRow {
  place: number
  right: boolean
  right_options: number[]
  explanation: string
  explanation_en?: string | null
  clause: string
  clause_en?: string | null
  effective: string | null
}
export interface Attempt {
  id: string
  task_id: number
  number: number
  begun_at: string
  ends_at: string
  now: string
  /** How often the page may still be left; once more hands the paper in. */
  leaves_left: number
  questions: ExamQuestion[]
  closed_at: string | null
  score: number | null
  passed: boolean | null
  pass_percent: number
  review: ReviewRow[] | null
}
export interface Given {
  place: number
  given: number[]
  answer_no: number
}
export interface AnswersTaken {
  taken: number[]
  refused: {
    place: number
    code: string
    sentence: string
    stored: { given: number[] | null; answer_no: number } | null
  }[]
  leaves_left: number
  /** If that was the end: the page was left too often, or the time is over. */
  closed_at: string | null
  ends_at: string
  now: string
}

export interface Items<T> {
  items: T[]
}
export interface Appeal {
  reason: string
  appealed_at: string
  by_driver: boolean
  decided_at: string | null
  accepted: boolean | null
  note: string | null
}
export interface DriverAlarm {
  id: string
  rule: string
  severity: number
  state: string
  handling: string
  plate: string
  started_at: string
  ended_at: string
  measures: Record<string, unknown>
  facts: Record<string, unknown>
  may_appeal: boolean
  appeal: Appeal | null
}
export interface DriverPaper {
  kind: string
  number: string | null
  expires: string | null
  state: string
  days: number | null
  critical: boolean
}
export interface Hours {
  month_s: number
  month_wanted_s: number
  /** Seconds of a study hour. */
  hour_s: number
  days: { day: string; seconds: number }[]
  cycle_hours: number
  records: {
    id: number
    kind: string
    held_on: string
    hours: number
    topic: string
    score: number | null
    online: boolean
  }[]
}
export interface Message {
  id: number
  kind: string
  task_id: number | null
  alarm_id: string | null
  words: string
  at: string
  read_at: string | null
}
export interface Certificate {
  number: string
  task_id: number
  title: string
  title_en: string | null
  score: number
  studied_s: number
  issued_at: string
  expires_on: string
  valid: boolean
  revoked_at: string | null
  revoked_reason: string | null
}
export interface CertificateCheck {
  number: string
  valid: boolean
  course: { title: string; title_en: string | null }
  issued_on: string
  expires_on: string
  revoked: boolean
  holder: string
}
