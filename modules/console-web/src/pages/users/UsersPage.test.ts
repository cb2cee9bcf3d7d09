// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, test } from 'vitest'
import { useSession } from '@/app/session'
import { i18n } from '@/i18n'
import { company, session, useStage } from '../stage'
import UsersPage from './UsersPage.vue'

const { answers, asked, part, router, show, whole } = useStage()

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
    const first = () => whole().find('[data-username=admin] .name').text()
    expect(first()).toBe('管理员')
    i18n.global.locale.value = 'en'
    await flushPromises()
    expect(first()).toBe('Administrator')
    expect(whole().find('[data-username=lihua]').text()).toContain('甲')
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
    await router().push('/users/7')
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
