// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import * as calls from '@/api/calls'
import type { AlarmRow, Page } from '@/api/types'
import { useLive } from '@/app/live'
import { matches, useAlarmList } from './useAlarmList'

const alarm = (id: string, cursor: string, more: Partial<AlarmRow> = {}) =>
  ({
    id,
    cursor,
    rule: 'speeding',
    severity: 4,
    state: 'open',
    handling: 'new',
    evidence: 'live',
    company: { id: 3, name: '' },
    vehicle: { id: 9, plate: '渝B12345' },
    started_at: '2026-11-21T02:00:00Z',
    ...more,
  }) as unknown as AlarmRow

const scope = effectScope()
beforeEach(() => setActivePinia(createPinia()))
afterEach(() => {
  scope.stop()
  vi.restoreAllMocks()
})

function arrives(...rows: AlarmRow[]): void {
  useLive().$patch({
    arrivals: rows as never,
    touched: new Set(rows.map((r) => r.id)) as never,
    arrivalNumber: useLive().arrivalNumber + rows.length,
  })
}

test('what comes over the stream while the list is asked for is kept, and an older revision does not overwrite a newer row', async () => {
  let answer: (page: Page<AlarmRow>) => void = () => {}
  vi.spyOn(calls, 'alarms').mockImplementation(() => new Promise((done) => (answer = done)) as never)
  const list = scope.run(() => useAlarmList(ref({}), ref('key')))!
  arrives(alarm('b', '8'), alarm('a', '7', { state: 'closed' }))
  await flushPromises()
  answer({ items: [alarm('a', '5')], next_cursor: null })
  await flushPromises()
  expect(list.rows.value.map((r) => r.state)).toEqual(['closed'])
  expect(list.waitingCount.value).toBe(1)
  arrives(alarm('a', '6'))
  await flushPromises()
  expect(list.rows.value.map((r) => r.state)).toEqual(['closed'])
})

test('an alarm that a terminal sent belongs to its source only, and one that joined another to no list', () => {
  const sent = alarm('t', '1', { evidence: 'terminal' })
  expect(matches({ source: 'platform' }, sent)).toBe(false)
  expect(matches({ source: 'terminal' }, sent)).toBe(true)
  expect(matches({}, { ...sent, ended_by: 'joined' } as AlarmRow)).toBe(false)
})
