import type { Lesson, LessonText } from '@/api/courses'
import { CODE } from './courseForm'

/** A lesson as it is typed. */
export interface LessonForm {
  code: string
  title: string
  title_en: string
  body: string
  body_en: string
  seconds: number | null
  /** Where its video is: none, one that was uploaded, or an address. */
  from: 'none' | 'file' | 'address'
  video: string
}
export type LessonFault = 'code' | 'title' | 'body' | 'seconds' | 'file' | 'address' | 'size'

export const SECONDS = [10, 180] as const
/** Characters. */
export const LONGEST = { code: 40, title: 100, title_en: 200, body: 20_000, body_en: 40_000, address: 500 } as const
/** A call holds no more than this, in bytes; the rest of it needs a little room. */
const MOST_BYTES = 63 * 1024

export const blankLesson = (code: string): LessonForm => ({
  code,
  title: '',
  title_en: '',
  body: '',
  body_en: '',
  seconds: 120,
  from: 'none',
  video: '',
})
export const lessonFormOf = (lesson: Lesson): LessonForm => ({
  code: lesson.code,
  title: lesson.title,
  title_en: lesson.title_en ?? '',
  body: lesson.body,
  body_en: lesson.body_en ?? '',
  seconds: lesson.seconds,
  from: !lesson.video ? 'none' : lesson.video.startsWith('https://') ? 'address' : 'file',
  video: lesson.video ?? '',
})
export const lessonTextOf = (form: LessonForm): LessonText => ({
  title: form.title.trim(),
  title_en: form.title_en.trim() || null,
  body: form.body.trim(),
  body_en: form.body_en.trim() || null,
  seconds: form.seconds ?? 0,
  video: form.from === 'none' ? null : form.video.trim() || null,
})
/** What is missing or cannot be, in the order of the fields. */
export function lessonFaults(form: LessonForm): LessonFault[] {
  const faults: LessonFault[] = []
  if (!CODE.test(form.code)) faults.push('code')
  if (!form.title.trim()) faults.push('title')
  const seconds = form.seconds
  if (seconds === null || !Number.isInteger(seconds) || seconds < SECONDS[0] || seconds > SECONDS[1])
    faults.push('seconds')
  if (form.from === 'file' && !form.video) faults.push('file')
  if (form.from === 'address' && !/^https:\/\/[^\s"<]+$/.test(form.video.trim())) faults.push('address')
  if (!form.body.trim()) faults.push('body')
  else if (new TextEncoder().encode(JSON.stringify(lessonTextOf(form))).length > MOST_BYTES) faults.push('size')
  return faults
}
/** Whether a new version would say something else. */
export const saysElse = (form: LessonForm, lesson: Lesson): boolean =>
  JSON.stringify(lessonTextOf(form)) !== JSON.stringify(lessonTextOf(lessonFormOf(lesson)))
/** A piece put in place of what is chosen, on lines of its own; `at` is where one goes on typing. */
export function insertBlock(text: string, start: number, end: number, piece: string): { text: string; at: number } {
  const before = text.slice(0, start).replace(/[ \t]+$/, '')
  const after = text.slice(end).replace(/^[ \t]+/, '')
  const lead = before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n'
  const tail = after === '' ? '\n' : after.startsWith('\n\n') ? '' : after.startsWith('\n') ? '\n' : '\n\n'
  const put = before + lead + piece
  return { text: put + tail + after, at: put.length + tail.length }
}
