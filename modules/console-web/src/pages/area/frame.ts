/** A rectangle on the screen, px from the map's upper left corner. */
export interface Frame {
  left: number
  top: number
  width: number
  height: number
}
export interface Spot {
  x: number
  y: number
}

const STEP_PX = 16
const SMALLEST_PX = 24
/** Of each side of the map, what a rectangle takes that begins by keyboard. */
const FIRST_SHARE = 0.4

const clamped = (value: number, most: number): number => Math.min(Math.max(value, 0), Math.max(most, 0))

/** The rectangle between two corners, cut at the edges of the map. */
export function spanned(a: Spot, b: Spot, map: Spot): Frame {
  const [x0, x1] = [clamped(a.x, map.x), clamped(b.x, map.x)].sort((p, q) => p - q)
  const [y0, y1] = [clamped(a.y, map.y), clamped(b.y, map.y)].sort((p, q) => p - q)
  return { left: x0, top: y0, width: x1 - x0, height: y1 - y0 }
}

/** Where a rectangle begins that is moved and sized by keys. */
export function middle(map: Spot): Frame {
  const [width, height] = [map.x * FIRST_SHARE, map.y * FIRST_SHARE]
  return { left: (map.x - width) / 2, top: (map.y - height) / 2, width, height }
}

/** An arrow moves it, with Shift it moves the lower right corner; null for any other key. */
export function byKey(frame: Frame, key: string, shift: boolean, map: Spot): Frame | null {
  const dx = key === 'ArrowRight' ? STEP_PX : key === 'ArrowLeft' ? -STEP_PX : 0
  const dy = key === 'ArrowDown' ? STEP_PX : key === 'ArrowUp' ? -STEP_PX : 0
  if (dx === 0 && dy === 0) return null
  if (shift) {
    return {
      ...frame,
      width: Math.max(SMALLEST_PX, Math.min(frame.width + dx, map.x - frame.left)),
      height: Math.max(SMALLEST_PX, Math.min(frame.height + dy, map.y - frame.top)),
    }
  }
  return {
    ...frame,
    left: clamped(frame.left + dx, map.x - frame.width),
    top: clamped(frame.top + dy, map.y - frame.height),
  }
}

/** A click, or a hand that trembled, is no rectangle. */
export const isDrawn = (frame: Frame): boolean => Math.min(frame.width, frame.height) >= SMALLEST_PX / 2
