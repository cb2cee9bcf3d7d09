import type { Track } from '../api/types'

export interface Strip {
  /** Line of the speed, and the parts of it above the limit. */
  line: string
  over: string[]
  limitY: number | null
  peak: { x: number; y: number; kmh: number; at: string } | null
  width: number
  height: number
  /** Speeds with a line across. */
  ticks: { y: number; kmh: number }[]
}

const [WIDTH, HEIGHT, TOP, BOTTOM] = [320, 110, 16, 8]

/** The driver's own speed against the limit, in the units of the picture. */
export function strip(track: Track): Strip {
  const points = track.points.filter((p) => isFinite(Date.parse(p.at)))
  const limit = track.limit_kmh
  const peakPoint = points.reduce<Track['points'][number] | null>(
    (a, b) => (a && a.speed_kmh >= b.speed_kmh ? a : b),
    null,
  )
  const highest = Math.max(limit ?? 0, peakPoint?.speed_kmh ?? 0, 40)
  const top = Math.ceil((highest * 1.08) / 20) * 20
  const [from, to] = [Date.parse(track.from), Date.parse(track.to)]
  const x = (at: string): number => {
    const share = (Date.parse(at) - from) / Math.max(1, to - from)
    return Math.round(10 * WIDTH * Math.min(1, Math.max(0, share))) / 10
  }
  const y = (kmh: number): number => Math.round(10 * (HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * kmh) / top)) / 10
  const line = points.map((p, i) => `${i ? 'L' : 'M'}${x(p.at)} ${y(p.speed_kmh)}`).join('')
  const over: string[] = []
  if (limit !== null) {
    let run: string[] = []
    const close = (x2: number) => {
      if (run.length) over.push(`M${run[0].split(' ')[0]} ${y(limit)}L${run.join('L')}L${x2} ${y(limit)}Z`)
      run = []
    }
    points.forEach((p, i) => {
      const before = points[i - 1]
      const crossing = (a: typeof p, b: typeof p): number =>
        x(a.at) + ((x(b.at) - x(a.at)) * (limit - a.speed_kmh)) / (b.speed_kmh - a.speed_kmh || 1)
      if (p.speed_kmh > limit) {
        if (run.length === 0 && before) run.push(`${Math.round(crossing(before, p) * 10) / 10} ${y(limit)}`)
        run.push(`${x(p.at)} ${y(p.speed_kmh)}`)
      } else if (run.length) {
        close(Math.round(crossing(before, p) * 10) / 10)
      }
    })
    if (run.length) close(x(points[points.length - 1].at))
  }
  const ticks: Strip['ticks'] = []
  for (let kmh = 0; kmh <= top; kmh += top > 80 ? 40 : 20) ticks.push({ y: y(kmh), kmh })
  return {
    line,
    over,
    limitY: limit === null ? null : y(limit),
    peak: peakPoint
      ? { x: x(peakPoint.at), y: y(peakPoint.speed_kmh), kmh: Math.round(peakPoint.speed_kmh), at: peakPoint.at }
      : null,
    width: WIDTH,
    height: HEIGHT,
    ticks,
  }
}
