import { Refused } from '../api/client'
import type { AnswersTaken, Attempt, Given } from '../api/types'
import type { Kept } from '../offline/kept'
import { answered, flagged, kept, MOST_LEAVES, settled, waiting, type KeptAttempt } from './attempt'

export interface ExamApi {
  attempt(id: string): Promise<Attempt>
  answers(id: string, body: { device: string; answers: Given[]; left_page?: number }): Promise<AnswersTaken>
  close(id: string, body: { device: string; strokes?: number[][] }): Promise<Attempt>
}
export type Sent =
  /** Nothing waits any more. */
  | 'done'
  /** No network, no session, a moving truck or a server in trouble: to be tried again. */
  | 'later'

const PREFIX = 'attempt:'

/** Answers on their way from the phone to the server. Writes first, sends then, one sending an attempt at a time. */
export class AnswerQueue {
  private readonly sending = new Map<string, Promise<Sent>>()

  constructor(
    private readonly store: Kept,
    private readonly api: ExamApi,
    private readonly device: () => Promise<string>,
    private readonly now: () => number,
    /** Told of each change, so that what is on the screen follows. */
    private readonly changed: (id: string, k: KeptAttempt) => void = () => {},
    /** Whether this driver is the one who is signed in; nothing is sent under another one's name. */
    private readonly isHere: (driverId: number) => boolean = () => true,
  ) {}

  find(id: string): Promise<KeptAttempt | undefined> {
    return this.store.get<KeptAttempt>(PREFIX + id)
  }

  /** What the phone has of a driver: with the newest last. */
  async all(driverId: number): Promise<KeptAttempt[]> {
    const found = (await this.everyones()).filter((k) => k.driver_id === driverId)
    return found.sort((a, b) => Date.parse(a.attempt.begun_at) - Date.parse(b.attempt.begun_at))
  }

  private async everyones(): Promise<KeptAttempt[]> {
    const found: KeptAttempt[] = []
    for (const key of await this.store.keys()) {
      if (key.indexOf(PREFIX) !== 0) continue
      const k = await this.store.get<KeptAttempt>(key)
      if (k) found.push(k)
    }
    return found
  }

  async open(
    attempt: Attempt,
    driverId: number,
    course: KeptAttempt['course'],
    takenOver = false,
  ): Promise<KeptAttempt> {
    const as = { driver_id: driverId, course, phoneNow: this.now(), takenOver }
    const after = await this.store.change<KeptAttempt>(PREFIX + attempt.id, (before) => kept(attempt, before, as))
    this.changed(attempt.id, after)
    return after
  }

  answer(id: string, place: number, given: number[]): Promise<KeptAttempt> {
    return this.change(id, (k) => (k.over || k.closing ? k : answered(k, place, given)))
  }
  flag(id: string, place: number): Promise<KeptAttempt> {
    return this.change(id, (k) => flagged(k, place))
  }
  /** One time too many hands it in, with or without a network. */
  leftPage(id: string): Promise<KeptAttempt> {
    return this.change(id, (k) => {
      const left_page = k.left_page + 1
      return { ...k, left_page, closing: left_page > MOST_LEAVES ? (k.closing ?? { strokes: null }) : k.closing }
    })
  }
  handIn(id: string, strokes: number[][] | null): Promise<KeptAttempt> {
    return this.change(id, (k) => ({ ...k, closing: k.closing ?? { strokes } }))
  }
  forget(id: string): Promise<void> {
    return this.store.remove(PREFIX + id)
  }

  /** Forgets attempts of some drivers that hold nothing back; says which. */
  async forgetSent(of: (driverId: number) => boolean): Promise<string[]> {
    const holdsBack = (k: KeptAttempt): boolean =>
      k.attempt.closed_at === null && k.over !== 'elsewhere' && (waiting(k).length > 0 || k.closing !== null)
    const sent = (await this.everyones()).filter((k) => of(k.driver_id) && !holdsBack(k))
    for (const k of sent) await this.forget(k.attempt.id)
    return sent.map((k) => k.attempt.id)
  }

  /** Sends all that a driver's attempts still hold back. */
  async sendAll(driverId: number): Promise<Sent> {
    let result: Sent = 'done'
    for (const k of await this.all(driverId)) {
      if (k.attempt.closed_at === null && (await this.send(k.attempt.id)) === 'later') result = 'later'
    }
    return result
  }

  send(id: string): Promise<Sent> {
    const running = this.sending.get(id)
    if (running) return running
    const begun = this.run(id)
    this.sending.set(id, begun)
    const ended = () => void this.sending.delete(id)
    begun.then(ended, ended)
    return begun
  }

  private async run(id: string): Promise<Sent> {
    for (;;) {
      const k = await this.find(id)
      if (!k || k.attempt.closed_at !== null || k.over === 'elsewhere') return 'done'
      if (!this.isHere(k.driver_id)) return 'later'
      const answers = waiting(k)
      const told = k.left_page
      try {
        if (answers.length > 0 || (told > k.left_told && (!k.closing || told > MOST_LEAVES))) {
          const after = await this.sendAnswers(id, answers, told)
          // An answer that the server neither took nor refused is not pressed on it.
          if (waiting(after).some((w) => answers.some((a) => a.answer_no === w.answer_no))) return 'later'
        } else if (k.closing || k.over === 'time') {
          if ((await this.close(id, k)).attempt.closed_at === null) return 'later'
        } else {
          return 'done'
        }
      } catch (cause) {
        if (!(await this.givenUp(id, cause))) return 'later'
      }
    }
  }

  private async sendAnswers(id: string, answers: Given[], told: number): Promise<KeptAttempt> {
    const result = await this.api.answers(id, { device: await this.device(), answers, left_page: told })
    return this.change(id, (k) => settled(k, answers, told, result, this.now()))
  }

  private async close(id: string, k: KeptAttempt): Promise<KeptAttempt> {
    const device = await this.device()
    const strokes = k.closing?.strokes
    const attempt = await this.api.close(id, strokes ? { device, strokes } : { device })
    return this.open(attempt, k.driver_id, k.course)
  }

  /** True if the refusal is final and was noted; whatever may pass is tried again later. */
  private async givenUp(id: string, cause: unknown): Promise<boolean> {
    if (!(cause instanceof Refused)) throw cause
    const passing = cause.unreachable || cause.status === 401 || cause.status === 423 || cause.status === 429
    if (passing || cause.status === 403 || cause.status >= 500) return false
    if (cause.rule === 'elsewhere' || cause.rule === 'exam-elsewhere') {
      await this.change(id, (k) => ({ ...k, over: 'elsewhere' }))
      return true
    }
    if (cause.status === 400 && (await this.find(id))?.closing?.strokes) {
      // A signature that the server cannot keep is no reason to lose the exam.
      await this.change(id, (k) => ({ ...k, closing: { strokes: null } }))
      return true
    }
    // Closed by the server's clock, or gone: what the server has of it says what became of it.
    return this.learnOutcome(id)
  }

  private async learnOutcome(id: string): Promise<boolean> {
    const k = await this.find(id)
    if (!k) return true
    if (!this.isHere(k.driver_id)) return false
    try {
      const attempt = await this.api.attempt(id)
      if (attempt.closed_at === null) return false
      await this.open(attempt, k.driver_id, k.course)
    } catch (cause) {
      if (!(cause instanceof Refused) || cause.status !== 404 || !this.isHere(k.driver_id)) return false
      await this.forget(id)
    }
    return true
  }

  private async change(id: string, how: (k: KeptAttempt) => KeptAttempt): Promise<KeptAttempt> {
    const after = await this.store.change<KeptAttempt>(PREFIX + id, (before) => {
      if (!before) throw new Error(`no such exam on this phone: id=${id}`)
      return how(before)
    })
    this.changed(id, after)
    return after
  }
}
