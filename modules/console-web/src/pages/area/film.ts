import { FrameType, readDictionary, readHeader } from '@/feed/codec'
import { Fleet } from '@/feed/fleet'
import { FleetStream } from '@/feed/stream'

/** The film of a rectangle: frames of the live feed whose clock is device time. Decoded by the same code as the live line. */

export interface Film {
  frames: { at: number; bytes: Uint8Array }[]
  from: number
  to: number
  /** Trucks that are seen at some time of it. */
  trucks: number
}

/** Cuts the answer at its lengths: 4 bytes, little endian, before each frame. */
export function cutFilm(answer: ArrayBuffer): Film {
  const view = new DataView(answer)
  const frames: Film['frames'] = []
  let trucks = 0
  for (let at = 0; at < answer.byteLength; ) {
    const length = at + 4 <= answer.byteLength ? view.getUint32(at, true) : -1
    if (length < 0 || at + 4 + length > answer.byteLength) throw new Error(`the film ends early: offset=${at}`)
    const bytes = new Uint8Array(answer, at + 4, length)
    const header = readHeader(bytes)
    if (header.type === FrameType.DICT) trucks = readDictionary(bytes).vehicles.length
    frames.push({ at: header.serverTimeMs, bytes })
    at += 4 + length
  }
  if (frames.length === 0) throw new Error('the film is empty')
  return { frames, from: frames[0].at, to: frames[frames.length - 1].at, trucks }
}

/** Plays a film into a fleet of its own. Forward it applies what has come due; back it begins again, which takes some milliseconds. */
export class FilmPlayer {
  readonly fleet = new Fleet()
  at = 0
  private readonly stream = new FleetStream(this.fleet, () => this.at)
  private film: Film | null = null
  private next = 0

  load(film: Film): void {
    this.unload()
    this.film = film
    this.rewind()
    this.seek(film.from)
  }

  /** Nothing is shown any more: the trucks of one time must not stand there for another. */
  unload(): void {
    this.film = null
    this.fleet.clear()
    this.fleet.forgetNames()
  }

  seek(at: number): void {
    if (!this.film) return
    if (at < this.at) this.rewind()
    this.at = Math.min(this.film.to, Math.max(this.film.from, at))
    const { frames } = this.film
    while (this.next < frames.length && frames[this.next].at <= this.at) this.stream.accept(frames[this.next++].bytes)
  }

  private rewind(): void {
    this.next = 0
    this.at = this.film?.from ?? 0
    this.stream.restart()
  }
}
