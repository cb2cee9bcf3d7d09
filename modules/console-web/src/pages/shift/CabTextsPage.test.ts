// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, test } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useSession } from '@/app/session'
import { useVisit } from '../visit'
import CabTextsPage from './CabTextsPage.vue'

const TEXTS = '/api/v1/desk/cab-texts'
const { answers, asked, part, parts, show, send } = useVisit()
const nothing = { render: () => null }
const router = createRouter({
  history: createMemoryHistory(),
  routes: ['deadlines', 'desk'].map((name) => ({ name, path: `/${name}`, component: nothing })),
})
const text = (change: object = {}) => ({
  rule: 'speeding',
  language: 'zh-CN',
  place: 1,
  words: '限速{limit}公里',
  built_in: '限速{limit}公里',
  bytes: 11,
  changed_by: null,
  changed_at: null,
  ...change,
})
const answer = (...texts: object[]) => ({ body: { texts, longest: 500, most_bytes: 1000 } })
beforeEach(() => (answers[`GET ${TEXTS}`] = answer(text())))

test('an administrator changes a text, sees how long it gets, and goes back to what came with the product', async () => {
  useSession().$patch({ phase: 'in', user: { role: 'admin', scope: 'all' } as never })
  await show(CabTextsPage, {}, router)
  expect(parts('cab-texts-row')).toHaveLength(9)
  await part('cab-text-change').trigger('click')
  await part('cab-text-words').setValue('慢 {speed}')
  expect(part('cab-text-wrong').text()).toContain('{limit}')
  expect(part('cab-text-save').attributes('disabled')).toBeDefined()
  await part('cab-text-words').setValue('限速{limit}，慢行')
  expect(part('cab-text-preview').text()).toContain('限速120，慢行')
  expect(part('cab-text').text()).toContain('13 of 1,000 bytes')
  const changed = text({ words: '限速{limit}，慢行', changed_by: 'Zhou Lan', changed_at: '2026-11-21T02:00:00Z' })
  answers[`PATCH ${TEXTS}`] = answer(changed)
  await send()
  expect(asked.at(-1)?.body).toEqual({ rule: 'speeding', language: 'zh-CN', place: 1, words: '限速{limit}，慢行' })
  expect(part('cab-text').text()).toContain('Zhou Lan')
  await part('cab-text-change').trigger('click')
  answers[`PATCH ${TEXTS}`] = answer(text())
  await part('cab-text-reset').trigger('click')
  await flushPromises()
  expect(asked.at(-1)?.body).toMatchObject({ words: null })
  expect(part('cab-text').text()).toContain('built in')
})
test('an agent reads what is offered and changes nothing', async () => {
  useSession().$patch({ phase: 'in', user: { role: 'agent', scope: 'all' } as never })
  await show(CabTextsPage, {}, router)
  expect(parts('cab-text')).toHaveLength(1)
  expect(part('cab-text-change').exists()).toBe(false)
})
