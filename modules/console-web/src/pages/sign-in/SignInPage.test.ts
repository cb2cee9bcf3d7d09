// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { useSession } from '@/app/session'
import { session, useStage } from '../stage'
import SignInPage from './SignInPage.vue'

vi.mock('./RoutePicture.vue', () => ({ default: defineComponent({ render: () => h('i') }) }))

const { answers, asked, part, router, show, whole } = useStage()

describe('signing in', () => {
  test('a wrong password is said in words, and the password stays out of the address', async () => {
    answers['GET /api/v1/session'] = { status: 401, body: {} }
    answers['POST /api/v1/session'] = { status: 401, body: { detail: 'x', error_id: 'e1' } }
    await show(SignInPage)
    expect(part('sign-in-drivers').attributes('href')).toBe('/driver/')
    await part('username').setValue('zhoulan')
    await part('password').setValue('wrong')
    await part('sign-in-form').trigger('submit')
    await flushPromises()
    expect(part('sign-in-error').text()).toBe('用户名或密码不对')
    expect(router().currentRoute.value.fullPath).toBe('/')
  })
  test('a failure of the service is said with an id apart from the words', async () => {
    answers['GET /api/v1/session'] = { status: 401, body: {} }
    answers['POST /api/v1/session'] = { status: 500, body: { detail: 'x', error_id: 'e1' } }
    await show(SignInPage)
    await part('username').setValue('zhoulan')
    await part('password').setValue('right')
    await part('sign-in-form').trigger('submit')
    await flushPromises()
    expect(part('sign-in-error').find('.id').text()).toMatch(/\se1$/)
  })
  test('a good password opens the page that was asked for, never another site', async () => {
    answers['GET /api/v1/session'] = { status: 401, body: {} }
    answers['POST /api/v1/session'] = { body: session }
    await show(SignInPage, {}, '/?next=/companies')
    await part('username').setValue('zhoulan')
    await part('password').setValue('right')
    await part('sign-in-form').trigger('submit')
    await flushPromises()
    expect(router().currentRoute.value.fullPath).toBe('/companies')
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
    whole().unmount()
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
    expect(router().currentRoute.value.fullPath).toBe('/companies')
    whole().unmount()
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
    expect(whole().text()).toContain('连不上服务')
  })
})
