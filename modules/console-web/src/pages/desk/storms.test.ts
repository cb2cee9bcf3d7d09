import { expect, test } from 'vitest'
import type { DeskAlarm } from '@/api/types'
import { byModel, linesOf } from './storms'

const row = (n: number, change: object = {}): DeskAlarm =>
  ({
    id: `a${n}`,
    rule: 'speeding',
    severity: 3,
    company: { id: 1, name: 'Yujie' },
    opened_at: new Date(Date.UTC(2026, 10, 21, 2, n)).toISOString(),
    desk: { handling: 'new' },
    ...change,
  }) as unknown as DeskAlarm
const many = (n: number, change: object = {}) => Array.from({ length: n }, (_, i) => row(i, change))
const shown = (rows: DeskAlarm[], unfolded: string[] = [], open: string | null = null) =>
  linesOf(rows, new Set(unfolded), open).map((line) => (line.storm ? `${line.storm.count}` : line.row.id))

test('nine of a kind stand as they are, ten are one line and the first of them', () => {
  expect(shown(many(9))).toHaveLength(9)
  expect(shown(many(10))).toEqual(['10', 'a0'])
})
test('what is of another rule, company or severity, or comes later, is no part of it', () => {
  const others = [
    row(3, { id: 'rule', rule: 'fatigue' }),
    row(3, { id: 'company', company: { id: 2, name: 'Rongtong' } }),
    row(3, { id: 'severity', severity: 4 }),
    row(40, { id: 'later' }),
  ]
  expect(shown([...others, ...many(12)])).toEqual(['rule', 'company', 'severity', 'later', '12', 'a0'])
})
test('what somebody has taken up, or looks at, stays in sight', () => {
  const rows = many(12)
  rows[5] = row(5, { desk: { handling: 'claimed' } })
  expect(shown(rows, [], 'a7')).toEqual(['11', 'a0', 'a5', 'a7'])
})
test('it stays unfolded while its alarms are handled one after the other', () => {
  const rows = many(10)
  const key = linesOf(rows, new Set(), null)[0].key
  rows[0] = row(0, { desk: { handling: 'resolved' } })
  expect(shown(rows, [key])).toHaveLength(11)
  expect(shown(rows)).toEqual(['a0', '9', 'a1'])
})
test('unfolded it shows all, and stays the same storm when more come', () => {
  const key = linesOf(many(10), new Set(), null)[0].key
  expect(shown(many(11), [key])).toEqual(['11', ...many(11).map((one) => one.id)])
})
test('by area or by model they are folded whatever their company, and what has none stands by itself', () => {
  const rows = many(12).map((_, i) =>
    row(i, { company: { id: i, name: 'c' }, terminal_model: i === 3 ? null : 'BSJ-A5', place: { lat: 29, lon: 106 } }),
  )
  expect(shown(rows)).toHaveLength(12)
  const lines = (kindOf: (one: DeskAlarm) => string | null) =>
    linesOf(rows, new Set(), null, kindOf).map((line) => (line.storm ? `${line.storm.count}` : line.row.id))
  expect(lines(byModel)).toEqual(['11', 'a0', 'a3'])
  expect(lines((one) => (one.place ? 'here' : null))).toEqual(['12', 'a0'])
})
