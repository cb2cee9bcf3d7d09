/** Closer points say nothing more of a signature. */
const STEP = 6
const MOST_POINTS = 400

/** One line of handwriting while the finger is down, in thousandths of the field's width and height. */
export class Stroke {
  readonly points: number[] = []

  /** Adds a place, given as shares of the field; true if the line has grown. */
  to(shareX: number, shareY: number): boolean {
    const x = thousandths(shareX)
    const y = thousandths(shareY)
    const n = this.points.length
    if (n >= 2 * MOST_POINTS) return false
    if (n >= 2 && Math.abs(x - this.points[n - 2]) < STEP && Math.abs(y - this.points[n - 1]) < STEP) return false
    this.points.push(x, y)
    return true
  }
}
const thousandths = (share: number): number => Math.round(1000 * Math.min(1, Math.max(0, share)))
/** Whether so much was drawn that it can be somebody's name. */
export const isSignature = (strokes: number[][]): boolean =>
  strokes.reduce((sum, line) => sum + line.length / 2, 0) >= 8

/** Numbers and lines that a server keeps of one signature; whoever writes on just sees no more of it. */
const MOST_NUMBERS = 7_200
const MOST_LINES = 150
export const hasRoom = (strokes: number[][]): boolean =>
  strokes.length < MOST_LINES && strokes.reduce((sum, line) => sum + line.length, 0) < MOST_NUMBERS
