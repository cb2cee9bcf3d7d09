import { describe, expect, test } from 'vitest'
import { diffLines, hunks, type DiffLine } from './lineDiff'

const marks = { same: ' ', gone: '-', new: '+' }
const shown = (lines: readonly (DiffLine | null)[]) => lines.map((one) => (one ? marks[one.kind] + one.text : '…'))
const text = (...lines: string[]) => lines.join('\n')

describe('what changed between two texts', () => {
  test('is nothing where they say the same', () => {
    expect(shown(diffLines(text('a', 'b'), text('a', 'b')))).toEqual([' a', ' b'])
    expect(diffLines('', '')).toEqual([])
  })
  test('is everything where one is empty', () => {
    expect(shown(diffLines('', text('a', 'b')))).toEqual(['+a', '+b'])
    expect(shown(diffLines(text('a', 'b'), ''))).toEqual(['-a', '-b'])
  })
  test('is one line that was rewritten among those that stayed', () => {
    expect(shown(diffLines(text('# Ice', '', 'Slow.'), text('# Ice', '', 'Slow down.')))).toEqual([
      ' # Ice',
      ' ',
      '-Slow.',
      '+Slow down.',
    ])
  })
  test('keeps what moved only where it costs least', () => {
    expect(shown(diffLines(text('a', 'b', 'c', 'd'), text('b', 'c', 'a', 'd')))).toEqual(['-a', ' b', ' c', '+a', ' d'])
  })
  test('gives back both texts whatever they are', () => {
    // A plain generator, so that a failure can be run again.
    let seed = 7
    const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
    for (let round = 0; round < 200; round++) {
      const lines = () => Array.from({ length: next(8) }, () => 'abc'[next(3)])
      const [before, after] = [lines(), lines()]
      const found = diffLines(text(...before), text(...after))
      const without = (kind: DiffLine['kind']) => found.filter((one) => one.kind !== kind).map((one) => one.text)
      expect([round, without('new')]).toEqual([round, before])
      expect([round, without('gone')]).toEqual([round, after])
    }
  })
  test('is shown with the lines around it', () => {
    const before = text(...'abcdefghi')
    expect(shown(hunks(diffLines(before, before.replace('e', 'E')), 1))).toEqual(['…', ' d', '-e', '+E', ' f', '…'])
    expect(hunks(diffLines(before, before), 1)).toEqual([null])
  })
})
