// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { NMessageProvider } from 'naive-ui'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { defineComponent, h, type Component } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import Banners from '@/app/Banners.vue'
import { useLive } from '@/app/live'
import { useSession } from '@/app/session'
import { i18n } from '@/i18n'
import AlarmDetailPane from './alarms/AlarmDetailPane.vue'
import CompaniesPage from './companies/CompaniesPage.vue'
import CompanyRiskPage from './companies/CompanyRiskPage.vue'
import MapLegend from './map/MapLegend.vue'
import AccountPage from './account/AccountPage.vue'
import SignInPage from './sign-in/SignInPage.vue'
import RefusedTerminalsPage from './terminals/RefusedTerminalsPage.vue'
import UsersPage from './users/UsersPage.vue'
import WelcomePage from './welcome/WelcomePage.vue'

vi.mock('./alarms/TrackMap.vue', () => ({ default: defineComponent({ render: () => h('i') }) }))
vi.mock('./sign-in/RoutePicture.vue', () => ({ default: defineComponent({ render: () => h('i') }) }))

type Answer = { status?: number; body?: unknown }
let answers: Record<string, Answer>
let asked: { method: string; path: string; body: unknown; csrf: string | null }[]
let router: Router
let wrapper: VueWrapper | undefined

async function show(component: Component, props: Record<string, unknown> = {}, path = '/'): Promise<VueWrapper> {
  await router.push(path)
  wrapper = mount(
    defineComponent({ render: () => h(NMessageProvider, null, { default: () => h(component, props) }) }),
    { global: { plugins: [i18n, router] }, attachTo: document.body },
  )
  await flushPromises()
  return wrapper
}
const part = (id: string) => wrapper!.find(`[data-testid=${id}]`)

beforeEach(() => {
  setActivePinia(createPinia())
  i18n.global.locale.value = 'zh-CN'
  answers = {}
  asked = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const method = init.method ?? 'GET'
    asked.push({
      method,
      path,
      body: init.body ? JSON.parse(init.body as string) : null,
      csrf: (init.headers as Record<string, string>)['x-csrf-token'] ?? null,
    })
    const answer = answers[`${method} ${path.split('?')[0]}`]
    if (!answer) throw new TypeError('network')
    return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), {
      status: answer.status ?? 200,
    })
  })
  const nothing = { render: () => h('i') }
  router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'map', component: nothing },
      { path: '/alarms/:id?', name: 'alarms', component: nothing },
      { path: '/vehicles/:id/day/:day', name: 'replay', component: nothing },
      { path: '/users/:id?', name: 'users', component: nothing },
      { path: '/sign-in', name: 'sign-in', component: nothing },
      { path: '/companies', name: 'companies', component: nothing },
      { path: '/companies/:id', name: 'company', component: nothing },
      { path: '/companies/:id/papers', name: 'company-papers', component: nothing },
      { path: '/companies/:id/duties/:tab?', name: 'company-duties', component: nothing },
      { path: '/companies/:id/report', name: 'company-report', component: nothing },
      { path: '/companies/:id/training', name: 'company-training', component: nothing },
      { path: '/dispatch', name: 'dispatch', component: nothing },
    ],
  })
})
afterEach(() => {
  wrapper?.unmount()
  vi.unstubAllGlobals()
})

const session = {
  user: {
    id: 1,
    username: 'zhoulan',
    display_name: '周岚',
    role: 'agent',
    scope: 'all',
    scope_label: '全部',
    locale: null,
  },
  csrf_token: 'token-1',
  second_factor_owed: false,
}

describe('signing in', () => {
  test('a wrong password is said in words, and the password stays out of the address', async () => {
    answers['GET /api/v1/session'] = { status: 401, body: {} }
    answers['POST /api/v1/session'] = { status: 401, body: { detail: 'x', error_id: 'e1' } }
    await show(SignInPage)
    await part('username').setValue('zhoulan')
    await part('password').setValue('wrong')
    await part('sign-in-form').trigger('submit')
    await flushPromises()
    expect(part('sign-in-error').text()).toContain('用户名或密码不对')
    expect(router.currentRoute.value.fullPath).toBe('/')
  })
  test('a good password opens the page that was asked for, never another site', async () => {
    answers['GET /api/v1/session'] = { status: 401, body: {} }
    answers['POST /api/v1/session'] = { body: session }
    await show(SignInPage, {}, '/?next=/companies')
    await part('username').setValue('zhoulan')
    await part('password').setValue('right')
    await part('sign-in-form').trigger('submit')
    await flushPromises()
    expect(router.currentRoute.value.fullPath).toBe('/companies')
    expect(useSession().user?.display_name).toBe('周岚')
  })
  test('an account with a second factor is asked for its code, and the password goes along once more', async () => {
    answers['GET /api/v1/session'] = { status: 401, body: {} }
    answers['POST /api/v1/session'] = { status: 401, body: { type: 'urn:haulwatch:problem:second-factor-needed' } }
    await show(SignInPage)
    await part('username').setValue('zhoulan')
    await part('password').setValue('right')
    await part('sign-in-form').trigger('submit')
    await flushPromises()
    expect(part('sign-in-error').exists()).toBe(false)
    expect(part('password').exists()).toBe(false)
    answers['POST /api/v1/session'] = { status: 401, body: { type: 'urn:haulwatch:problem:wrong-code' } }
    await part('code').setValue('111111')
    await part('sign-in-form').trigger('submit')
    await flushPromises()
    expect(part('sign-in-error').text()).toContain('验证码错误')
    answers['POST /api/v1/session'] = { body: session }
    await part('code').setValue(' 123456 ')
    await part('sign-in-form').trigger('submit')
    await flushPromises()
    expect(asked.filter((a) => a.method === 'POST').at(-1)?.body).toEqual({
      username: 'zhoulan',
      password: 'right',
      remember: false,
      code: '123456',
    })
    expect(useSession().user?.display_name).toBe('周岚')
  })
  test('the way through the organisation begins there and remembers the page that was wanted', async () => {
    answers['GET /api/v1/session'] = { status: 401, body: {} }
    answers['GET /api/v1/session/provider'] = {
      body: { configured: true, name: '护航集团账号', claim: 'email', answers: true },
    }
    answers['POST /api/v1/session/provider'] = {
      status: 503,
      body: { type: 'urn:haulwatch:problem:provider-away' },
    }
    await show(SignInPage, {}, '/?next=/companies')
    expect(part('provider-sign-in').text()).toContain('用护航集团账号登录')
    await part('provider-sign-in').trigger('click')
    await flushPromises()
    expect(asked.at(-1)?.body).toEqual({ next: '/companies' })
    expect(part('provider-failure').text()).toContain('用户名和密码')
    const leave = vi.spyOn(window.location, 'assign').mockImplementation(() => {})
    answers['POST /api/v1/session/provider'] = { body: { address: 'https://id.example.com/authorize?state=s' } }
    await part('provider-sign-in').trigger('click')
    await flushPromises()
    expect(leave).toHaveBeenCalledWith('https://id.example.com/authorize?state=s')
  })
  test('whoever comes back refused reads why and what to do, in words of ours only', async () => {
    answers['GET /api/v1/session'] = { status: 401, body: {} }
    answers['GET /api/v1/session/provider'] = {
      body: { configured: true, name: null, claim: 'email', answers: false },
    }
    await show(SignInPage, {}, '/?refused=not-linked')
    expect(part('sign-in-error').text()).toContain('请管理员为您关联')
    expect(part('provider-silent').exists()).toBe(true)
    wrapper?.unmount()
    await show(SignInPage, {}, '/?refused=call+this+number')
    expect(part('sign-in-error').exists()).toBe(false)
  })
  test('our own code is still asked after the provider, and a sign-in that is over begins again', async () => {
    answers['GET /api/v1/session'] = { status: 401, body: {} }
    answers['POST /api/v1/session/provider/code'] = { body: session }
    await show(SignInPage, {}, '/?step=code&next=/companies')
    expect(part('password').exists()).toBe(false)
    await part('code').setValue('123456')
    await part('sign-in-form').trigger('submit')
    await flushPromises()
    expect(asked.at(-1)?.body).toEqual({ code: '123456' })
    expect(router.currentRoute.value.fullPath).toBe('/companies')
    wrapper?.unmount()
    useSession().phase = 'out'
    answers['POST /api/v1/session/provider/code'] = {
      status: 401,
      body: { type: 'urn:haulwatch:problem:sign-in-expired' },
    }
    await show(SignInPage, {}, '/?step=code')
    await part('code').setValue('123456')
    await part('sign-in-form').trigger('submit')
    await flushPromises()
    expect(part('sign-in-error').text()).toContain('请重新开始')
    expect(part('password').exists()).toBe(true)
  })
  test('a silent service is shown before anybody types', async () => {
    await show(SignInPage)
    expect(wrapper!.text()).toContain('连不上服务')
  })
})

describe('the banners', () => {
  test('tell of stopped acknowledgements, a database that is down and a lost line', async () => {
    const live = useLive()
    await show(Banners)
    expect(part('banner-log').exists()).toBe(false)
    live.status = {
      now: '',
      log: { accepting: false, reason: 'disk_full' },
      database: { up: false, reason: 'refused' },
    }
    live.link = 'lost'
    await flushPromises()
    expect(part('banner-log').text()).toContain('磁盘空间低于下限')
    expect(part('banner-database').exists()).toBe(true)
    expect(part('banner-feed').exists()).toBe(true)
  })
})

describe('the legend', () => {
  test('counts and filters in one panel', async () => {
    const live = useLive()
    live.counts = {
      total: 41_026,
      moving: 18_342,
      stopped: 15_207,
      offline: 7_477,
      bySeverity: [40_112, 655, 212, 41, 6],
    }
    const toggled: string[] = []
    const filter = { hiddenStates: new Set(), hiddenSeverities: new Set(), hiddenBands: new Set(), companyId: null }
    await show(MapLegend, { filter, filtered: false, visible: 41_026, onToggle: (w: string) => toggled.push(w) })
    expect(part('legend-total').text()).toBe('41,026 辆')
    expect(part('legend-moving').text()).toBe('18,342')
    await part('filter-offline').trigger('click')
    await part('filter-risk-red').trigger('click')
    expect(toggled).toEqual(['offline', 'red'])
  })
})

const alarm = {
  id: 'a1',
  rule: 'speeding',
  rule_version: 'cn-2026.1',
  severity: 4,
  state: 'open',
  handling: 'new',
  reason_needed: false,
  evidence: 'live',
  vehicle: { id: 7, plate: '渝B12345' },
  driver: null,
  company: { id: 3, name: '渝捷达物流有限公司' },
  started_at: '2026-11-21T02:38:47Z',
  ended_at: null,
  opened_at: '2026-11-21T02:38:58Z',
  ended_by: null,
  measures: { peak_decikmh: 1030, limit_decikmh: 800, excess_permille: 288 },
  facts: { limit_source: 'ZONE', candidates: 'class=90;zone=80' },
  points: [],
  revisions: [{ revision: 1, state: 'open', at: '2026-11-21T02:38:58Z', why: null }],
  actions: [],
  strip: null,
  track: null,
  papers: [],
}

describe('the detail of an alarm', () => {
  beforeEach(() => {
    useSession().$patch({ user: session.user as never, phase: 'in' })
    answers['GET /api/v1/alarms/a1'] = { body: alarm }
  })
  test('says what happened, the rule and where the limit came from', async () => {
    await show(AlarmDetailPane, { alarmId: 'a1' })
    expect(part('alarm-title').text()).toBe('渝B·12345 超速 29%')
    expect(part('alarm-rule').text()).toContain('cn-2026.1')
    expect(part('alarm-rule').text()).toContain('电子围栏')
    expect(part('alarm-rule').text()).toContain('车型限速 90、电子围栏 80')
  })
  test('a critical alarm is not acknowledged without a note', async () => {
    await show(AlarmDetailPane, { alarmId: 'a1' })
    await part('alarm-detail').find('form').trigger('submit')
    await flushPromises()
    expect(part('alarm-refused').exists()).toBe(true)
    expect(asked.filter((a) => a.method === 'POST')).toEqual([])
  })
  test('with a note it is sent and the next alarm is asked for', async () => {
    answers['POST /api/v1/alarms/a1/actions'] = { status: 201, body: {} }
    let next = 0
    await show(AlarmDetailPane, { alarmId: 'a1', onNext: () => next++ })
    await part('alarm-note').setValue('已语音提醒')
    await part('alarm-detail').find('form').trigger('submit')
    await flushPromises()
    const sent = asked.find((a) => a.method === 'POST')
    expect(sent?.body).toEqual({ kind: 'acknowledge', note: '已语音提醒' })
    expect(next).toBe(1)
  })
  test('a regulator reads only', async () => {
    useSession().$patch({ user: { ...session.user, role: 'regulator' } as never })
    await show(AlarmDetailPane, { alarmId: 'a1' })
    expect(part('alarm-acknowledge').exists()).toBe(false)
  })
  test('a regulator who gave no reason is asked for one where the track would be, and has it then', async () => {
    answers['GET /api/v1/alarms/a1'] = { body: { ...alarm, reason_needed: true } }
    await show(AlarmDetailPane, { alarmId: 'a1' })
    expect(part('alarm-title').exists()).toBe(true)
    answers['POST /api/v1/vehicles/7/looks'] = { status: 201, body: { until: '2026-11-21T10:00:00Z' } }
    answers['GET /api/v1/alarms/a1'] = { body: alarm }
    await part('reason').setValue('A complaint about speeding')
    await part('reason-form').trigger('submit')
    await flushPromises()
    expect(asked.find((a) => a.method === 'POST')?.body).toEqual({ reason: 'A complaint about speeding' })
    expect(part('reason-form').exists()).toBe(false)
  })
  test('a failure stays in the panel, with its id', async () => {
    answers['GET /api/v1/alarms/a1'] = { status: 500, body: { detail: '读取失败', error_id: 'E-77' } }
    await show(AlarmDetailPane, { alarmId: 'a1' })
    expect(part('panel-error').text()).toContain('E-77')
  })
})

const company = (id: number, name: string, score: number | null) => ({
  id,
  name,
  adcode: '500112',
  region: { zh: '重庆', en: 'Chongqing' },
  vehicles: 10,
  drivers: 12,
  online: 8,
  overdue_critical: id,
  open_alarms: 3,
  open_by_severity: {},
  km_7d: 20_000,
  open_per_1000km: 0.15,
  risk: { score, band: score === null ? null : 'orange' },
})

describe('companies', () => {
  test('stand in the order of the server until a column is chosen', async () => {
    answers['GET /api/v1/companies'] = {
      body: { items: [company(2, '乙', 30), company(1, '甲', 60)], next_cursor: null },
    }
    await show(CompaniesPage, {}, '/companies')
    const names = () => wrapper!.findAll('[data-testid=company-row] .name').map((n) => n.text())
    expect(names()).toEqual(['乙', '甲'])
    await router.replace('/companies?sort=risk')
    await flushPromises()
    expect(names()).toEqual(['甲', '乙'])
  })

  test('a click on a number lists the objects behind it', async () => {
    const item = (kind: string, owner: number, label: string) => ({
      paper_id: owner,
      owner_kind: kind.startsWith('drv') ? 'DRIVER' : 'VEHICLE',
      owner_id: owner,
      owner_label: label,
      kind,
      expires: '2026-11-09',
      days_overdue: 12,
      critical: true,
      moving: false,
    })
    answers['GET /api/v1/companies/1/risk'] = {
      body: {
        company: company(1, '甲', 53.3),
        as_of: '2026-11-21T02:00:00Z',
        score: {
          value: 53.3,
          band: 'orange',
          parts: [{ code: 'A', weight: 0.4, value: 58, points: 23.2, data: {} }],
          missing: [],
          formula_version: '3',
          insufficient_data: false,
          veto: [],
          acts: [
            { code: 'papers', kind: 'veh.permit', count: 1, points: 6.4, points_below: 6.4 },
            { code: 'hazards_general', kind: '', count: 2, points: 2, points_below: 2 },
          ],
          reachable: 44.9,
        },
        counts: { maintenance_overdue: { count: 1, of: 10, due_7d: 2 }, permit_overdue: { count: 1, of: 10 } },
        overdue: [item('veh.maintenance2', 7, '渝B12345'), item('veh.permit', 8, '渝B54321')],
        due_soon: [],
        open_alarms: { total: 0, by_rule: {}, by_severity: {} },
        drivers: [],
        vehicles: [7, 8, 9].map((id) => ({
          id,
          plate: `渝A0000${id}`,
          driver: null,
          state: 'moving',
          overdue: 0,
          open_alarms: 0,
        })),
      },
    }
    await show(CompanyRiskPage, {}, '/companies/1')
    expect(part('company-score').text()).toContain('53.3')
    expect(wrapper!.findAll('[data-testid=company-tile]')).toHaveLength(2)
    expect(wrapper!.findAll('[data-testid=due-row]')).toHaveLength(2)
    expect(wrapper!.findAll('[data-testid=company-act] a').map((a) => a.attributes('href'))).toEqual([
      '/companies/1/papers?kind=veh.permit',
      '/companies/1/duties/hazards',
    ])
    expect(wrapper!.findAll('[data-testid=due-handle]')[1].attributes('href')).toBe(
      '/companies/1/papers?kind=veh.permit&who=VEHICLE:8&paper=veh.permit',
    )
    await wrapper!.find('[data-tile=permit_overdue]').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query.tile).toBe('permit_overdue')
    expect(wrapper!.findAll('[data-testid=due-row]')).toHaveLength(1)
    expect(wrapper!.findAll('[data-testid=company-vehicle]')).toHaveLength(1)
  })
})

describe('terminals that were not let in', () => {
  const refused = {
    phone: '13912345678',
    address: '10.1.2.3',
    reason: 'other_plate',
    times: 3,
    first_at: '2026-03-10T04:00:00Z',
    last_at: '2026-03-10T04:01:00Z',
    registration: null,
  }
  test('are listed with what to do about each', async () => {
    answers['GET /api/v1/terminals/refused'] = { body: { items: [refused], total: 201, forgotten: 0 } }
    await show(RefusedTerminalsPage)
    const row = part('refused-row').text()
    for (const text of [
      '13912345678',
      '10.1.2.3',
      '车牌与登记不符',
      '更正终端内或登记中的车牌',
      '12:01:00',
      '未注册',
    ]) {
      expect(row).toContain(text)
    }
    expect(wrapper!.text()).toContain('另有 200 个')
  })
  test('are said to be none, and a silent service is said too', async () => {
    await show(RefusedTerminalsPage)
    expect(wrapper!.text()).toContain('重试')
    wrapper!.unmount()
    answers['GET /api/v1/terminals/refused'] = { body: { items: [], total: 0, forgotten: 0 } }
    await show(RefusedTerminalsPage)
    expect(part('refused-empty').text()).toContain('均已准入')
  })
})

const account = (id: number, username: string, changes: object = {}) => ({
  id,
  username,
  display_name: username === 'admin' ? null : `姓名${id}`,
  role: username === 'admin' ? 'admin' : 'company',
  scope: username === 'admin' ? 'all' : 'company:1',
  locale: 'zh-CN',
  state: 'active',
  created_at: '2026-11-21T02:00:00Z',
  last_sign_in_at: null,
  link_expires_at: null,
  sessions: 0,
  ...changes,
})

describe('users', () => {
  beforeEach(() => {
    useSession().$patch({ user: { ...session.user, role: 'admin' } as never, phase: 'in' })
    answers['GET /api/v1/companies'] = { body: { items: [company(1, '甲', 60)], next_cursor: null } }
    answers['GET /api/v1/users'] = { body: { items: [account(1, 'admin'), account(7, 'lihua')], next_cursor: null } }
  })
  test('the built-in administrator is named in the language of the page', async () => {
    await show(UsersPage, {}, '/users')
    const first = () => wrapper!.find('[data-username=admin] .name').text()
    expect(first()).toBe('管理员')
    i18n.global.locale.value = 'en'
    await flushPromises()
    expect(first()).toBe('Administrator')
    expect(wrapper!.find('[data-username=lihua]').text()).toContain('甲')
  })
  test('an invitation is sent once complete, and its link is shown', async () => {
    answers['POST /api/v1/users'] = {
      status: 201,
      body: {
        user: account(9, 'wang', { state: 'pending' }),
        link: { path: '/welcome#abc', purpose: 'invitation', expires_at: '2026-11-24T02:00:00Z' },
      },
    }
    await show(UsersPage, {}, '/users')
    await part('invite').trigger('click')
    const inside = (id: string) => document.querySelector<HTMLElement>(`[data-testid=${id}]`)!
    const type = async (id: string, text: string) => {
      const field = inside(id) as HTMLInputElement
      field.value = text
      field.dispatchEvent(new Event('input'))
      await flushPromises()
    }
    await flushPromises()
    const send = async () => {
      inside('invite-dialog').querySelector('form')!.dispatchEvent(new Event('submit'))
      await flushPromises()
    }
    await send()
    expect(inside('invite-failure').textContent).toContain('用户名')
    expect(asked.filter((a) => a.method === 'POST')).toEqual([])
    await type('user-username', 'wang')
    await type('user-name', '王')
    await send()
    expect(asked.find((a) => a.method === 'POST')?.body).toEqual({
      username: 'wang',
      display_name: '王',
      role: 'agent',
      scope: 'all',
      locale: 'zh-CN',
    })
    expect((inside('link-address') as HTMLInputElement).value).toContain('/welcome#abc')
  })
  test('a refusal of the last administrator is said in the language of the page', async () => {
    answers['GET /api/v1/users/7'] = { body: account(7, 'lihua', { state: 'disabled' }) }
    answers['GET /api/v1/users/7/sessions'] = { body: { items: [] } }
    answers['GET /api/v1/users/7/tokens'] = { body: { items: [] } }
    answers['PATCH /api/v1/users/7'] = { status: 422, body: { type: 'urn:haulwatch:problem:last-administrator' } }
    await show(UsersPage, {}, '/users')
    await router.push('/users/7')
    await flushPromises()
    await part('user-enable').trigger('click')
    await flushPromises()
    expect(part('user-failure').text()).toContain('最后一位')
  })
  test('the audit says who did what on whom', async () => {
    answers['GET /api/v1/audit'] = {
      body: {
        items: [
          {
            id: 5,
            at: '2026-11-21T02:00:00Z',
            who: { id: 1, username: 'admin', display_name: null },
            action: 'user.change',
            object: 'user:7',
            detail: { username: 'lihua', role: 'lead', role_before: 'agent' },
            address: '10.0.0.4',
          },
        ],
        next_cursor: 'more',
      },
    }
    await show(UsersPage, {}, '/users?tab=audit')
    expect(part('audit-row').text()).toContain('管理员')
    expect(part('audit-row').text()).toContain('修改用户')
    expect(part('audit-row').text()).toContain('角色 监控员 → 班长')
    expect(part('audit-more').exists()).toBe(true)
  })
  test('others than administrators are told so and nothing is asked', async () => {
    useSession().$patch({ user: session.user as never })
    await show(UsersPage, {}, '/users')
    expect(part('users-refused').exists()).toBe(true)
    expect(asked.filter((a) => a.path.startsWith('/api/v1/users'))).toEqual([])
  })
})

describe('an own account', () => {
  test('a wrong current password is said in words; the right one clears the fields', async () => {
    useSession().$patch({ user: session.user as never, phase: 'in' })
    answers['GET /api/v1/account/sessions'] = { body: { items: [] } }
    answers['POST /api/v1/account/password'] = {
      status: 422,
      body: { type: 'urn:haulwatch:problem:wrong-password', detail: 'x' },
    }
    await show(AccountPage)
    await part('current-password').setValue('old')
    await part('new-password').setValue('海阔天空-1121-ab')
    await part('new-password-again').setValue('海阔天空-1121-a')
    await wrapper!.find('form').trigger('submit')
    expect(part('password-failure').text()).toContain('两次')
    await part('new-password-again').setValue('海阔天空-1121-ab')
    await wrapper!.find('form').trigger('submit')
    await flushPromises()
    expect(part('password-failure').text()).toContain('当前密码不对')
    answers['POST /api/v1/account/password'] = { status: 204 }
    await wrapper!.find('form').trigger('submit')
    await flushPromises()
    expect((part('current-password').element as HTMLInputElement).value).toBe('')
    expect((part('new-password').element as HTMLInputElement).value).toBe('')
  })
})

describe('a one-time link', () => {
  test('its token goes out of the address and into the body, and sets a password', async () => {
    window.history.replaceState(null, '', '/welcome#token-77')
    answers['POST /api/v1/link'] = {
      body: { username: 'lihua', display_name: '李华', purpose: 'invitation', expires_at: '2026-11-24T02:00:00Z' },
    }
    answers['POST /api/v1/link/password'] = { status: 204 }
    await show(WelcomePage)
    expect(window.location.hash).toBe('')
    expect(wrapper!.text()).toContain('李华')
    await part('new-password').setValue('海阔天空-1121-ab')
    await part('new-password-again').setValue('海阔天空-1121-ab')
    await wrapper!.find('form').trigger('submit')
    await flushPromises()
    expect(asked.map((a) => a.path).filter((path) => path.includes('token'))).toEqual([])
    expect(asked.at(-1)?.body).toEqual({ token: 'token-77', password: '海阔天空-1121-ab' })
    expect(part('welcome-sign-in').exists()).toBe(true)
  })
  test('one that does not work says what to do', async () => {
    window.history.replaceState(null, '', '/welcome#token-78')
    answers['POST /api/v1/link'] = { status: 404, body: {} }
    await show(WelcomePage)
    expect(part('welcome-bad').text()).toContain('管理员')
  })
})
