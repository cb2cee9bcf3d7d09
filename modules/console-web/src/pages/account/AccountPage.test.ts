// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, test } from 'vitest'
import { useSession } from '@/app/session'
import { session, useStage } from '../stage'
import AccountPage from './AccountPage.vue'

const { answers, part, show, whole } = useStage()

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
    await whole().find('form').trigger('submit')
    expect(part('password-failure').text()).toContain('两次')
    await part('new-password-again').setValue('海阔天空-1121-ab')
    await whole().find('form').trigger('submit')
    await flushPromises()
    expect(part('password-failure').text()).toContain('当前密码不对')
    answers['POST /api/v1/account/password'] = { status: 204 }
    await whole().find('form').trigger('submit')
    await flushPromises()
    expect((part('current-password').element as HTMLInputElement).value).toBe('')
    expect((part('new-password').element as HTMLInputElement).value).toBe('')
  })
})
