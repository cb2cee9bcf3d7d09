import type { Course, CourseText, ExamRule } from '@/api/courses'

/** A course as it is typed; a number that is not there yet is null. */
export interface CourseForm {
  code: string
  topic: string
  title: string
  title_en: string
  summary: string
  summary_en: string
  exam: Record<keyof ExamRule, number | null>
}
export type CourseFault = 'code' | 'topic' | 'title' | 'exam'

export const EXAM_BOUNDS: Record<keyof ExamRule, readonly [number, number]> = {
  questions: [5, 100],
  minutes: [5, 180],
  pass_percent: [50, 100],
  attempts: [1, 10],
  valid_months: [1, 60],
}
export const EXAM_FIELDS = Object.keys(EXAM_BOUNDS) as (keyof ExamRule)[]
/** Characters. */
export const LONGEST = { code: 40, topic: 40, title: 100, title_en: 200, summary: 500, summary_en: 1000 } as const
/** Of the courses that come with the product; after alarms the first two are looked for. */
export const TOPICS = [
  'speed',
  'fatigue',
  'distance',
  'downhill',
  'weather',
  'tunnels',
  'blind-spots',
  'papers',
] as const
/** Codes of courses and lessons, as the server holds them. */
export const CODE = /^[a-z0-9][a-z0-9-]{1,39}$/

export const blankCourse = (): CourseForm => ({
  code: '',
  topic: '',
  title: '',
  title_en: '',
  summary: '',
  summary_en: '',
  exam: { questions: 10, minutes: 15, pass_percent: 80, attempts: 3, valid_months: 12 },
})
export const courseFormOf = (course: Course): CourseForm => ({
  code: course.code,
  topic: course.topic,
  title: course.title,
  title_en: course.title_en ?? '',
  summary: course.summary,
  summary_en: course.summary_en ?? '',
  exam: { ...course.exam },
})
/** The rule if every number of it is there and within its bounds. */
export function examOf(exam: CourseForm['exam']): ExamRule | null {
  const fits = EXAM_FIELDS.every((name) => {
    const given = exam[name]
    const [least, most] = EXAM_BOUNDS[name]
    return given !== null && Number.isInteger(given) && given >= least && given <= most
  })
  return fits ? ({ ...exam } as ExamRule) : null
}
/** What is missing or cannot be, in the order of the fields. */
export function courseFaults(form: CourseForm): CourseFault[] {
  const faults: CourseFault[] = []
  if (!CODE.test(form.code)) faults.push('code')
  if (!form.topic.trim()) faults.push('topic')
  if (!form.title.trim()) faults.push('title')
  if (examOf(form.exam) === null) faults.push('exam')
  return faults
}
export const courseTextOf = (form: CourseForm): CourseText => ({
  topic: form.topic.trim(),
  title: form.title.trim(),
  title_en: form.title_en.trim(),
  summary: form.summary.trim(),
  summary_en: form.summary_en.trim(),
})

/** One condition of publishing, or something that is only good to know. */
export interface Condition {
  what: 'lessons' | 'questions' | 'english'
  met: boolean
  /** Without it the course can be published all the same. */
  needed: boolean
  n: number
  of: number
}
/** What a draft still lacks; the server holds the needed ones too. */
export function conditionsOf(
  course: Pick<Course, 'lessons' | 'questions' | 'exam' | 'title_en'>,
  lessons: readonly { body_en: string | null }[],
): Condition[] {
  const english = lessons.filter((one) => one.body_en).length
  return [
    { what: 'lessons', met: course.lessons > 0, needed: true, n: course.lessons, of: 1 },
    {
      what: 'questions',
      met: course.questions >= course.exam.questions,
      needed: true,
      n: course.questions,
      of: course.exam.questions,
    },
    {
      what: 'english',
      met: Boolean(course.title_en) && english === lessons.length,
      needed: false,
      n: english,
      of: lessons.length,
    },
  ]
}
/** The next free code of a row of them: lesson-3 after lesson-1 and lesson-2. */
export function nextCode(prefix: string, there: readonly string[]): string {
  let n = there.length + 1
  while (there.includes(`${prefix}-${n}`)) n++
  return `${prefix}-${n}`
}
