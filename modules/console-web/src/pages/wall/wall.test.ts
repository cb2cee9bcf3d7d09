import { describe, expect, it } from 'vitest'
import { band, highest, line, SLOTS, trust } from './arrivals'

describe('the big screen', () => {
  it('is believed for ten seconds, warned of until a minute, and not believed after that', () => {
    const now = 1_000_000
    expect(trust(now - 9_999, now, now, 15_000)).toBe('live')
    expect(trust(now - 10_000, now, now, 15_000)).toBe('old')
    expect(trust(now - 60_000, now, now, 15_000)).toBe('dead')
    expect(trust(0, now, now, 15_000)).toBe('dead')
  })
  it('does not believe figures that stand while positions go on', () => {
    const now = 1_000_000
    expect(trust(now, now - 24_999, now, 15_000)).toBe('live')
    expect(trust(now, now - 25_000, now, 15_000)).toBe('old')
    expect(trust(now, now - 75_000, now, 15_000)).toBe('dead')
    expect(trust(now, 0, now, 15_000)).toBe('dead')
  })
  it('draws a day from left to right and the usual band behind it', () => {
    expect(line([0, 5], 5, 143, 100)).toBe('M0.0 100.0L1.0 0.0')
    const usual = Array.from({ length: SLOTS }, () => ({ low: 1, middle: 2, high: 4 }))
    expect(highest([1, 3], usual)).toBe(5)
    expect(highest([1, 81], usual)).toBe(81)
    const path = band(usual, 5, 143, 100)
    expect(path.startsWith('M0.0 20.0L')).toBe(true)
    expect(path.endsWith('L0.0 80.0Z')).toBe(true)
    expect(band([], 5, 143, 100)).toBe('')
  })
})
