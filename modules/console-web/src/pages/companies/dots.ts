/** One dot a driver over a rate axis, stacked where drivers share a bin. */
export interface DotPlot {
  dots: { x: number; y: number; index: number }[]
  ticks: { x: number; value: number }[]
  /** Height the tallest stack takes, in the same units as `dot`. */
  height: number
}

export function dotPlot(values: (number | null)[], width: number, dot: number): DotPlot {
  const known = values.filter((v): v is number => v !== null)
  const most = Math.max(1, ...known)
  const step = [0.5, 1, 2, 5, 10, 20, 50].find((s) => most / s <= 6) ?? Math.ceil(most / 6)
  const end = Math.max(step, Math.ceil((most * 1.02) / step) * step)
  const bins = Math.max(1, Math.floor(width / dot))
  const stacks = new Array<number>(bins).fill(0)
  const dots: DotPlot['dots'] = []
  values.forEach((value, index) => {
    if (value === null) return
    const bin = Math.min(bins - 1, Math.floor((value / end) * bins))
    dots.push({ x: bin * dot + dot / 2, y: stacks[bin]++ * dot + dot / 2, index })
  })
  const ticks: DotPlot['ticks'] = []
  for (let v = 0; v <= end + 1e-9; v += step) ticks.push({ x: (v / end) * width, value: v })
  return { dots, ticks, height: Math.max(0, ...stacks) * dot }
}
