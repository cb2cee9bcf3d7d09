/** Courses with their lessons and questions, and whether they help. */
import { get, post, request, upload, withQuery, type Query } from './client'
import type { CourseName } from './training'
import type { Page } from './types'

export interface ExamRule {
  questions: number
  minutes: number
  pass_percent: number
  attempts: number
  valid_months: number
}
export const COURSE_STATES = ['published', 'draft', 'retired'] as const
export type CourseState = (typeof COURSE_STATES)[number]
export interface Course extends CourseName {
  code: string
  summary: string
  summary_en: string | null
  built_in: boolean
  lessons: number
  /** Of all lessons together. */
  seconds: number
  questions: number
  exam: ExamRule
  /** Only a published one can be assigned. */
  state: CourseState
  published_at: string | null
  retired_at: string | null
  open_tasks: number
}
/** What is written of a course. */
export interface CourseText {
  topic: string
  title: string
  title_en: string | null
  summary: string
  summary_en: string | null
}
/** What is written of a lesson; texts are Markdown. */
export interface LessonText {
  title: string
  title_en: string | null
  body: string
  body_en: string | null
  seconds: number
  /** An https address, or the id of a video that was uploaded. */
  video: string | null
}
export interface Lesson extends LessonText {
  id: number
  code: string
  version: number
  /** Made safe by the server. */
  html: string
  html_en: string | null
  retired_at: string | null
  /** Comes with the product, which may bring another text of it. */
  built_in: boolean
}
export interface CourseDetail extends Course {
  /** Its lessons, those in use first. */
  content: Lesson[]
}
export const QUESTION_KINDS = ['single', 'multiple', 'true_false'] as const
export type QuestionKind = (typeof QUESTION_KINDS)[number]
export const DIFFICULTIES = ['easy', 'medium', 'hard'] as const
export type Difficulty = (typeof DIFFICULTIES)[number]
export interface Option {
  text: string
  text_en: string | null
  right: boolean
}
export interface QuestionText {
  kind: QuestionKind
  difficulty: Difficulty
  stem: string
  stem_en: string | null
  options: Option[]
  explanation: string
  explanation_en: string | null
  clause: string
  clause_en: string | null
  /** Since when the rule that it asks is in force. */
  effective: string | null
}
export interface NewQuestion extends QuestionText {
  code: string
  lesson_id: number | null
}
export interface Question extends NewQuestion {
  id: number
  version: number
  state: 'live' | 'retired'
  /** Comes with the product, which may bring another text of it. */
  built_in: boolean
  statistics: {
    answers: number
    /** Share that was right. */
    difficulty_p: number
    /** From −1 to 1; null where answers say nothing of it. */
    discrimination: number | null
    verdict: 'open' | 'keep' | 'too_easy' | 'misleading'
    retire: boolean
  }
}
export const FORMATS = ['gift', 'aiken'] as const
export type Format = (typeof FORMATS)[number]
/** Something about a line of a file; only a note leaves its question in. */
export interface Finding {
  line: number
  code: string
  severity: 'note' | 'review' | 'fault'
  /** The server's own words, with the value. */
  detail: string
}
export interface ImportReport {
  /** Questions that could be read. */
  read: number
  /** Of these, as new ones. */
  added: number
  duplicates: number
  /** Findings in all; only the first some hundred are listed, and so with duplicates. */
  found: number
  findings: Finding[]
  /** Which one of the course each says the same as. */
  duplicate: { code: string; stem: string; there: string }[]
}
/** How many of them had the same alarm again within 30 days. */
export interface Group {
  n: number
  relapsed: number
}
export interface Effect {
  course: CourseName
  taught: Group
  comparable: Group
  /** Share of the others who relapse less that of those taught, with its 95 % interval: above 0 is good. */
  difference: number
  low: number
  high: number
  verdict: 'works' | 'harms' | 'open'
}

const v1 = '/api/v1'
const PAGE_SIZE = 200
/** Lists that a page wants whole: nobody has more than some hundred courses, or questions of one. */
async function all<T>(path: string, query: Query = {}): Promise<T[]> {
  const found: T[] = []
  let cursor: string | null = null
  do {
    const page: Page<T> = await get<Page<T>>(path, { ...query, limit: PAGE_SIZE, cursor })
    found.push(...page.items)
    cursor = page.next_cursor
  } while (cursor !== null)
  return found
}
export const courses = (state?: CourseState) => all<Course>(`${v1}/courses`, { state })
export const course = (id: number) => get<CourseDetail>(`${v1}/courses/${id}`)
const examOf = (rule: ExamRule) => ({
  exam_questions: rule.questions,
  exam_minutes: rule.minutes,
  pass_percent: rule.pass_percent,
  attempts: rule.attempts,
  valid_months: rule.valid_months,
})
export const makeCourse = (code: string, text: CourseText, rule: ExamRule) =>
  post<CourseDetail>(`${v1}/courses`, { code, ...text, ...examOf(rule) })
/** The words of a built-in course stay as they are, so none are sent of it. */
export const changeCourse = (id: number, text: CourseText | null, rule: ExamRule) =>
  request<CourseDetail>('PATCH', `${v1}/courses/${id}`, { ...text, ...examOf(rule) })
export const addLesson = (id: number, code: string, text: LessonText) =>
  post<CourseDetail>(`${v1}/courses/${id}/lessons`, { code, ...text })
/** A new version of a lesson; refused where it is not the newest that was changed. */
export const changeLesson = (lesson: number, text: LessonText, basedOn: number) =>
  post<CourseDetail>(`${v1}/lessons/${lesson}/versions`, { ...text, based_on: basedOn })
/** Moves a lesson to a place, from 1, among those in use. */
export const moveLesson = (lesson: number, place: number) =>
  request<CourseDetail>('PATCH', `${v1}/lessons/${lesson}`, { place })
export const retireLesson = (lesson: number) => post<CourseDetail>(`${v1}/lessons/${lesson}/retire`, {})
/** A text as a phone shows it, safe to put into a page, and as it reads it aloud. */
export interface LessonPreview {
  html: string
  plain: string
}
export const previewLesson = (courseId: number, body: string, signal: AbortSignal) =>
  request<LessonPreview>('POST', `${v1}/lesson-previews`, { course_id: courseId, body }, { signal })
/** A draft of one's own with all that is in use of a course. */
export const copyCourse = (id: number) => post<CourseDetail>(`${v1}/courses/${id}/copy`, {})
export const publish = (id: number) => post<CourseDetail>(`${v1}/courses/${id}/publish`, {})
export const retire = (id: number) => post<CourseDetail>(`${v1}/courses/${id}/retire`, {})
export const questions = (id: number) => all<Question>(`${v1}/courses/${id}/questions`)
export const addQuestion = (id: number, given: NewQuestion) => post<Question>(`${v1}/courses/${id}/questions`, given)
/** @param lesson where it belongs from now on; undefined leaves it where it is */
export const changeQuestion = (id: number, text: QuestionText, lesson?: number | null) =>
  post<Question>(`${v1}/questions/${id}/versions`, lesson === undefined ? text : { ...text, lesson_id: lesson })
export const retireQuestion = (id: number) => post<Question>(`${v1}/questions/${id}/retire`, {})
export const importQuestions = (id: number, file: Blob, format: Format, dryRun: boolean, signal: AbortSignal) =>
  upload<ImportReport>(withQuery(`${v1}/courses/${id}/question-imports`, { format, dry_run: dryRun }), file, signal)
/** Every course that alarms can judge, as counted once a day. */
export const effects = () => get<Page<Effect> & { counted_at: string | null }>(`${v1}/training-effect`)
