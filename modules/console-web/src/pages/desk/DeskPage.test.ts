// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { AlarmRow, DeskAlarm, DeskState } from '@/api/types'
import { useLive } from '@/app/live'
import { useSession } from '@/app/session'
import { session, useStage } from '../stage'
import DeskPage from './DeskPage.vue'

const { answers, asked, part, router, show, whole } = useStage({
  desk: '/desk/:id?',
  shift: '/shift',
  alarms: '/alarms',
})

const state = (handling: string, change: Partial<DeskState> = {}): DeskState => ({
  handling,
  waits_for: null,
  duty: 'ack',
  due_at: null,
  holder: null,
  held_until: null,
  act: null,
  asked_by: null,
  ...change,
})
const row = (id: string, severity: number, change: object = {}) =>
  ({
    id,
    rule: 'speeding',
    severity,
    state: 'open',
    handling: 'new',
    company: { id: 3, name: '甲' },
    vehicle: { id: 9, plate: '渝B12345' },
    driver: null,
    started_at: '2026-11-21T02:00:00Z',
    opened_at: '2026-11-21T02:00:00Z',
    ended_at: null,
    ended_by: null,
    measures: {},
    facts: {},
    desk: state('new'),
    times: 1,
    place: null,
    terminal_model: null,
    ...change,
  }) as unknown as DeskAlarm
const queue = (items: DeskAlarm[], counts: object) => ({
  body: {
    items,
    next_cursor: null,
    counts,
    counted_to: 10_000,
    shift: { done: 0, median_s: null },
    server_time: '2026-11-21T02:00:00Z',
  },
})
const arrives = async (alarm: AlarmRow) => {
  useLive().$patch({ arrivals: [alarm] as never, arrivalNumber: useLive().arrivalNumber + 1 })
  await flushPromises()
}
const handled = async (id: string, handling: string, desk: DeskState) => {
  useLive().$patch({
    touched: new Set([id]) as never,
    lastHandled: { id, handling, desk } as never,
    arrivalNumber: useLive().arrivalNumber + 1,
  })
  await flushPromises()
}
const level = (n: number) => part(`desk-level-${n}`)
const total = () => whole().find('h1').text()
const click = async (element: Element) => {
  ;(element as HTMLElement).focus()
  element.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }))
  await flushPromises()
}
const opened = () => router().currentRoute.value.params.id

beforeEach(() => {
  vi.stubGlobal('innerWidth', 1600)
  useSession().$patch({ user: session.user as never, phase: 'in' })
  answers['GET /api/v1/desk'] = queue([row('a', 3), row('b', 3), row('c', 2)], { 1: 0, 2: 1, 3: 2, 4: 0 })
})

describe('the desk', () => {
  test('a chip that was clicked gives the keys back, one that was reached by Tab keeps them', async () => {
    await show(DeskPage, {}, '/desk')
    await click(level(2).element)
    expect(document.activeElement).toBe(document.body)
    ;(level(2).element as HTMLElement).focus()
    level(2).element.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 0 }))
    expect(document.activeElement).toBe(level(2).element)
  })
  test('the counts follow what is done and what comes, each counted once', async () => {
    await show(DeskPage, {}, '/desk')
    expect(total()).toContain('3')
    const done = state('acknowledged')
    await handled('a', 'acknowledged', done)
    await handled('a', 'acknowledged', done)
    expect([level(3).text(), total()]).toEqual(['1', expect.stringContaining('2')])
    await handled('b', 'waiting', state('waiting', { waits_for: 'company', due_at: '2999-01-01T00:00:00Z' }))
    expect(level(3).text()).toBe('0')
    const fresh = row('d', 4)
    await arrives(fresh)
    await arrives({ ...fresh, state: 'closed' })
    expect([level(4).text(), total()]).toEqual(['1', expect.stringContaining('2')])
    await handled('d', 'acknowledged', done)
    expect([level(4).text(), part('desk-arrivals').exists()]).toEqual(['0', false])
    await handled('unknown', 'acknowledged', done)
    expect(total()).toContain('1')
  })
  test('a claim, and an act that is undone, change no count', async () => {
    await show(DeskPage, {}, '/desk')
    const holder = { id: 1, name: '周岚' }
    for (const handling of ['claimed', 'acting', 'claimed']) await handled('a', handling, state(handling, { holder }))
    expect(level(3).text()).toBe('2')
    await handled('a', 'acknowledged', state('acknowledged'))
    await handled('a', 'new', state('new'))
    expect(level(3).text()).toBe('2')
  })
  test('a later word of an alarm that another level hides is not counted again', async () => {
    answers['GET /api/v1/desk'] = queue([row('c', 2)], { 1: 0, 2: 1, 3: 2, 4: 0 })
    await show(DeskPage, {}, '/desk?severity=2')
    await arrives(row('a', 3, { state: 'closed' }))
    expect(level(3).text()).toBe('2')
    await arrives(row('new', 3))
    expect(level(3).text()).toBe('3')
  })
  test('a filter closes the alarm that it hides and opens the first that it shows', async () => {
    await show(DeskPage, {}, '/desk')
    expect(opened()).toBe('a')
    answers['GET /api/v1/desk'] = queue([row('c', 2)], { 1: 0, 2: 1, 3: 2, 4: 0 })
    await click(level(2).element)
    expect(opened()).toBe('c')
    answers['GET /api/v1/desk'] = queue([], { 1: 0, 2: 1, 3: 2, 4: 0 })
    await click(level(1).element)
    expect(opened()).toBe('')
    expect(asked.filter((one) => one.path.includes('severity=')).length).toBe(2)
  })
  test('an alarm that was opened by its address outlives a filter that hides it', async () => {
    await show(DeskPage, {}, '/desk/z')
    await click(level(2).element)
    expect(opened()).toBe('z')
  })
})
