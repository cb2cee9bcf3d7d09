import type { AlarmStrip, LimitSegment } from '@/api/types'

/** Geometry of the speed-against-limit strip. Pure: a strip and a box in, paths and marks out. */
export interface SpeedBox {
  width: number
  height: number
  /** Room left of the axis and below it. */
  left: number
  bottom: number
  top: number
}
export interface Run {
  from: number
  to: number
  kmh: number
  source: string | null
}
export interface SpeedStrip {
  speed: string
  /** Closed areas between the speed and the limit where the speed is above it. */
  excess: string[]
  excessLine: string[]
  limit: string
  runs: Run[]
  over: { x: number; width: number } | null
  peak: { x: number; y: number; kmh: number } | null
  yTicks: { y: number; kmh: number }[]
  x(at: number): number
  y(kmh: number): number
  top: number
}

export function limitRuns(strip: AlarmStrip): Run[] {
  if (strip.limit_segments?.length) {
    return strip.limit_segments.map((s: LimitSegment) => ({
      from: Date.parse(s.from),
      to: Date.parse(s.to),
      kmh: s.limit_kmh,
      source: s.source ?? null,
    }))
  }
  const runs: Run[] = []
  strip.limit?.forEach((kmh, i) => {
    if (kmh === null || kmh === undefined) return
    const last = runs[runs.length - 1]
    if (last && last.kmh === kmh && last.to === strip.t_ms[i - 1]) last.to = strip.t_ms[i]
    else {
      if (last && last.to === strip.t_ms[i - 1]) last.to = strip.t_ms[i]
      runs.push({ from: strip.t_ms[i], to: strip.t_ms[i], kmh, source: null })
    }
  })
  return runs
}

export function speedStrip(strip: AlarmStrip, box: SpeedBox): SpeedStrip {
  const from = Date.parse(strip.from)
  const to = Math.max(from + 1, Date.parse(strip.to))
  const runs = limitRuns(strip)
  const kmh = strip.speed.map((d) => d / 10)
  const most = Math.max(60, ...kmh, ...runs.map((r) => r.kmh))
  const top = Math.ceil((most * 1.08) / 20) * 20
  const plotW = box.width - box.left
  const plotH = box.height - box.bottom - box.top
  const x = (at: number) => box.left + ((at - from) / (to - from)) * plotW
  const y = (v: number) => box.top + plotH - (Math.max(0, Math.min(top, v)) / top) * plotH
  const p = (at: number, v: number) => `${x(at).toFixed(1)} ${y(v).toFixed(1)}`
  const limitAt = (at: number): number | null => runs.find((r) => at >= r.from && at <= r.to)?.kmh ?? null

  let speed = ''
  strip.t_ms.forEach((at, i) => {
    const gap = i === 0 || at - strip.t_ms[i - 1] > 180_000
    speed += `${gap ? 'M' : 'L'}${p(at, kmh[i])}`
  })
  const excess: string[] = []
  const excessLine: string[] = []
  let area: [number, number][] = []
  let areaLimit = 0
  const close = () => {
    if (area.length > 1) {
      const line = area.map(([at, v], i) => `${i === 0 ? 'M' : 'L'}${p(at, v)}`).join('')
      excessLine.push(line)
      excess.push(`${line}L${p(area[area.length - 1][0], areaLimit)}L${p(area[0][0], areaLimit)}Z`)
    }
    area = []
  }
  const over = strip.over ? [Date.parse(strip.over[0]), Date.parse(strip.over[1])] : null
  for (let i = 0; i < kmh.length; i++) {
    const at = strip.t_ms[i]
    const limit = limitAt(at)
    const prior = i > 0 ? kmh[i - 1] : null
    const above = limit !== null && kmh[i] > limit
    if (above && area.length > 0 && limit !== areaLimit) close()
    if (above) {
      areaLimit = limit
      // The area starts and ends where the line crosses the limit, not at the nearest report.
      if (area.length === 0 && prior !== null && prior <= limit)
        area.push([crossing(strip.t_ms[i - 1], prior, at, kmh[i], limit), limit])
      area.push([at, kmh[i]])
    } else if (area.length > 0) {
      if (limit === areaLimit && prior !== null)
        area.push([crossing(strip.t_ms[i - 1], prior, at, kmh[i], areaLimit), areaLimit])
      close()
    }
  }
  close()
  let peakAt = -1
  kmh.forEach((v, i) => {
    const inside = !over || (strip.t_ms[i] >= over[0] && strip.t_ms[i] <= over[1])
    if (inside && (peakAt < 0 || v > kmh[peakAt])) peakAt = i
  })
  return {
    speed,
    excess,
    excessLine,
    limit: runs
      .map((r, i) => `${i > 0 && runs[i - 1].to === r.from ? 'L' : 'M'}${p(r.from, r.kmh)}L${p(r.to, r.kmh)}`)
      .join(''),
    runs,
    over: over
      ? { x: x(Math.max(from, over[0])), width: Math.max(1, x(Math.min(to, over[1])) - x(Math.max(from, over[0]))) }
      : null,
    peak: peakAt < 0 ? null : { x: x(strip.t_ms[peakAt]), y: y(kmh[peakAt]), kmh: Math.round(kmh[peakAt]) },
    yTicks: Array.from({ length: Math.floor(top / 40) + 1 }, (_, i) => ({ kmh: i * 40, y: y(i * 40) })),
    x,
    y,
    top,
  }
}

/** Height of two lines of text above a point. */
const TWO_LINES = 36
/**
 * Where the words of a limit stand: on its line, or under it where the speed comes so close above that they would lie on its curve and on the
 * words of its peak.
 */
export function limitTextY({ peak, y }: Pick<SpeedStrip, 'peak' | 'y'>, kmh: number): number {
  const line = y(kmh)
  const close = peak !== null && peak.kmh >= kmh && line - peak.y < TWO_LINES
  return close ? line + 14 : line - 5
}

const crossing = (ta: number, va: number, tb: number, vb: number, limit: number): number =>
  ta + ((limit - va) / (vb - va || 1)) * (tb - ta)

/** Round times for the axis: about five, at 1, 2, 5, 10, 15 or 30 minutes. */
export function timeTicks(from: number, to: number): number[] {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 240].map((m) => m * 60_000)
  const step = steps.find((s) => (to - from) / s <= 6) ?? 360 * 60_000
  const ticks: number[] = []
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(at)
  return ticks
}
