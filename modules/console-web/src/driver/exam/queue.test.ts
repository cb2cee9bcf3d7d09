import { beforeEach, describe, expect, test } from 'vitest'
import { Refused } from '../api/client'
import type { AnswersTaken, Attempt, Given } from '../api/types'
import { memoryStore } from '../offline/kept'
import { waiting } from './attempt'
import { AnswerQueue, type ExamApi } from './queue'

const BEGUN = Date.parse('2026-11-20T02:00:00Z')
const iso = (ms: number) => new Date(ms).toISOString()
const COURSE = { title: '长下坡', title_en: 'Long descents' }

/** The server's side of an exam, as the API says it behaves, with a count of what had an effect. */
class ExamServer implements ExamApi {
  now = BEGUN
  ends = BEGUN + 900_000
  device = 'phone-a'
  stored: Record<number, { given: number[]; answer_no: number }> = {}
  closed: string | null = null
  strokes: number[][] | undefined
  effects: string[] = []
  calls: string[] = []
  leftPage = 0
  /** What happens to the next calls: never arrive, arrive and lose their answer, or come after another driver has signed in. */
  fate: ('lost' | 'unanswered' | 'refused' | 'another')[] = []

  private through<T>(what: () => T): T {
    const fate = this.fate.shift()
    if (fate === 'lost') throw new Refused(0, {})
    if (fate === 'refused') throw new Refused(401, { type: 'urn:haulwatch:problem:sign-in-needed' })
    if (fate === 'another') here = 8
    if (here !== 7) throw new Refused(404, { type: 'urn:haulwatch:problem:not-found' })
    const result = what()
    if (fate === 'unanswered') throw new Refused(0, {})
    return result
  }
  view(): Attempt {
    return {
      id: 'a1',
      task_id: 12,
      number: 1,
      begun_at: iso(BEGUN),
      ends_at: iso(this.ends),
      now: iso(this.now),
      leaves_left: Math.max(0, 3 - this.leftPage),
      questions: [1, 2, 3].map((place) => ({
        place,
        kind: 'single' as const,
        stem: `q${place}`,
        stem_en: null,
        options: [1, 2, 3, 4].map((n) => ({ n, text: `o${n}`, text_en: null })),
        given: this.stored[place]?.given ?? null,
        answer_no: this.stored[place]?.answer_no ?? 0,
      })),
      closed_at: this.closed,
      score: this.closed ? 67 : null,
      passed: this.closed ? false : null,
      pass_percent: 80,
      review: null,
    }
  }
  async attempt(): Promise<Attempt> {
    return this.through(() => this.view())
  }
  async answers(_: string, body: { device: string; answers: Given[]; left_page?: number }): Promise<AnswersTaken> {
    this.calls.push(body.answers.map((a) => `${a.place}:${a.given.join('+')}#${a.answer_no}`).join(' '))
    return this.through(() => {
      const taken: number[] = []
      const refused: AnswersTaken['refused'] = []
      this.leftPage = Math.max(this.leftPage, body.left_page ?? 0)
      for (const { place, given, answer_no } of body.answers) {
        const before = this.stored[place] ?? null
        const refuse = (code: string) => refused.push({ place, code, sentence: code, stored: before })
        if (body.device !== this.device) refuse('elsewhere')
        else if (this.closed || this.now > this.ends + 30_000) refuse('exam-over')
        else if (before && before.answer_no >= answer_no) refuse('older')
        else {
          this.stored[place] = { given, answer_no }
          this.effects.push(`${place}:${given.join('+')}`)
          taken.push(place)
        }
      }
      if (this.leftPage > 3 && !this.closed) {
        this.closed = iso(this.now)
        this.effects.push('closed')
      }
      return {
        taken,
        refused,
        leaves_left: Math.max(0, 3 - this.leftPage),
        closed_at: this.closed,
        ends_at: iso(this.ends),
        now: iso(this.now),
      }
    })
  }
  async close(_: string, body: { device: string; strokes?: number[][] }): Promise<Attempt> {
    this.calls.push('close')
    return this.through(() => {
      if (body.device !== this.device && !this.closed)
        throw new Refused(409, { type: 'urn:haulwatch:problem:exam-elsewhere' })
      if (body.strokes && body.strokes.length === 0) throw new Refused(400, { type: 'urn:haulwatch:problem:bad-value' })
      if (!this.closed) {
        this.closed = iso(this.now)
        this.strokes = body.strokes
        this.effects.push('closed')
      }
      return this.view()
    })
  }
}

/** Who is signed in on the phone. */
let here = 7
let server: ExamServer
let store: ReturnType<typeof memoryStore>
let phoneNow: number
/** The queue of a page that was just opened; what an earlier page kept is all that it knows. */
const opened = (device = 'phone-a') =>
  new AnswerQueue(
    store,
    server,
    async () => device,
    () => phoneNow,
    () => {},
    (driverId) => driverId === here,
  )

beforeEach(() => {
  here = 7
  server = new ExamServer()
  store = memoryStore()
  phoneNow = BEGUN
})

describe('answers of an exam', () => {
  test('are sent by the next page when the first was closed between keeping and sending', async () => {
    const first = opened()
    await first.open(server.view(), 7, COURSE)
    await first.answer('a1', 1, [2])
    const second = opened()
    expect(await second.sendAll(7)).toBe('done')
    expect(server.effects).toEqual(['1:2'])
    expect(waiting((await second.find('a1'))!)).toEqual([])
  })
  test('sent twice have one effect, for the answer to the first sending was lost', async () => {
    const queue = opened()
    await queue.open(server.view(), 7, COURSE)
    await queue.answer('a1', 1, [2])
    server.fate = ['unanswered']
    expect(await queue.send('a1')).toBe('later')
    expect(await opened().send('a1')).toBe('done')
    expect(server.calls).toEqual(['1:2#1', '1:2#1'])
    expect(server.effects).toEqual(['1:2'])
  })
  test('stay on the phone when another driver signs in on it, and go under no other name', async () => {
    const queue = opened()
    await queue.open(server.view(), 7, COURSE)
    await queue.answer('a1', 1, [2])
    server.fate = ['another']
    expect(await queue.send('a1')).toBe('later')
    expect(await queue.send('a1')).toBe('later')
    expect(server.calls).toHaveLength(1)
    expect(waiting((await queue.find('a1'))!)).toHaveLength(1)
    here = 7
    expect(await queue.send('a1')).toBe('done')
    expect(server.effects).toEqual(['1:2'])
  })
  test('that the server has are not left on the phone by who signs out; others are', async () => {
    const queue = opened()
    await queue.open(server.view(), 7, COURSE)
    await queue.answer('a1', 1, [2])
    expect(await queue.forgetSent((id) => id === 7)).toEqual([])
    expect(await queue.send('a1')).toBe('done')
    expect(await queue.forgetSent((id) => id !== 7)).toEqual([])
    expect(await queue.forgetSent((id) => id === 7)).toEqual(['a1'])
    expect(await queue.find('a1')).toBeUndefined()
  })
  test('wait on the phone without a network, a session or a truck that stands', async () => {
    const queue = opened()
    await queue.open(server.view(), 7, COURSE)
    await queue.answer('a1', 1, [2])
    server.fate = ['lost', 'refused']
    expect(await queue.send('a1')).toBe('later')
    expect(await queue.send('a1')).toBe('later')
    expect(waiting((await queue.find('a1'))!)).toHaveLength(1)
    expect(await queue.send('a1')).toBe('done')
    expect(server.stored[1].given).toEqual([2])
  })
  test('changed while they are sent are sent again with the newer choice', async () => {
    const queue = opened()
    await queue.open(server.view(), 7, COURSE)
    await queue.answer('a1', 1, [2])
    const sending = queue.send('a1')
    await queue.answer('a1', 1, [3])
    await sending
    await queue.send('a1')
    expect(server.stored[1].given).toEqual([3])
    expect(server.effects[server.effects.length - 1]).toBe('1:3')
  })
  test('go one sending at a time, however often it is asked for', async () => {
    const queue = opened()
    await queue.open(server.view(), 7, COURSE)
    await queue.answer('a1', 1, [2])
    await Promise.all([queue.send('a1'), queue.send('a1'), queue.send('a1')])
    expect(server.calls).toEqual(['1:2#1'])
  })
  test('that are older than the stored one give way to it', async () => {
    const queue = opened()
    await queue.open(server.view(), 7, COURSE)
    await queue.answer('a1', 1, [2])
    server.stored[1] = { given: [4], answer_no: 9 }
    expect(await queue.send('a1')).toBe('done')
    const k = (await queue.find('a1'))!
    expect(k.answers[1]).toEqual({ given: [4], answer_no: 9, state: 'taken' })
    await queue.answer('a1', 1, [1])
    await queue.send('a1')
    expect(server.stored[1]).toEqual({ given: [1], answer_no: 10 })
  })
  test('keep counting up after a reload, so that none is taken for an older one', async () => {
    const first = opened()
    await first.open(server.view(), 7, COURSE)
    await first.answer('a1', 1, [2])
    await first.send('a1')
    const second = opened()
    await second.open(server.view(), 7, COURSE)
    await second.answer('a1', 1, [3])
    await second.send('a1')
    expect(server.stored[1]).toEqual({ given: [3], answer_no: 2 })
  })
  test('that wait get past the numbers of an attempt that the server knows more of', async () => {
    const queue = opened()
    await queue.open(server.view(), 7, COURSE)
    await queue.answer('a1', 2, [1])
    server.stored[1] = { given: [4], answer_no: 5 }
    await queue.open(server.view(), 7, COURSE)
    await queue.send('a1')
    expect(server.stored[2].answer_no).toBeGreaterThan(5)
  })
  test('of another driver of the same phone are neither shown nor sent', async () => {
    const queue = opened()
    await queue.open(server.view(), 7, COURSE)
    await queue.answer('a1', 1, [2])
    expect(await queue.all(8)).toEqual([])
    expect(await queue.sendAll(8)).toBe('done')
    expect(server.calls).toEqual([])
  })
})

describe('an exam on two phones', () => {
  test('stops on the one that lost it and says so', async () => {
    const queue = opened()
    await queue.open(server.view(), 7, COURSE)
    server.device = 'phone-b'
    await queue.answer('a1', 1, [2])
    await queue.send('a1')
    expect((await queue.find('a1'))!.over).toBe('elsewhere')
    await queue.answer('a1', 1, [3])
    expect(await queue.send('a1')).toBe('done')
    expect(server.effects).toEqual([])
  })
  test('goes on with the answers of both after it was taken over', async () => {
    const queue = opened()
    await queue.open(server.view(), 7, COURSE)
    await queue.answer('a1', 1, [2])
    await queue.answer('a1', 2, [2])
    server.device = 'phone-b'
    server.stored[1] = { given: [4], answer_no: 1 }
    server.device = 'phone-a'
    await queue.open(server.view(), 7, COURSE, true)
    await queue.send('a1')
    expect(server.stored[1].given).toEqual([4])
    expect(server.stored[2].given).toEqual([2])
  })
})

describe('handing in', () => {
  test('sends the last answers first, then the signature', async () => {
    const queue = opened()
    await queue.open(server.view(), 7, COURSE)
    await queue.answer('a1', 3, [1])
    await queue.handIn('a1', [[1, 2, 3, 4]])
    expect(await queue.send('a1')).toBe('done')
    expect(server.effects).toEqual(['3:1', 'closed'])
    expect(server.strokes).toEqual([[1, 2, 3, 4]])
    const k = (await queue.find('a1'))!
    expect([k.attempt.score, k.closing]).toEqual([67, null])
  })
  test('survives a reload without a network and happens once', async () => {
    const queue = opened()
    await queue.open(server.view(), 7, COURSE)
    await queue.answer('a1', 3, [1])
    await queue.handIn('a1', null)
    server.fate = ['lost']
    expect(await queue.send('a1')).toBe('later')
    const second = opened()
    server.fate = ['unanswered', 'unanswered']
    expect(await second.send('a1')).toBe('later')
    expect(await second.send('a1')).toBe('later')
    expect(await opened().send('a1')).toBe('done')
    expect(server.effects).toEqual(['3:1', 'closed'])
  })
  test('ends with what the server graded when its time was over before', async () => {
    const queue = opened()
    await queue.open(server.view(), 7, COURSE)
    await queue.answer('a1', 3, [1])
    server.now = server.ends + 60_000
    server.closed = iso(server.ends)
    await queue.handIn('a1', null)
    expect(await queue.send('a1')).toBe('done')
    const k = (await queue.find('a1'))!
    expect(k.attempt.closed_at).toBe(iso(server.ends))
    expect(server.effects).toEqual([])
  })
  test('is what one leave too many does, with a network and without one', async () => {
    const queue = opened()
    await queue.open(server.view(), 7, COURSE)
    await queue.answer('a1', 3, [1])
    for (let i = 0; i < 3; i++) await queue.leftPage('a1')
    expect((await queue.find('a1'))!.closing).toBe(null)
    expect(await queue.send('a1')).toBe('done')
    expect(server.effects).toEqual(['3:1'])
    await queue.leftPage('a1')
    server.fate = ['lost']
    expect(await queue.send('a1')).toBe('later')
    expect(await opened().send('a1')).toBe('done')
    expect([server.leftPage, server.effects]).toEqual([4, ['3:1', 'closed']])
    expect((await queue.find('a1'))!.attempt.score).toBe(67)
  })
  test('counts leaves of the phone that had the exam before', async () => {
    server.leftPage = 2
    const k = await opened().open(server.view(), 7, COURSE)
    expect(k.left_page).toBe(2)
  })
  test('goes without a signature that the server refuses', async () => {
    const queue = opened()
    await queue.open(server.view(), 7, COURSE)
    await queue.handIn('a1', [])
    expect(await queue.send('a1')).toBe('done')
    expect(server.effects).toEqual(['closed'])
  })
  test('nothing can be answered any more afterwards', async () => {
    const queue = opened()
    await queue.open(server.view(), 7, COURSE)
    await queue.handIn('a1', null)
    await queue.answer('a1', 1, [2])
    await queue.send('a1')
    expect(server.effects).toEqual(['closed'])
  })
  test('tells how often the page was left, even where nothing was answered', async () => {
    const queue = opened()
    await queue.open(server.view(), 7, COURSE)
    await queue.leftPage('a1')
    await queue.leftPage('a1')
    expect(await queue.send('a1')).toBe('done')
    expect(server.leftPage).toBe(2)
  })
})
