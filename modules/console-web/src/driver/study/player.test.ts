import { beforeEach, describe, expect, test } from 'vitest'
import type { Study } from '../api/types'
import { allowedPlace, LessonPlayer } from './player'

const study = (more: Partial<Study> = {}): Study => ({
  id: 5,
  lesson_id: 31,
  state: 'running',
  position_s: 0,
  reached_s: 0,
  credited_s: 0,
  seconds: 60,
  beat_s: 15,
  check_until: null,
  reason: null,
  ...more,
})
let number = 0
const player = (s = study(), video = false) =>
  new LessonPlayer(
    s,
    video,
    () => `n${++number}`,
    () => '2026-11-20T02:00:00Z',
  )
/** Ticks twice a second from one moment to another. */
function run(p: LessonPlayer, from: number, to: number) {
  const beats = []
  for (let at = from + 500; at <= to; at += 500) {
    const beat = p.tick(at)
    if (beat) beats.push(beat)
  }
  return beats
}
beforeEach(() => {
  number = 0
})

describe('the time of a lesson', () => {
  test('beats when it begins and every fifteen seconds, each beat with a number and a nonce of its own', () => {
    const p = player()
    const begin = p.play(0)!
    const beats = [begin, ...run(p, 0, 45_000)]
    expect(beats.map((b) => [b.sequence, b.position_s, b.visible])).toEqual([
      [1, 0, true],
      [2, 15, true],
      [3, 30, true],
      [4, 45, true],
    ])
    expect(new Set(beats.map((b) => b.nonce)).size).toBe(4)
  })
  test('stops at once when the page is hidden and says so to the server', () => {
    const p = player()
    p.play(0)
    run(p, 0, 7_000)
    const beat = p.pause(7_200, 'hidden', false)!
    expect([beat.position_s, beat.visible, p.isPlaying, p.pausedBecause]).toEqual([7, false, false, 'hidden'])
    expect(run(p, 7_200, 19_000)).toEqual([])
    expect(Math.floor(p.positionS)).toBe(7)
    expect(p.needsNewSitting(20_000)).toBe(false)
    expect(p.play(20_000)!.position_s).toBe(7)
  })
  test('does not run while the phone sleeps', () => {
    const p = player()
    p.play(0)
    run(p, 0, 3_000)
    const beat = p.tick(300_000)!
    expect([beat.position_s, beat.visible, p.pausedBecause]).toEqual([3, false, 'gap'])
  })
  test('ends with a beat at its last second and is done when the server says so', () => {
    const p = player()
    p.play(0)
    const beats = run(p, 0, 61_000)
    expect(beats[beats.length - 1].position_s).toBe(60)
    expect([p.isPlaying, p.done]).toEqual([false, false])
    p.take(study({ state: 'done', position_s: 60, reached_s: 60, credited_s: 59 }), p.pending)
    expect([p.done, p.pending]).toEqual([true, []])
  })
  test('goes on where it was left', () => {
    const p = player(study({ position_s: 40, reached_s: 40, credited_s: 35 }))
    expect(p.play(0)!.position_s).toBe(40)
  })
  test('begins again as far before the end as time is missing', () => {
    const p = player(study({ position_s: 60, reached_s: 60, credited_s: 40 }))
    expect(p.positionS).toBe(40)
    p.play(0)
    run(p, 0, 20_500)
    expect(p.positionS).toBe(60)
  })
  test('keeps its beats while there is no network, and stops only when the server would not take them all', () => {
    const p = player(study({ seconds: 10_000 }))
    p.play(0)
    run(p, 0, 600_000)
    p.notSent(600_100)
    expect([p.pending.length, p.isPlaying]).toEqual([41, true])
    run(p, 600_000, 2_400_000)
    p.notSent(2_400_100)
    expect([p.isPlaying, p.pausedBecause, p.needsNewSitting(2_400_200)]).toEqual([false, 'offline', true])
  })
  test('goes on in a new sitting after a long pause, for the old one would have a gap', () => {
    const p = player()
    p.play(0)
    p.pause(5_000, 'driver')
    expect([p.needsNewSitting(30_000), p.needsNewSitting(50_000)]).toEqual([false, true])
  })
  test('only forgets the beats that were answered', () => {
    const p = player()
    p.play(0)
    const sent = p.pending
    run(p, 0, 15_000)
    p.take(study({ position_s: 0 }), sent)
    expect(p.pending.map((b) => b.sequence)).toEqual([2])
  })
  test('goes back to the place that the server took', () => {
    const p = player()
    p.play(0)
    run(p, 0, 30_000)
    p.take(study({ position_s: 12, reached_s: 12 }), p.pending)
    expect(p.positionS).toBe(12)
  })
  test('stands still when the server has paused it, and says why', () => {
    const p = player()
    p.play(0)
    p.take(study({ state: 'paused', reason: 'other_session' }), p.pending)
    expect([p.isPlaying, p.pausedBecause, p.needsNewSitting(0)]).toEqual([false, 'other_session', true])
    const q = player()
    q.play(0)
    q.take(study({ state: 'paused', reason: 'something-new' }), q.pending)
    expect(q.pausedBecause).toBe('server')
  })
  test('asks whether he is there as long as the server waits for it', () => {
    const p = player()
    p.play(0)
    p.take(study({ check_until: '2026-11-20T02:01:00Z' }), p.pending)
    expect(p.checkUntil).toBe('2026-11-20T02:01:00Z')
    p.take(study(), [])
    expect(p.checkUntil).toBeNull()
  })
  test('of a video is where the video is', () => {
    const p = player(study(), true)
    p.play(0)
    for (let at = 0.25; at < 9.7; at += 0.25) p.watched(at)
    run(p, 0, 14_500)
    expect(Math.floor(p.positionS)).toBe(9)
    p.pause(14_600, 'driver')
    p.watched(10)
    expect(Math.floor(p.positionS)).toBe(9)
  })
  test('of a video takes no place that nobody has seen, and any that was seen', () => {
    const p = player(study({ position_s: 20, reached_s: 30 }), true)
    p.play(0)
    p.watched(50)
    expect([p.positionS, p.reachedS]).toEqual([20, 30])
    p.watched(5)
    expect([p.positionS, p.reachedS]).toEqual([5, 30])
    p.watched(32)
    expect([p.positionS, p.reachedS]).toEqual([32, 32])
  })
  test('of a video goes back where the server did not follow, and the video with it', () => {
    const p = player(study(), true)
    p.play(0)
    for (let at = 1; at <= 30; at++) p.watched(at)
    run(p, 0, 15_500)
    p.take(study({ position_s: 12, reached_s: 12 }), p.pending)
    p.watched(30.2)
    expect(p.positionS).toBe(12)
    expect(allowedPlace(30.2, p.reachedS, p.done)).toBe(12)
  })
  test('goes on with the text where the video is over before it', () => {
    const p = player(study(), true)
    p.play(0)
    for (let at = 1; at <= 45; at++) p.watched(at)
    p.videoOver(45_000)
    const beats = run(p, 45_000, 60_500)
    expect([p.positionS, beats[beats.length - 1].position_s, p.isPlaying]).toEqual([60, 60, false])
  })
  test('lets a video that was moved stay where somebody has been, and everywhere once it is done', () => {
    expect([allowedPlace(10, 30, false), allowedPlace(32, 30, false), allowedPlace(40, 30, false)]).toEqual([
      10, 32, 30,
    ])
    expect(allowedPlace(160, 30, true)).toBe(160)
  })
})
