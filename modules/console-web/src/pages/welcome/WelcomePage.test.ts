// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, test } from 'vitest'
import { useStage } from '../stage'
import WelcomePage from './WelcomePage.vue'

const { answers, asked, part, show, whole } = useStage()

describe('a one-time link', () => {
  test('its token goes out of the address and into the body, and sets a password', async () => {
    window.history.replaceState(null, '', '/welcome#token-77')
    answers['POST /api/v1/link'] = {
      body: { username: 'lihua', display_name: '李华', purpose: 'invitation', expires_at: '2026-11-24T02:00:00Z' },
    }
    answers['POST /api/v1/link/password'] = { status: 204 }
    await show(WelcomePage)
    expect(window.location.hash).toBe('')
    expect(whole().text()).toContain('李华')
    await part('new-password').setValue('海阔天空-1121-ab')
    await part('new-password-again').setValue('海阔天空-1121-ab')
    await whole().find('form').trigger('submit')
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
