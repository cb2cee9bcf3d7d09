/** What became of a line from one text to another. */
export interface DiffLine {
  kind: 'same' | 'gone' | 'new'
  text: string
}
/** Compared line by line up to this many pairs of lines; what is beyond is shown as replaced. */
const MOST_PAIRS = 1_000_000

/** The longest common lines of two texts, with what stands between them: gone ones before new ones. */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = before === '' ? [] : before.split('\n')
  const b = after === '' ? [] : after.split('\n')
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const same = (lines: string[]): DiffLine[] => lines.map((text) => ({ kind: 'same', text }))
  return [
    ...same(a.slice(0, start)),
    ...between(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...same(a.slice(a.length - end)),
  ]
}
function between(a: string[], b: string[]): DiffLine[] {
  const gone = (text: string): DiffLine => ({ kind: 'gone', text })
  const added = (text: string): DiffLine => ({ kind: 'new', text })
  if (a.length === 0 || b.length === 0 || a.length * b.length > MOST_PAIRS) return [...a.map(gone), ...b.map(added)]
  // longest[i][k]: common lines of a from i and b from k.
  const width = b.length + 1
  const longest = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let k = b.length - 1; k >= 0; k--)
      longest[i * width + k] =
        a[i] === b[k]
          ? longest[(i + 1) * width + k + 1] + 1
          : Math.max(longest[(i + 1) * width + k], longest[i * width + k + 1])
  const lines: DiffLine[] = []
  let [i, k] = [0, 0]
  while (i < a.length || k < b.length) {
    if (i < a.length && k < b.length && a[i] === b[k]) {
      lines.push({ kind: 'same', text: a[i] })
      i++
      k++
    } else if (i < a.length && (k === b.length || longest[(i + 1) * width + k] >= longest[i * width + k + 1])) {
      lines.push(gone(a[i++]))
    } else lines.push(added(b[k++]))
  }
  return lines
}
/** Only what changed, with so many lines around it; null stands for lines that are left out. */
export function hunks(lines: readonly DiffLine[], around: number): (DiffLine | null)[] {
  const near = (at: number) => lines.slice(Math.max(0, at - around), at + around + 1).some((one) => one.kind !== 'same')
  const shown: (DiffLine | null)[] = []
  lines.forEach((one, i) => {
    if (near(i)) shown.push(one)
    else if (shown.at(-1) !== null) shown.push(null)
  })
  return shown
}
