import type { Beat, Study } from '../api/types'

/** Why a lesson stands still, in words of the phone or of the server. */
export type Pause =
  | 'driver'
  | 'hidden'
  | 'offline'
  | 'skip'
  | 'gap'
  | 'check_missed'
  | 'checks_missed'
  | 'other_session'
  | 'driving'
  | 'task_closed'
  | 'day_full'
  | 'server'
const SERVER_PAUSES: Pause[] = [
  'skip',
  'gap',
  'check_missed',
  'checks_missed',
  'other_session',
  'driving',
  'task_closed',
  'day_full',
]
/** So long without a tick means that the phone slept: nobody was looking. */
const SLEPT_MS = 5_000
/** So far beyond what was seen a video may say that it is: it tells its place some times a second, later when the phone has much to do. */
const SKIP_S = 3
/** Beats that may wait for a network: the server counts them later by how they lie to each other, but takes no more than some at once. */
const MOST_UNANSWERED = 160
/** After a longer pause the server wants a new sitting; the time of the old one would count as a gap. */
const LONGEST_PAUSE_MS = 40_000

/** Where a video may be that was moved to a place: there, or back at the farthest place that was reached. */
export const allowedPlace = (place: number, reached: number, done: boolean): number =>
  done || place <= reached + SKIP_S ? place : reached

/**
 * The time of one lesson as the phone counts it: where the driver is, when a beat is due and why it stands still. The server decides what
 * counts; its answer moves the lesson back where the two disagree. No clock of its own, no timer, no network.
 */
export class LessonPlayer {
  private position: number
  private playing = false
  private why: Pause | null = null
  private at = 0
  private beatAt = 0
  private unanswered: Beat[] = []
  private sequence = 1

  constructor(
    private study: Study,
    /** For a video the position is the video's; a text goes on with time. */
    private ownTime: boolean,
    private readonly nonce: () => string,
    private readonly wallTime: () => string,
  ) {
    this.position = Math.min(study.position_s, study.seconds)
    if (study.state !== 'done' && this.position >= study.seconds) this.position = this.startAgain(study)
  }

  /** Whatever was not credited is gone through again, from as far before the end as is missing. */
  private startAgain(study: Study): number {
    const missing = Math.max(0, study.seconds - study.credited_s)
    return Math.max(0, Math.min(study.reached_s, study.seconds) - missing)
  }

  get seconds(): number {
    return this.study.seconds
  }
  get positionS(): number {
    return this.position
  }
  /** How far a video may be moved. */
  get reachedS(): number {
    return Math.max(this.study.reached_s, this.position)
  }
  get creditedS(): number {
    return this.study.credited_s
  }
  get done(): boolean {
    return this.study.state === 'done'
  }
  get isPlaying(): boolean {
    return this.playing
  }
  get pausedBecause(): Pause | null {
    return this.why
  }
  /** When the driver has to show that he is there, the server's time; null while he need not. */
  get checkUntil(): string | null {
    return this.done ? null : this.study.check_until
  }
  /** Beats that the server has not answered, oldest first. */
  get pending(): Beat[] {
    return this.unanswered.slice()
  }

  /** Goes on, with a beat from which time runs anew. */
  play(now: number): Beat | null {
    if (this.done || this.playing) return null
    if (this.position >= this.study.seconds) this.position = this.startAgain(this.study)
    this.playing = true
    this.why = null
    this.at = now
    return this.beat(now, true)
  }

  /** Whether going on takes a new sitting: the server has ended this one, or it stood too long. */
  needsNewSitting(now: number): boolean {
    if (this.playing || this.why === null) return false
    return (this.why !== 'driver' && this.why !== 'hidden') || now - this.at > LONGEST_PAUSE_MS
  }

  /** Stops at once, with a beat that says where. */
  pause(now: number, why: Pause, visible = true): Beat | null {
    if (!this.playing) {
      if (why !== 'driver' && !this.done) this.why = why
      return null
    }
    this.advance(now)
    this.playing = false
    this.why = why
    return this.beat(now, visible)
  }

  /** Where the video is; a place that it may not be at yet is none. */
  watched(position_s: number): void {
    if (!this.ownTime || !this.playing || allowedPlace(position_s, this.reachedS, this.done) !== position_s) return
    this.position = Math.min(this.study.seconds, Math.max(0, position_s))
  }

  /** The video is over. Where the lesson lasts longer the rest of its time is the text's. */
  videoOver(now: number): void {
    this.at = now
    this.ownTime = false
  }

  /** Called often; gives a beat when one is due. */
  tick(now: number): Beat | null {
    if (!this.playing) return null
    if (now - this.at > SLEPT_MS) {
      // What went by while the phone slept is not watched time.
      this.at = now
      return this.pause(now, 'gap', false)
    }
    this.advance(now)
    if (this.position >= this.study.seconds) {
      this.playing = false
      return this.beat(now, true)
    }
    return now - this.beatAt >= this.study.beat_s * 1000 ? this.beat(now, true) : null
  }

  private advance(now: number): void {
    const passed = Math.max(0, now - this.at)
    this.at = now
    if (!this.ownTime) this.position = Math.min(this.study.seconds, this.position + passed / 1000)
  }

  private beat(now: number, visible: boolean): Beat {
    this.beatAt = now
    const beat = {
      sequence: this.sequence++,
      nonce: this.nonce(),
      position_s: Math.floor(this.position),
      visible,
      at: this.wallTime(),
    }
    this.unanswered.push(beat)
    return beat
  }

  /** Nobody answered: the beats wait, and after too many of them the lesson does too. */
  notSent(now: number): void {
    if (this.unanswered.length >= MOST_UNANSWERED && this.playing) {
      this.advance(now)
      this.playing = false
      this.why = 'offline'
    }
  }

  /** The server's view after the beats in `sent`, or after the driver showed that he is there. */
  take(study: Study, sent: Beat[]): void {
    this.unanswered = this.unanswered.filter((beat) => sent.indexOf(beat) < 0)
    this.study = study
    if (study.state === 'done') {
      this.playing = false
      this.why = null
      this.position = study.seconds
    } else if (study.state === 'paused' && study.reason && study.reason !== 'hidden') {
      // A pause of its own is known here already.
      this.playing = false
      this.why = (SERVER_PAUSES as string[]).indexOf(study.reason) >= 0 ? (study.reason as Pause) : 'server'
    }
    // A place that the server did not take: back to the one that it has.
    const last = sent[sent.length - 1]
    if (last && study.position_s < last.position_s - 1) this.position = study.position_s
  }
}
