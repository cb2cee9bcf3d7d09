import { describe, expect, test } from 'vitest'
import { fits, kilometres, mostKilometres, stepsNearer, type Box } from './area'
import { byKey, isDrawn, middle, spanned } from './frame'

const MAP = { x: 1000, y: 600 }

describe('a drawn area', () => {
  test('lies between the two corners, whichever was first, and ends at the edge of the map', () => {
    expect(spanned({ x: 300, y: 200 }, { x: 100, y: 250 }, MAP)).toEqual({
      left: 100,
      top: 200,
      width: 200,
      height: 50,
    })
    expect(spanned({ x: 900, y: 500 }, { x: 1200, y: -40 }, MAP)).toEqual({
      left: 900,
      top: 0,
      width: 100,
      height: 500,
    })
  })
  test('a click is none', () => {
    expect(isDrawn(spanned({ x: 5, y: 5 }, { x: 8, y: 300 }, MAP))).toBe(false)
    expect(isDrawn(spanned({ x: 5, y: 5 }, { x: 25, y: 30 }, MAP))).toBe(true)
  })
  test('begins in the middle for keys, which move it, with Shift size it, and keep it on the map', () => {
    let frame = middle(MAP)
    expect(frame).toEqual({ left: 300, top: 180, width: 400, height: 240 })
    expect(byKey(frame, 'ArrowLeft', false, MAP)).toEqual({ ...frame, left: 284 })
    expect(byKey(frame, 'ArrowDown', true, MAP)).toEqual({ ...frame, height: 256 })
    for (let i = 0; i < 100; i++) frame = byKey(frame, 'ArrowRight', i % 2 === 0, MAP)!
    expect(frame.left + frame.width).toBe(1000)
    for (let i = 0; i < 100; i++) frame = byKey(frame, 'ArrowUp', true, MAP)!
    expect(frame.height).toBe(24)
    expect(byKey(frame, 'a', false, MAP)).toBeNull()
  })
})

describe('an area that is too large', () => {
  const china: Box = [73, 18, 135, 54]
  const small: Box = [106, 29, 108, 30.5]
  test('is known before it is asked for, and how much nearer it has to be', () => {
    expect(fits(small)).toBe(true)
    expect(stepsNearer(small)).toBe(0)
    expect(fits(china)).toBe(false)
    // 62 degrees become 3.8: 62 / 2^n = 3.8.
    expect(62 / 2 ** stepsNearer(china)).toBeCloseTo(3.8, 6)
    expect(fits([106, 29, 108, 33.01])).toBe(false)
  })
  test('is said in kilometres, with what may be at its latitude', () => {
    // At 60 degrees a degree of longitude is half as long: 2 × 111.2 × 0.5 and 2 × 111.2.
    expect(kilometres([10, 59, 12, 61])).toEqual([111, 222])
    expect(mostKilometres([0, 50, 22, 70])).toEqual([222, 445])
  })
})
