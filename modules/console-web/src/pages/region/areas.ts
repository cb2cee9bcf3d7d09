import type { RegionCompany } from '@/api/region'

export type Level = 'province' | 'prefecture'
/** Companies of one place together. */
export interface Area {
  /** Of the outline that it is drawn with: six digits. */
  code: string
  companies: number
  trucks: number
  count: number
  exposure: number
  /** Ratio of sums; null without exposure. */
  rate: number | null
}

/**
 * The outline that a company's place lies in. A city under a province directly has an outline of its own; a municipality, and what has no
 * outline of a prefecture, is drawn as its province.
 */
export function placeOf(adcode: string, level: Level, outlines: ReadonlySet<string>): string {
  const province = `${adcode.slice(0, 2)}0000`
  if (level === 'province') return province
  const prefecture = `${adcode.slice(0, 4)}00`
  return [prefecture, adcode].find((code) => outlines.has(code)) ?? province
}

/** Sums by place, the highest rate first; those without a rate last. */
export function areasOf(rows: readonly RegionCompany[], level: Level, outlines: ReadonlySet<string>): Area[] {
  const areas = new Map<string, Area>()
  for (const row of rows) {
    const code = placeOf(row.adcode, level, outlines)
    const area = areas.get(code) ?? { code, companies: 0, trucks: 0, count: 0, exposure: 0, rate: null }
    area.companies += 1
    area.trucks += row.trucks
    area.count += row.count
    area.exposure += row.exposure
    areas.set(code, area)
  }
  for (const area of areas.values()) area.rate = area.exposure > 0 ? area.count / area.exposure : null
  return [...areas.values()].sort(byRate)
}

export function byRate<T extends { rate: number | null; count: number }>(a: T, b: T): number {
  return (b.rate ?? -1) - (a.rate ?? -1) || b.count - a.count
}

/** To two digits that count, as a legend shows it. */
export function rounded(value: number): number {
  if (value === 0) return 0
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1)
  return Number((Math.round(value / step) * step).toPrecision(2))
}

/** Lower edges of at most `most` classes with about as many places in each; the first is 0. */
export function classes(rates: readonly (number | null)[], most: number): number[] {
  const known = rates.filter((rate): rate is number => rate !== null).sort((a, b) => a - b)
  const edges = [0]
  for (let i = 1; i < most; i++) {
    const edge = rounded(known[Math.floor((i * known.length) / most)] ?? 0)
    // Rounded up, an edge may lie above them all.
    if (edge > edges[edges.length - 1] && edge <= (known.at(-1) ?? 0)) edges.push(edge)
  }
  return edges
}

/** The class that a rate falls into. */
export const classOf = (rate: number, edges: readonly number[]): number => edges.findLastIndex((edge) => rate >= edge)

/** Round values of an axis in powers of ten, 1, 2 and 5 of each, from its least to its most. */
export function logTicks(least: number, most: number): number[] {
  const ticks: number[] = []
  for (let power = Math.floor(Math.log10(least)); 10 ** power <= most; power++)
    for (const step of [1, 2, 5]) {
      const tick = Number(`${step}e${power}`)
      if (tick >= least && tick <= most) ticks.push(tick)
    }
  return ticks
}
