// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useVisit } from '@/pages/visit'
import StormBanner from './StormBanner.vue'
import { useStorms } from './storms'

const { answers, show, part } = useVisit()
const nothing = { render: () => null }
const router = createRouter({
  history: createMemoryHistory(),
  routes: [{ path: '/desk', name: 'desk', component: nothing }],
})
const share = { alarms: 60, share: 0.6, usual: 0.1, stands_out: true }
const storm = {
  since: '2026-11-21T02:12:00Z',
  alarms: 1204,
  busiest_minute: 85,
  rules: [{ rule: 'speeding', alarms: 903 }],
  models: [{ model: 'BSJ-A5', ...share }],
  areas: [{ lat: 29.56, lon: 106.55, ...share, stands_out: false }],
}
beforeEach(() => (answers['GET /api/v1/desk/storm'] = { body: { per_minute: 30, storm } }))
afterEach(() => useStorms().stop())

test('a lead reads since when it storms, how many there are, and what stands out', async () => {
  await show(StormBanner, {}, router)
  expect(part('banner-storm').exists()).toBe(false)
  useStorms().start()
  await flushPromises()
  const text = part('banner-storm').text()
  expect(text).toContain('1,204 alarms, 85 in the busiest minute')
  expect(text).toContain('75 %')
  expect(text).toContain('Model BSJ-A5: 60 % of the alarms, 10 % of the trucks')
  expect(part('storm-area').exists()).toBe(false)
  const links = part('banner-storm').findAll('a')
  expect(links.map((link) => link.attributes('href'))).toEqual(['/desk?group=model', '/desk?group=area'])
})
