// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { NMessageProvider } from 'naive-ui'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { i18n } from '@/i18n'
import ReplayPage from './ReplayPage.vue'

vi.mock('./ReplayMap.vue', () => ({ default: defineComponent({ render: () => h('i') }) }))

const T0 = Date.parse('2026-03-04T16:00:00Z')
const iso = (seconds: number) => new Date(T0 + seconds * 1000).toISOString()
const trip = (from: number, to: number, km: number) => ({
  day: '2026-03-05',
  from: iso(from),
  to: iso(to),
  began_before: from === 0,
  goes_on: false,
  km,
  driving_s: to - from,
  inferred_s: 0,
  peak_kmh: 72,
  alarms: 1,
  alarms_per_100km: 4.2,
  start: { lat: 29.5, lon: 106.5 },
  end: { lat: 29.6, lon: 106.5 },
})
const seconds = Array.from({ length: 61 }, (_, i) => i * 10)
const body = (some: boolean) => ({
  vehicle: { id: 7, plate: '渝B12345', company_id: 3, company_name: '渝捷达物流有限公司' },
  day: '2026-03-05',
  from: iso(0),
  to: iso(86_400),
  cut: false,
  track: {
    t_ms: some ? seconds.map((s) => T0 + s * 1000) : [],
    lat: some ? seconds.map((s) => 29_500_000 + s * 100) : [],
    lon: some ? seconds.map(() => 106_500_000) : [],
    speed: some ? seconds.map(() => 720) : [],
    heading: some ? seconds.map(() => 0) : [],
    limit: some ? seconds.map(() => 800) : [],
    flags: some ? seconds.map(() => 0) : [],
    every_nth: 1,
  },
  trips: some ? [trip(0, 200, 4.8), trip(400, 600, 4)] : [],
  stops: [],
  alarms: [],
  totals: {
    km: some ? 8.8 : 0,
    driving_s: 400,
    stopped_s: 200,
    peak_kmh: 72,
    alarms: 2,
    alarms_per_100km: some ? 22.7 : null,
    positions: some ? 61 : 0,
    doubtful: 0,
  },
})

let answers: Record<string, { status?: number; body: unknown }>
let asked: string[]
let router: Router
let wrapper: VueWrapper
const part = (id: string) => wrapper.find(`[data-testid=${id}]`)
const press = async (key: string, shiftKey = false) => {
  window.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey }))
  await flushPromises()
}
async function show(path = '/vehicles/7/day/2026-03-05'): Promise<void> {
  await router.push(path)
  wrapper = mount(defineComponent({ render: () => h(NMessageProvider, null, { default: () => h(ReplayPage) }) }), {
    global: { plugins: [i18n, router] },
    attachTo: document.body,
  })
  await flushPromises()
}

beforeEach(() => {
  setActivePinia(createPinia())
  i18n.global.locale.value = 'zh-CN'
  asked = []
  answers = { '/api/v1/vehicles/7/days/2026-03-05': { body: body(true) } }
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path)
    const answer = answers[path.split('?')[0]]
    if (!answer) throw new TypeError('network')
    return new Response(JSON.stringify(answer.body), { status: answer.status ?? 200 })
  })
  const nothing = { render: () => h('i') }
  router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/vehicles/:id/day/:day', name: 'replay', component: nothing },
      { path: '/map', name: 'map', component: nothing },
      { path: '/alarms/:id?', name: 'alarms', component: nothing },
      { path: '/companies/:id', name: 'company', component: nothing },
    ],
  })
})
afterEach(() => {
  wrapper.unmount()
  vi.unstubAllGlobals()
})

describe('the replay of a day', () => {
  test('shows the sums, the trips and the first instant of the first trip', async () => {
    await show()
    expect(part('replay-plate').text()).toBe('渝B·12345')
    expect(part('replay-figures').text()).toContain('8.8km')
    expect(wrapper.findAll('[data-testid=replay-trip]')).toHaveLength(2)
    expect(part('replay-time').text()).toBe('00:00:00')
  })
  test('arrows go by points, with Shift by five minutes, Home and End to the edges', async () => {
    await show()
    await press('ArrowRight')
    await press('ArrowRight')
    expect(part('replay-time').text()).toBe('00:00:20')
    await press('ArrowRight', true)
    expect(part('replay-time').text()).toBe('00:05:20')
    await press('ArrowLeft')
    expect(part('replay-time').text()).toBe('00:05:10')
    await press('Home')
    expect(part('replay-time').text()).toBe('00:00:00')
  })
  test('the space bar plays and pauses, unless a button has it', async () => {
    await show()
    const label = () => part('replay-play').attributes('aria-label')
    expect(label()).toBe('播放')
    await press(' ')
    expect(label()).toBe('暂停')
    await press(' ')
    expect(label()).toBe('播放')
    part('replay-play').element.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true }))
    await flushPromises()
    expect(label()).toBe('播放')
  })
  test('a button that was clicked with the mouse leaves the space bar to the player', async () => {
    await show()
    const button = part('replay-rate-60').element as HTMLElement
    button.focus()
    await part('replay-rate-60').trigger('click', { detail: 1 })
    expect(document.activeElement).not.toBe(button)
    button.focus()
    await part('replay-rate-60').trigger('click', { detail: 0 })
    expect(document.activeElement).toBe(button)
  })
  test('a trip that is chosen stands in the address and the clock goes to its start', async () => {
    await show()
    await wrapper.findAll('[data-testid=replay-trip]')[1].trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query.trip).toBe(iso(400))
    expect(part('replay-time').text()).toBe('00:06:40')
    await part('replay-whole').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query.trip).toBeUndefined()
  })
  test('an address that names an instant begins there', async () => {
    await show(`/vehicles/7/day/2026-03-05?at=${iso(90)}`)
    expect(part('replay-time').text()).toBe('00:01:30')
  })
  test('the days before and after are a click away, and a day without positions says so', async () => {
    answers['/api/v1/vehicles/7/days/2026-03-04'] = { body: { ...body(false), day: '2026-03-04' } }
    await show()
    await part('replay-previous').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.params.day).toBe('2026-03-04')
    expect(part('replay-empty').text()).toContain('这一天没有位置')
    expect(part('replay-player').exists()).toBe(false)
    expect(part('replay-export').attributes('disabled')).toBeDefined()
  })
  test('a failure is said and asked again', async () => {
    answers['/api/v1/vehicles/7/days/2026-03-05'] = { status: 503, body: { detail: 'x', error_id: 'E-9' } }
    await show()
    expect(part('panel-error').text()).toContain('E-9')
    answers['/api/v1/vehicles/7/days/2026-03-05'] = { body: body(true) }
    await part('panel-error').find('button').trigger('click')
    await flushPromises()
    expect(part('replay-time').exists()).toBe(true)
  })
  test('whoever is asked for a reason sees for which truck', async () => {
    answers['/api/v1/vehicles/7/days/2026-03-05'] = {
      status: 403,
      body: { type: 'urn:haulwatch:problem:reason-needed', instance: '/api/v1/vehicles/7/days/2026-03-05' },
    }
    answers['/api/v1/vehicles/7'] = { body: { ...body(true).vehicle, alarms_today: [] } }
    await show()
    expect(part('reason-form').exists()).toBe(true)
    expect(part('replay-plate').text()).toBe('渝B·12345')
    expect(wrapper.find('header').text()).toContain('渝捷达物流有限公司')
  })
  test('the trips of the last 31 days come page by page, and one of another day leads there', async () => {
    answers['/api/v1/vehicles/7/trips'] = {
      body: { items: [{ ...trip(0, 200, 4.8), day: '2026-03-02', from: '2026-03-02T01:00:00Z' }], next_cursor: 'next' },
    }
    await show()
    await part('replay-tab-month').trigger('click')
    await flushPromises()
    expect(asked.at(-1)).toBe('/api/v1/vehicles/7/trips?from=2026-02-03&to=2026-03-05')
    await part('replay-more').trigger('click')
    await flushPromises()
    expect(asked.at(-1)).toContain('cursor=next')
    await wrapper.find('[data-testid=replay-trip]').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.fullPath).toBe('/vehicles/7/day/2026-03-02?trip=2026-03-02T01:00:00Z')
  })
})
