import type { AnswersTaken, Attempt, ExamQuestion, Given } from '../api/types'

/**
 * An exam as the phone keeps it. Each answer is written here before anything is sent, counted up by `next_no`, and stays `waiting` until
 * the server has said that it has this very number: so nothing is lost by a reload, and whatever is sent twice changes nothing.
 */
export interface KeptAttempt {
  attempt: Attempt
  driver_id: number
  course: { title: string; title_en: string | null }
  /** Server's clock minus the phone's, milliseconds. */
  skew_ms: number
  next_no: number
  answers: Record<number, KeptAnswer>
  flags: number[]
  /** How often the page was left, and how often the server knows of. */
  left_page: number
  left_told: number
  /** Handed in on the phone and not yet on the server. */
  closing: { strokes: number[][] | null } | null
  /** Why nothing can be answered any more though it was not handed in here. */
  over: 'elsewhere' | 'time' | null
}
/** How often the page of an exam may be left; once more hands it in. */
export const MOST_LEAVES = 3
export const leavesLeft = (k: KeptAttempt): number => Math.max(0, MOST_LEAVES - k.left_page)

export interface KeptAnswer {
  given: number[]
  answer_no: number
  state: 'waiting' | 'taken'
}

/** Answers given on the other phone count; those of this one that the server never saw stay where it has none. */
function merged(attempt: Attempt, before: KeptAttempt | undefined, takenOver: boolean): Record<number, KeptAnswer> {
  const answers: Record<number, KeptAnswer> = {}
  for (const question of attempt.questions) {
    const own = before?.answers[question.place]
    const stored: KeptAnswer | undefined =
      question.given === null ? undefined : { given: question.given, answer_no: question.answer_no, state: 'taken' }
    const ownIsNewer =
      own !== undefined &&
      own.state === 'waiting' &&
      (stored === undefined || (!takenOver && own.answer_no > stored.answer_no))
    const kept = ownIsNewer ? own : stored
    if (kept) answers[question.place] = kept
  }
  return answers
}

/** What the phone keeps after the server sent an attempt: begun, gone on with, or closed. */
export function kept(
  attempt: Attempt,
  before: KeptAttempt | undefined,
  as: { driver_id: number; course: KeptAttempt['course']; phoneNow: number; takenOver: boolean },
): KeptAttempt {
  const highest = attempt.questions.reduce((n, q) => Math.max(n, q.answer_no), 0)
  const closed = attempt.closed_at !== null
  const answers = merged(attempt, closed ? undefined : before, as.takenOver)
  // What was left on another phone counts here too.
  const left = MOST_LEAVES - attempt.leaves_left
  let next_no = Math.max(before?.next_no ?? 1, highest + 1)
  for (const place of Object.keys(answers).map(Number)) {
    const answer = answers[place]
    // Whatever still waits has to be newer than all that the server has.
    if (answer.state === 'waiting' && answer.answer_no <= highest) {
      answers[place] = { ...answer, answer_no: next_no++ }
    }
  }
  return {
    attempt,
    driver_id: as.driver_id,
    course: as.course,
    skew_ms: Date.parse(attempt.now) - as.phoneNow,
    next_no,
    answers,
    flags: before?.flags ?? [],
    left_page: Math.max(left, before?.left_page ?? 0),
    left_told: Math.max(left, before?.left_told ?? 0),
    closing: closed || as.takenOver ? null : (before?.closing ?? null),
    over: null,
  }
}

export function answered(k: KeptAttempt, place: number, given: number[]): KeptAttempt {
  const answer: KeptAnswer = { given, answer_no: k.next_no, state: 'waiting' }
  return { ...k, next_no: k.next_no + 1, answers: { ...k.answers, [place]: answer } }
}

export function flagged(k: KeptAttempt, place: number): KeptAttempt {
  const flags = k.flags.indexOf(place) >= 0 ? k.flags.filter((p) => p !== place) : [...k.flags, place]
  return { ...k, flags }
}

export const waiting = (k: KeptAttempt): Given[] =>
  Object.keys(k.answers)
    .map(Number)
    .filter((place) => k.answers[place].state === 'waiting')
    .sort((a, b) => k.answers[a].answer_no - k.answers[b].answer_no)
    .map((place) => ({ place, given: k.answers[place].given, answer_no: k.answers[place].answer_no }))

/** What the phone knows after the server answered to `sent`; whatever was answered in between goes on waiting. */
export function settled(
  k: KeptAttempt,
  sent: Given[],
  told: number,
  result: AnswersTaken,
  phoneNow: number,
): KeptAttempt {
  const answers = { ...k.answers }
  let { next_no, over } = k
  const numberSent = (place: number): number => sent.filter((s) => s.place === place)[0]?.answer_no ?? -1
  for (const place of result.taken) {
    const own = answers[place]
    if (own && own.answer_no === numberSent(place)) answers[place] = { ...own, state: 'taken' }
  }
  for (const { place, code, stored } of result.refused) {
    if (code === 'elsewhere') over = 'elsewhere'
    else if (code === 'exam-over') over = over ?? 'time'
    next_no = Math.max(next_no, (stored?.answer_no ?? 0) + 1)
    const own = answers[place]
    if (!own) continue
    if (own.answer_no !== numberSent(place)) {
      // Changed meanwhile: it is newer than all that the server has, so its number has to be too.
      if (stored && own.answer_no <= stored.answer_no) answers[place] = { ...own, answer_no: next_no++ }
    } else if (stored && stored.given !== null) {
      // Refused for good, whatever the reason: what the server has is what counts.
      answers[place] = { given: stored.given, answer_no: stored.answer_no, state: 'taken' }
    } else {
      delete answers[place]
    }
  }
  return {
    ...k,
    answers,
    next_no,
    over: result.closed_at ? (over ?? 'time') : over,
    left_told: Math.max(k.left_told, told),
    attempt: { ...k.attempt, ends_at: result.ends_at },
    skew_ms: Date.parse(result.now) - phoneNow,
  }
}

/** Seconds left by the server's clock; the phone's own may be wrong by hours. */
export const secondsLeft = (k: KeptAttempt, phoneNow: number): number =>
  Math.max(0, (Date.parse(k.attempt.ends_at) - (phoneNow + k.skew_ms)) / 1000)

export type Mark = 'answered' | 'open'
export const markOf = (k: KeptAttempt, place: number): Mark =>
  (k.answers[place]?.given.length ?? 0) > 0 ? 'answered' : 'open'
export const unanswered = (k: KeptAttempt): ExamQuestion[] =>
  k.attempt.questions.filter((q) => markOf(k, q.place) === 'open')

/** What is chosen after a tap: one of a single choice, any number of a multiple one in the order of the question's own numbers. */
export function chosen(question: Pick<ExamQuestion, 'kind'>, before: number[], tapped: number): number[] {
  if (question.kind !== 'multiple') return [tapped]
  const after = before.indexOf(tapped) >= 0 ? before.filter((n) => n !== tapped) : [...before, tapped]
  return after.sort((a, b) => a - b)
}
/** A, B, C, D for the options in the order in which they are shown. */
export const letter = (index: number): string => String.fromCharCode(65 + index)
