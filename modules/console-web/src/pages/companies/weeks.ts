import type { RiskWeek } from '@/api/types'

/** Places of a picture in its own units: x from the left, y from the top, of scores 0 to 100. */
export interface Frame {
  width: number
  height: number
}
export interface WeeksPicture {
  /** The company's own line, in pieces where weeks are missing. */
  own: string[]
  points: { x: number; y: number; week: RiskWeek }[]
  /** Closed outline of the middle half of the companies of its size; empty without any. */
  band: string
  median: string
}

export const yOf = (score: number, frame: Frame): number => frame.height - (score / 100) * frame.height

export function picture(weeks: readonly RiskWeek[], frame: Frame): WeeksPicture {
  const x = (i: number) => (weeks.length < 2 ? frame.width : (i / (weeks.length - 1)) * frame.width)
  const own: string[] = []
  const points: WeeksPicture['points'] = []
  let piece = ''
  weeks.forEach((week, i) => {
    if (week.score === null) {
      if (piece) own.push(piece)
      piece = ''
      return
    }
    const y = yOf(week.score, frame)
    piece += `${piece ? 'L' : 'M'}${x(i).toFixed(1)},${y.toFixed(1)}`
    points.push({ x: x(i), y, week })
  })
  if (piece) own.push(piece)
  const known = weeks
    .map((week, i) => ({ week, i }))
    .filter(({ week }) => week.quarter !== null && week.median !== null)
  const at = (i: number, score: number) => `${x(i).toFixed(1)},${yOf(score, frame).toFixed(1)}`
  const top = known.map(({ week, i }) => at(i, week.three_quarters ?? 0))
  const bottom = known.map(({ week, i }) => at(i, week.quarter ?? 0)).reverse()
  return {
    own,
    points,
    band: known.length > 1 ? `M${[...top, ...bottom].join('L')}Z` : '',
    median: known.length > 1 ? `M${known.map(({ week, i }) => at(i, week.median ?? 0)).join('L')}` : '',
  }
}
