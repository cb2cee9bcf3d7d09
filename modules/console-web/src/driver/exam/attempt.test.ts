import { describe, expect, test } from 'vitest'
import type { Attempt } from '../api/types'
import { answered, chosen, flagged, kept, letter, markOf, secondsLeft, unanswered } from './attempt'
import { hasRoom, isSignature, Stroke } from './strokes'

const attempt: Attempt = {
  id: 'a1',
  task_id: 1,
  number: 1,
  begun_at: '2026-11-20T02:00:00Z',
  ends_at: '2026-11-20T02:15:00Z',
  now: '2026-11-20T02:00:00Z',
  leaves_left: 3,
  questions: [1, 2].map((place) => ({
    place,
    kind: 'multiple' as const,
    stem: '',
    stem_en: null,
    options: [],
    given: null,
    answer_no: 0,
  })),
  closed_at: null,
  score: null,
  passed: null,
  pass_percent: 80,
  review: null,
}
const as = { driver_id: 7, course: { title: '', title_en: null }, takenOver: false }
/** A phone whose clock is three hours fast. */
const wrong = Date.parse('2026-11-20T05:00:00Z')
const k = kept(attempt, undefined, { ...as, phoneNow: wrong })

describe('an exam on the phone', () => {
  test('counts its time by the clock of the server, whatever the phone says', () => {
    expect(secondsLeft(k, wrong)).toBe(900)
    expect(secondsLeft(k, wrong + 60_000)).toBe(840)
    expect(secondsLeft(k, wrong + 3_600_000)).toBe(0)
  })
  test('a single choice is replaced and a multiple one is added to and taken from', () => {
    expect(chosen({ kind: 'single' }, [2], 3)).toEqual([3])
    expect(chosen({ kind: 'true_false' }, [], 1)).toEqual([1])
    expect(chosen({ kind: 'multiple' }, [3], 1)).toEqual([1, 3])
    expect(chosen({ kind: 'multiple' }, [1, 3], 3)).toEqual([1])
  })
  test('a question whose choices were all taken back is open again', () => {
    const once = answered(k, 1, [2])
    expect([markOf(once, 1), unanswered(once).map((q) => q.place)]).toEqual(['answered', [2]])
    expect(markOf(answered(once, 1, []), 1)).toBe('open')
  })
  test('a flag goes on and off', () => {
    expect(flagged(k, 2).flags).toEqual([2])
    expect(flagged(flagged(k, 2), 2).flags).toEqual([])
  })
  test('options carry letters in the order in which they are shown', () => {
    expect([0, 1, 7].map(letter)).toEqual(['A', 'B', 'H'])
  })
})

describe('a signature', () => {
  test('is kept in thousandths, without places outside of the field or next to each other', () => {
    const stroke = new Stroke()
    expect([stroke.to(0.1, 0.5), stroke.to(0.102, 0.501), stroke.to(1.4, -0.2)]).toEqual([true, false, true])
    expect(stroke.points).toEqual([100, 500, 1000, 0])
  })
  test('is more than a dot', () => {
    expect(isSignature([])).toBe(false)
    expect(isSignature([[1, 1]])).toBe(false)
    expect(
      isSignature([
        [1, 1, 20, 20, 40, 40, 60, 60],
        [1, 9, 9, 20, 40, 60, 70, 80],
      ]),
    ).toBe(true)
  })
  test('ends when a line has more points than anybody needs', () => {
    const stroke = new Stroke()
    for (let i = 0; i < 5_000; i++) stroke.to((i % 100) / 100, (i % 7) / 7)
    expect(stroke.points.length).toBe(800)
    expect([hasRoom([]), hasRoom(Array.from({ length: 9 }, () => stroke.points))]).toEqual([true, false])
  })
})
