import type { TrackColumns } from '@/api/types'

/** Geometry of the day strip: a speed line and bars for driving and rest. Pure: times and pixels in, paths out. */
export interface StripBox {
  from: number
  to: number
  width: number
  height: number
  /** Speed at the top edge, km/h. */
  topKmh: number
}
export interface StripSpan {
  kind: 'driving' | 'rest'
  from: number
  to: number
}

/** Farther apart than this two points say nothing of what was between them. */
const GAP_MS = 10 * 60_000
const DRIVING_KMH = 3
/** Stops shorter than this (a red light, a toll gate) do not interrupt the drive's bar. */
const SHORT_STOP_MS = 3 * 60_000

export const xOf = (box: StripBox, at: number): number => ((at - box.from) / (box.to - box.from)) * box.width
export const yOf = (box: StripBox, kmh: number): number =>
  box.height - (Math.max(0, Math.min(box.topKmh, kmh)) / box.topKmh) * box.height

const DOUBTFUL = 1

/** The speed line; breaks where data is missing, at most one point per pixel column (its highest). */
export function speedPath(track: TrackColumns, box: StripBox): string {
  let path = ''
  let lastT = -Infinity
  let column = -1
  let columnTop = 0
  let open = false
  const flush = () => {
    if (column < 0) return
    path += `${open ? 'L' : 'M'}${column} ${yOf(box, columnTop).toFixed(1)}`
    open = true
  }
  for (let i = 0; i < track.t_ms.length; i++) {
    const at = track.t_ms[i]
    if (at < box.from || at > box.to || (track.flags[i] ?? 0) & DOUBTFUL) continue
    const x = Math.round(xOf(box, at))
    const kmh = track.speed[i] / 10
    if (at - lastT > GAP_MS) {
      flush()
      column = -1
      open = false
    }
    if (x !== column) {
      flush()
      column = x
      columnTop = kmh
    } else if (kmh > columnTop) {
      columnTop = kmh
    }
    lastT = at
  }
  flush()
  return path
}

export function spans(track: TrackColumns, from: number, to: number): StripSpan[] {
  const raw: StripSpan[] = []
  for (let i = 0; i + 1 < track.t_ms.length; i++) {
    const a = Math.max(from, track.t_ms[i])
    const b = Math.min(to, track.t_ms[i + 1])
    if (b <= a || track.t_ms[i + 1] - track.t_ms[i] > GAP_MS) continue
    const kind = track.speed[i] / 10 >= DRIVING_KMH ? 'driving' : 'rest'
    const last = raw[raw.length - 1]
    if (last && last.kind === kind && a - last.to < 1000) last.to = b
    else raw.push({ kind, from: a, to: b })
  }
  const out: StripSpan[] = []
  for (const span of raw) {
    const last = out[out.length - 1]
    const short = span.kind === 'rest' && span.to - span.from < SHORT_STOP_MS
    const kind = short && last?.kind === 'driving' ? 'driving' : span.kind
    if (last && last.kind === kind && span.from - last.to < 1000) last.to = span.to
    else out.push({ ...span, kind })
  }
  return out
}

/** Full hours divisible by `everyHours` in China's time within the window. */
export function hourTicks(from: number, to: number, everyHours: number): number[] {
  const step = everyHours * 3600_000
  const offset = 8 * 3600_000
  const ticks: number[] = []
  for (let at = Math.ceil((from + offset) / step) * step - offset; at <= to; at += step) ticks.push(at)
  return ticks
}
