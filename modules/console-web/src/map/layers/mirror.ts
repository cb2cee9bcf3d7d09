import { State } from '@/feed/codec'
import type { Fleet, FleetListener } from '@/feed/fleet'
import { mercatorX, mercatorY, steps } from '@/map/core/mercator'

/**
 * What the GPU sees of a truck, 24 bytes: from x, y and to x, y (int32 Mercator), time of the report (u32 ms since `baseMs`), heading,
 * state, severity, visibility (u8 each). One buffer for the whole fleet, row = slot.
 */
export const ROW_BYTES = 24
const ROW_WORDS = ROW_BYTES / 4
/** A truck glides from its last place to the new one during one reporting interval. */
export const GLIDE_MS = 10_000
/** Farther than this in one report it jumps: about 5 km at the equator. */
const JUMP_STEPS = (5_000 / 40_075_016) * 2 ** 32
/** Changed rows closer than this are uploaded together; an upload call costs more than the rows between. */
const JOIN_ROWS = 256
const MOST_RANGES = 24

export interface RowRange {
  first: number
  count: number
}

export class FleetMirror implements FleetListener {
  buffer = new ArrayBuffer(0)
  private ints = new Int32Array(0)
  private words = new Uint32Array(0)
  private bytes = new Uint8Array(0)
  private dirty = new Uint8Array(0)
  private anyDirty = false
  /** True when the buffer was made anew and has to be uploaded as a whole. */
  private whole = true
  baseMs = 0
  glideMs = GLIDE_MS

  constructor(
    private readonly fleet: Fleet,
    /** Present time on the server's clock, milliseconds. */
    private readonly now: () => number,
    private visible: (slot: number) => boolean = () => true,
  ) {}

  get rows(): number {
    return this.fleet.slots
  }

  setVisible(visible: (slot: number) => boolean): void {
    this.visible = visible
    for (let slot = 0; slot < this.rows; slot++) {
      const at = slot * ROW_BYTES + 23
      const shown = this.fleet.present[slot] && visible(slot) ? 1 : 0
      if (this.bytes[at] !== shown) {
        this.bytes[at] = shown
        this.touch(slot)
      }
    }
  }

  isVisible(slot: number): boolean {
    return slot < this.rows && this.bytes[slot * ROW_BYTES + 23] === 1
  }

  reset(): void {
    this.baseMs = this.now() - 86_400_000
    this.reserve(this.rows)
    for (let slot = 0; slot < this.rows; slot++) this.write(slot, false)
    this.whole = true
  }

  changed(slot: number): void {
    if (this.baseMs === 0) this.baseMs = this.now() - 86_400_000
    this.reserve(slot + 1)
    this.write(slot, true)
    this.touch(slot)
  }

  gone(slot: number): void {
    if ((slot + 1) * ROW_BYTES > this.bytes.length) return
    this.bytes[slot * ROW_BYTES + 23] = 0
    this.touch(slot)
  }

  /** Where the truck is drawn at the moment, Mercator 0…1. */
  placeOf(slot: number, out: { x: number; y: number }): { x: number; y: number } {
    const w = slot * ROW_WORDS
    const k = this.progress(slot)
    const x = this.ints[w] + (this.ints[w + 2] - this.ints[w]) * k
    const y = this.ints[w + 1] + (this.ints[w + 3] - this.ints[w + 1]) * k
    out.x = x / 2 ** 32 + 0.5
    out.y = y / 2 ** 32 + 0.5
    return out
  }

  /** Hands out what has to be uploaded since the last call: 'whole', or a few ranges of rows. */
  takeChanges(): 'whole' | RowRange[] {
    if (this.whole) {
      this.whole = false
      this.dirty.fill(0)
      this.anyDirty = false
      return 'whole'
    }
    if (!this.anyDirty) return []
    this.anyDirty = false
    const ranges: RowRange[] = []
    let first = -1
    let last = -1
    for (let slot = 0; slot < this.rows; slot++) {
      if (!this.dirty[slot]) continue
      this.dirty[slot] = 0
      if (first >= 0 && slot - last > JOIN_ROWS && ranges.length < MOST_RANGES - 1) {
        ranges.push({ first, count: last - first + 1 })
        first = slot
      } else if (first < 0) {
        first = slot
      }
      last = slot
    }
    if (first >= 0) ranges.push({ first, count: last - first + 1 })
    return ranges
  }

  private progress(slot: number): number {
    if (this.glideMs <= 0) return 1
    const k = (this.now() - this.baseMs - this.words[slot * ROW_WORDS + 4]) / this.glideMs
    return k <= 0 ? 0 : k >= 1 ? 1 : k
  }

  private write(slot: number, glide: boolean): void {
    const { fleet } = this
    const w = slot * ROW_WORDS
    const b = slot * ROW_BYTES
    const x = steps(mercatorX(fleet.lon5[slot] / 1e5))
    const y = steps(mercatorY(fleet.lat5[slot] / 1e5))
    const time = Math.max(0, Math.min(4294967295, Math.round(fleet.reportedMs[slot] - this.baseMs)))
    if (!glide || this.words[w + 4] === 0) {
      this.ints[w] = x
      this.ints[w + 1] = y
    } else if (time !== this.words[w + 4]) {
      const k = this.progress(slot)
      let fromX = Math.round(this.ints[w] + (this.ints[w + 2] - this.ints[w]) * k)
      let fromY = Math.round(this.ints[w + 1] + (this.ints[w + 3] - this.ints[w + 1]) * k)
      if (Math.abs(fromX - x) > JUMP_STEPS || Math.abs(fromY - y) > JUMP_STEPS) {
        fromX = x
        fromY = y
      }
      this.ints[w] = fromX
      this.ints[w + 1] = fromY
    }
    this.ints[w + 2] = x
    this.ints[w + 3] = y
    this.words[w + 4] = time
    this.bytes[b + 20] = fleet.heading[slot]
    this.bytes[b + 21] = fleet.state[slot] & ~State.NO_NEW_REPORT
    this.bytes[b + 22] = fleet.risk[slot] & 7
    this.bytes[b + 23] = fleet.present[slot] && this.visible(slot) ? 1 : 0
  }

  private touch(slot: number): void {
    this.dirty[slot] = 1
    this.anyDirty = true
  }

  private reserve(rows: number): void {
    if (rows * ROW_BYTES <= this.buffer.byteLength) return
    const capacity = Math.max(1024, 1 << Math.ceil(Math.log2(rows)))
    const buffer = new ArrayBuffer(capacity * ROW_BYTES)
    new Uint8Array(buffer).set(this.bytes)
    const dirty = new Uint8Array(capacity)
    dirty.set(this.dirty)
    this.buffer = buffer
    this.ints = new Int32Array(buffer)
    this.words = new Uint32Array(buffer)
    this.bytes = new Uint8Array(buffer)
    this.dirty = dirty
    this.whole = true
  }
}
