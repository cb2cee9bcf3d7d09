import { describe, expect, test } from 'vitest'
import type { DeskAlarm, DeskContext } from '@/api/types'
import { actOf, draftOf, missing, nextRow, sameKind, timeLeft } from './acts'
import { belongs } from './useQueue'

const row = (id: string, change: object = {}): DeskAlarm =>
  ({
    id,
    rule: 'speeding',
    severity: 3,
    state: 'open',
    handling: 'new',
    ended_by: null,
    vehicle: { id: 1, plate: 'A' },
    opened_at: '2026-11-21T02:00:00Z',
    started_at: '2026-11-21T02:00:00Z',
    facts: {},
    desk: { handling: 'new', due_at: '2026-11-21T02:05:00Z' },
    ...change,
  }) as unknown as DeskAlarm
const context = {
  suggestion: { kind: 'text', reason: 'goes_on' },
  texts: [
    { language: 'zh-CN', words: 'z' },
    { language: 'en', words: 'e' },
  ],
} as unknown as DeskContext

describe('an act', () => {
  test('is filled in with the suggestion, so that one key confirms it', () => {
    const draft = draftOf(context, 'w')
    expect(missing(draft, 3)).toBeNull()
    expect(actOf(draft)).toEqual({ kind: 'text', text: 'z', note: '' })
  })
  test.each([
    [{ kind: 'text', note: '' }, 4, 'note'],
    [{ kind: 'text', note: ' seen ' }, 4, null],
    [{ kind: 'text', text: ' ' }, 1, 'text'],
    [{ kind: 'notice', words: 'x' }, 1, 'words'],
    [{ kind: 'false' }, 1, 'reason'],
    [{ kind: 'false', reason: 'other' }, 1, 'note'],
    [{ kind: 'false', reason: 'test' }, 3, null],
    [{ kind: 'escalate' }, 2, 'note'],
    [{ kind: 'call' }, 2, null],
  ] as const)('%o of level %i lacks %s', (change, severity, lacks) => {
    expect(missing({ ...draftOf(context, 'words'), ...change }, severity)).toBe(lacks)
  })
})

describe('what is acted on together', () => {
  const here = row('a')
  test('is of one rule and one truck', () => {
    const rows = [here, row('b'), row('c', { rule: 'fatigue' }), row('d', { severity: 4 })]
    expect(sameKind(here, rows).map((r) => r.id)).toEqual(['b'])
  })
  test('or of one rule and one zone, whatever the truck', () => {
    const zone = (id: string, zone_id: string) => row(id, { vehicle: { id: 9, plate: '' }, facts: { zone_id } })
    const from = row('a', { facts: { zone_id: '7' } })
    expect(sameKind(from, [from, zone('b', '7'), zone('c', '8')]).map((r) => r.id)).toEqual(['b'])
  })
  test('is nothing for a critical one, or what somebody has', () => {
    expect(sameKind(row('a', { severity: 4 }), [row('b')])).toEqual([])
    expect(sameKind(here, [row('b', { desk: { handling: 'claimed' } })])).toEqual([])
  })
})

describe('the queue', () => {
  test('the next row is one that somebody can do something about', () => {
    const rows = [row('a'), row('b', { handling: 'x' }), row('c')]
    const free = (r: DeskAlarm) => r.handling === 'new'
    expect(nextRow(rows, 0, 1, free)).toBe(2)
    expect(nextRow(rows, 2, 1, free)).toBe(-1)
    expect(nextRow(rows, 2, -1, free)).toBe(0)
  })
  test('time left is told with its share of the whole', () => {
    expect(timeLeft(row('a'), Date.parse('2026-11-21T02:04:00Z'))).toEqual({ ms: 60_000, share: 0.2 })
    expect(timeLeft(row('a'), Date.parse('2026-11-21T02:06:00Z'))).toEqual({ ms: -60_000, share: 0 })
    expect(timeLeft(row('a', { desk: { due_at: null } }), 0)).toBeNull()
  })
  test.each([
    [{}, true],
    [{ state: 'withdrawn' }, false],
    [{ state: 'prewarned' }, false],
    [{ ended_by: 'joined' }, false],
    [{ handling: 'resolved' }, false],
    [{ severity: 2 }, false],
  ])('an arriving alarm with %o belongs: %s', (change, wanted) =>
    expect(belongs({ view: 'todo', severity: '3,4' }, row('a', change))).toBe(wanted),
  )
})
