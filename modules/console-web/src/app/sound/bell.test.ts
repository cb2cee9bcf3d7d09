import { describe, expect, test } from 'vitest'
import type { AlarmRow } from '@/api/types'
import { CriticalBell, QUIET_MS } from './bell'

const alarm = (id: string, change: object = {}): AlarmRow =>
  ({ id, severity: 4, state: 'open', handling: 'new', ended_by: null, ...change }) as unknown as AlarmRow
function belled() {
  const rung: string[] = []
  return { rung, bell: new CriticalBell(() => rung.push('ding')) }
}

describe('the sound of a critical alarm', () => {
  test('comes with the alarm, and once only whatever becomes of it', () => {
    const { rung, bell } = belled()
    bell.came(alarm('a'), 0)
    bell.came(alarm('a', { state: 'amended' }), QUIET_MS)
    bell.came(alarm('a', { state: 'closed' }), 2 * QUIET_MS)
    bell.look(3 * QUIET_MS)
    expect(rung).toHaveLength(1)
  })
  test('comes when an alarm grows critical, also when it waits for the company, and not when it falls and grows again', () => {
    const { rung, bell } = belled()
    bell.came(alarm('a', { severity: 3 }), 0)
    expect(rung).toHaveLength(0)
    bell.came(alarm('a', { severity: 4, handling: 'waiting' }), 1)
    expect(rung).toHaveLength(1)
    bell.came(alarm('a', { severity: 3 }), QUIET_MS + 2)
    bell.came(alarm('a'), QUIET_MS + 3)
    expect(rung).toHaveLength(1)
  })
  test.each([
    [{ severity: 3 }],
    [{ state: 'prewarned' }],
    [{ state: 'withdrawn' }],
    [{ ended_by: 'joined' }],
    [{ handling: 'resolved' }],
    [{ handling: 'false' }],
  ])('does not come for %o', (change) => {
    const { rung, bell } = belled()
    bell.came(alarm('a', change), 0)
    expect(rung).toHaveLength(0)
  })
  test('does not come for what stood in the queue before', () => {
    const { rung, bell } = belled()
    bell.knows([alarm('a'), alarm('b', { severity: 3 })])
    bell.came(alarm('a', { state: 'amended' }), 0)
    expect(rung).toHaveLength(0)
    bell.came(alarm('b', { state: 'amended' }), 0)
    expect(rung).toHaveLength(1)
  })
  test('comes at most once in fifteen seconds, and what waited meanwhile sounds once after them', () => {
    const { rung, bell } = belled()
    for (let i = 0; i < 40; i++) bell.came(alarm(`a${i}`), i)
    expect(rung).toHaveLength(1)
    bell.look(QUIET_MS - 1)
    expect(rung).toHaveLength(1)
    bell.look(QUIET_MS)
    expect(rung).toHaveLength(2)
    bell.look(3 * QUIET_MS)
    expect(rung).toHaveLength(2)
  })
  test('does not come late for what somebody has taken meanwhile', () => {
    const { rung, bell } = belled()
    bell.came(alarm('a'), 0)
    bell.came(alarm('b'), 1)
    bell.handled('b')
    bell.look(QUIET_MS)
    expect(rung).toHaveLength(1)
  })
})
