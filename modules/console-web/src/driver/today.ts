import { ref } from 'vue'
import type { RestClock, TaskRow, TaskView, Today, Lesson } from './api/types'
import { shallowRef } from 'vue'

/** Shown at the navigation, as of the last answer. */
export const openAlarms = ref(0)
export const unread = ref(0)
/** Server's clock minus the phone's, milliseconds, as of the last answer that told the time. */
export const skewMs = ref(0)
/** The clock that the locked view begins with. */
export const lastClock = shallowRef<RestClock | null>(null)

export function note(today: Today): void {
  openAlarms.value = today.open_alarms
  unread.value = today.unread
  lastClock.value = today.clock
  skewMs.value = Date.parse(today.now) - Date.now()
}

const CLOSED = ['exam_passed', 'excused', 'taken_back', 'revoked']
export const isOpen = (task: Pick<TaskRow, 'state'>): boolean => CLOSED.indexOf(task.state) < 0
/** All its lessons are done. */
export function studied(task: Pick<TaskRow, 'state' | 'lessons_done'> & { lessons: number | unknown[] }): boolean {
  const lessons = typeof task.lessons === 'number' ? task.lessons : task.lessons.length
  return task.state === 'study_done' || (lessons > 0 && task.lessons_done >= lessons)
}

/** Whether he could sit the exam at this moment. */
export const mayStartExam = (task: TaskRow, serverNow: number): boolean =>
  studied(task) &&
  task.exam.attempts_left > 0 &&
  (task.exam.may_start_at === null || Date.parse(task.exam.may_start_at) <= serverNow)

/** What he should do first: an exam under way, what keeps him from driving, what is late, what is due soonest. */
export function urgency(a: TaskRow, b: TaskRow, serverNow: number): number {
  const stuck = (x: TaskRow): number =>
    x.exam.open_attempt === null && studied(x) && !mayStartExam(x, serverNow) ? 1 : 0
  return (
    (b.exam.open_attempt ? 1 : 0) - (a.exam.open_attempt ? 1 : 0) ||
    stuck(a) - stuck(b) ||
    (b.restricted ? 1 : 0) - (a.restricted ? 1 : 0) ||
    (b.overdue ? 1 : 0) - (a.overdue ? 1 : 0) ||
    Date.parse(a.due_at) - Date.parse(b.due_at)
  )
}
export const ordered = (tasks: TaskRow[], serverNow: number): TaskRow[] =>
  tasks.filter(isOpen).sort((a, b) => urgency(a, b, serverNow))

export const nextLesson = (view: Pick<TaskView, 'lessons'>): Lesson | null =>
  view.lessons.filter((lesson) => !lesson.done)[0] ?? null
/** Seconds of a lesson that are still to be gone through. */
export const secondsToGo = (lesson: Lesson): number => Math.max(0, lesson.seconds - lesson.credited_s)
