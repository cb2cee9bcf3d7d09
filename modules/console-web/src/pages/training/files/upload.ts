import { ApiError } from '@/api/client'
import type { Arrived } from '@/api/courseFiles'

/** How a file gets to the server; a test has another one. */
export interface Wire {
  begin(name: string, size: number): Promise<Arrived>
  /** How much of it is there. */
  look(id: string): Promise<Arrived>
  piece(id: string, offset: number, bytes: Blob, signal: AbortSignal): Promise<Arrived>
}
export interface Clock {
  now(): number
  /** Ends early when it is broken off. */
  wait(ms: number, signal: AbortSignal): Promise<void>
}
/** `waiting` tries again by itself, `cut` when somebody says so, `refused` never. */
export type Stage = 'sending' | 'waiting' | 'paused' | 'cut' | 'refused' | 'done'
export interface Progress {
  stage: Stage
  /** Null until the server knows of the file. */
  id: string | null
  received: number
  size: number
  /** Null while nobody can say. */
  secondsLeft: number | null
  /** Why it waits, is cut or is refused. */
  cause: unknown
}

/** Waits before another try, in milliseconds; after the last one somebody has to press a button. */
export const BACKOFF_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000]
/** Where the server does not say how much it takes at once. */
export const SMALL_PIECE = 1024 * 1024
/** Share of the newest piece in the speed. */
const NEWEST = 0.3

/** Bytes that the server has, when it refuses a piece that does not follow them. */
const receivedOf = (cause: unknown): number | null =>
  cause instanceof ApiError && cause.status === 409 ? (cause.problem.received ?? null) : null
/** Whether another try may get through: the line, the load, a session that ended and begins again. */
const passes = (cause: unknown): boolean =>
  !(cause instanceof ApiError) || cause.unreachable || cause.status >= 500 || [401, 408, 429].includes(cause.status)

/**
 * Sends a large file piece by piece. What has arrived stays there, so that a cut line costs one piece, and the server is believed about how much
 * that is.
 */
export class Upload {
  private stop = new AbortController()
  private running = false
  private round: Promise<void> = Promise.resolve()
  private pieceBytes = 0
  /** Bytes a millisecond; 0 while unknown. */
  private speed = 0
  private state: Progress

  /** @param id of a video of which the server has a part */
  constructor(
    private readonly file: File,
    private readonly wire: Wire,
    private readonly clock: Clock,
    private readonly told: (progress: Progress) => void,
    id: string | null = null,
  ) {
    this.state = { stage: 'paused', id, received: 0, size: file.size, secondsLeft: null, cause: null }
  }

  get progress(): Progress {
    return this.state
  }
  /** Stops at once; a piece that arrives all the same counts. */
  pause(): void {
    if (!this.running) return
    this.running = false
    this.stop.abort()
    this.say({ stage: 'paused', cause: null })
  }
  /** Begins, or goes on where the server has arrived. Ends when it is through, paused, cut or refused. */
  go(): Promise<void> {
    if (this.running || this.state.stage === 'done') return this.round
    this.running = true
    const stop = (this.stop = new AbortController())
    this.say({ stage: 'sending', cause: null })
    // What was paused a moment ago may still wait for an answer: never two at once.
    this.round = this.round
      .then(() => this.send(stop.signal))
      .finally(() => {
        if (this.stop === stop) this.running = false
      })
    return this.round
  }

  private async send(signal: AbortSignal): Promise<void> {
    let failures = 0
    let corrected = 0
    while (!signal.aborted && this.state.stage !== 'done') {
      try {
        if (this.pieceBytes === 0) await this.meet()
        else {
          await this.piece(signal)
          corrected = 0
        }
        failures = 0
      } catch (cause) {
        if (signal.aborted) return
        const there = receivedOf(cause)
        if (there !== null && corrected++ < BACKOFF_MS.length) {
          this.arrived({ received: there, complete: false })
          continue
        }
        if (!passes(cause)) return this.say({ stage: 'refused', cause })
        const ended = cause instanceof ApiError && cause.status === 401
        if (ended || failures >= BACKOFF_MS.length) return this.say({ stage: 'cut', cause })
        this.say({ stage: 'waiting', cause })
        await this.clock.wait(BACKOFF_MS[failures++], signal)
        if (!signal.aborted) this.say({ stage: 'sending' })
      }
    }
  }
  /** Says what is to come, or asks how much of it is there. */
  private async meet(): Promise<void> {
    const found =
      this.state.id === null
        ? await this.wire.begin(this.file.name, this.file.size)
        : await this.wire.look(this.state.id)
    this.pieceBytes = found.piece_bytes ?? SMALL_PIECE
    this.say({ id: found.id })
    this.arrived(found)
  }
  private async piece(signal: AbortSignal): Promise<void> {
    const from = this.state.received
    const began = this.clock.now()
    const bytes = this.file.slice(from, from + this.pieceBytes)
    const found = await this.wire.piece(this.state.id!, from, bytes, signal)
    const took = Math.max(1, this.clock.now() - began)
    const newest = (found.received - from) / took
    if (newest > 0) this.speed = this.speed === 0 ? newest : NEWEST * newest + (1 - NEWEST) * this.speed
    this.arrived(found)
    // The end may have to be said twice, but nobody sends the same for ever.
    if (newest <= 0 && this.state.stage !== 'done') throw new Error(`nothing arrived: offset=${from}`)
  }
  private arrived({ received, complete }: { received: number; complete?: boolean }): void {
    const left = this.state.size - received
    const secondsLeft = this.speed > 0 ? Math.ceil(left / this.speed / 1000) : null
    this.say({ received, secondsLeft, ...((complete ?? left <= 0) ? { stage: 'done' as const, cause: null } : {}) })
  }
  private say(news: Partial<Progress>): void {
    this.state = { ...this.state, ...news }
    this.told(this.state)
  }
}
