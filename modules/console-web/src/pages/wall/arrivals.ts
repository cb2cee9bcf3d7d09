import type { Usual } from '@/api/wall'

/** Slots of ten minutes in a local day. */
export const SLOTS = 144

/** The highest value that the picture has to hold, at least 5, so that a quiet day does not look like a storm. */
export function highest(today: readonly number[], usual: readonly Usual[]): number {
  return Math.max(5, ...today, ...usual.map((each) => each.high))
}

const x = (slot: number, width: number): number => (slot / (SLOTS - 1)) * width
const y = (value: number, top: number, height: number): number => height - (value / top) * height

/** A line through the values, as the path of an SVG. */
export function line(values: readonly number[], top: number, width: number, height: number): string {
  return values
    .map((value, slot) => `${slot === 0 ? 'M' : 'L'}${x(slot, width).toFixed(1)} ${y(value, top, height).toFixed(1)}`)
    .join('')
}

/** The middle half of the days before, as a closed path. */
export function band(usual: readonly Usual[], top: number, width: number, height: number): string {
  if (usual.length === 0) return ''
  const above = usual.map((each, slot) => `${x(slot, width).toFixed(1)} ${y(each.high, top, height).toFixed(1)}`)
  const below = usual.map((each, slot) => `${x(slot, width).toFixed(1)} ${y(each.low, top, height).toFixed(1)}`)
  return `M${above.join('L')}L${below.reverse().join('L')}Z`
}

/** How much of a wall may be believed: everything, with a warning, or nothing. */
export type Trust = 'live' | 'old' | 'dead'

const OLD_MS = 10_000
const DEAD_MS = 60_000

/**
 * The older of both sources decides: positions that go on say nothing of figures that stand.
 *
 * @param figuresEveryMs between two answers when all is well
 */
export function trust(dataMs: number, figuresMs: number, nowMs: number, figuresEveryMs: number): Trust {
  const positions = dataMs <= 0 ? Number.POSITIVE_INFINITY : nowMs - dataMs
  const figures = figuresMs <= 0 ? Number.POSITIVE_INFINITY : nowMs - figuresMs - figuresEveryMs
  const age = Math.max(positions, figures)
  return age >= DEAD_MS ? 'dead' : age >= OLD_MS ? 'old' : 'live'
}
