// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from 'vitest'
import { driver, standing } from '../session'
import { problem, useStage, who } from '../stage'

const { answers, calls, part, parts, press, settle, show, text, whole } = useStage()

describe('signing in', () => {
  beforeEach(() => {
    answers['GET /driver/session'] = problem('sign-in-needed', 401)
  })
  test('takes a phone and a code, and shows today', async () => {
    answers['POST /driver/codes'] = { status: 202, body: { wait_seconds: 60, delivery: 'sent' } }
    answers['POST /driver/session'] = { body: { csrf_token: 't2', driver: who } }
    await show('')
    await part('phone').setValue('+86 138 0000 0000')
    await press('get-code')
    expect(calls('POST /driver/codes')[0].body).toEqual({ phone: '13800000000' })
    expect(part('get-code').text()).toBe('60 秒后重发')
    await part('code').setValue('123456')
    await part('sign-in').find('form').trigger('submit')
    await settle()
    expect(calls('POST /driver/session')[0].body).toEqual({ phone: '13800000000', code: '123456' })
    expect(part('today').exists()).toBe(true)
  })
  test('asks for a code where a number alone is sent off, and says whom to ask where nothing sends it', async () => {
    answers['POST /driver/codes'] = { status: 202, body: { wait_seconds: 60, delivery: 'told' } }
    await show('')
    await part('phone').setValue('13800000000')
    await part('sign-in').find('form').trigger('submit')
    await settle()
    expect(calls('POST /driver/codes')).toHaveLength(1)
    expect(part('sign-in-problem').exists()).toBe(false)
    expect(part('code-comes').text()).toContain('索取验证码')
    await part('sign-in').find('form').trigger('submit')
    await settle()
    expect(calls('POST /driver/codes')).toHaveLength(1)
    expect(part('sign-in-problem').text()).toContain('6 位')
  })
  test('says what is wrong with a number or a code', async () => {
    answers['POST /driver/session'] = problem('wrong-code', 401)
    await show('')
    await part('phone').setValue('138')
    await press('get-code')
    expect(part('sign-in-problem').text()).toContain('11 位')
    await part('phone').setValue('13800000000')
    await part('code').setValue('000000')
    await part('sign-in').find('form').trigger('submit')
    await settle()
    expect(part('sign-in-problem').text()).toContain('验证码不对')
  })
  test('asks for the company where there are several', async () => {
    answers['POST /driver/session'] = (body) =>
      body.driver_id === 8
        ? { body: { csrf_token: 't2', driver: { ...who, id: 8 } } }
        : problem('choose-company', 409, {
            choices: [
              { driver_id: 7, company_name: '甲' },
              { driver_id: 8, company_name: '乙' },
            ],
          })
    await show('')
    await part('phone').setValue('13900000000')
    await part('code').setValue('123456')
    await part('sign-in').find('form').trigger('submit')
    await settle()
    await parts('choice')[1].trigger('click')
    await settle()
    expect(driver.value?.id).toBe(8)
    expect(part('today').exists()).toBe(true)
  })
  test('by a link takes it out of the address at once', async () => {
    answers['POST /driver/session'] = { body: { csrf_token: 't2', driver: who } }
    await show('#entry=secret-token')
    expect(calls('POST /driver/session')[0].body).toEqual({ link: 'secret-token' })
    expect(location.hash).toBe('#/today')
    expect(part('today').exists()).toBe(true)
  })
  test('by a link that was used leads to the phone number, or back to who is signed in', async () => {
    answers['POST /driver/session'] = problem('bad-link', 401)
    await show('#entry=used')
    expect(part('sign-in-problem').text()).toContain('链接')
    whole().unmount()
    standing.value = 'unknown'
    answers['GET /driver/session'] = { body: { csrf_token: 't1', driver: who } }
    await show('#entry=used')
    expect(part('today').exists()).toBe(true)
  })
  test('again after the session ended says that nothing is lost', async () => {
    answers['GET /driver/session'] = { body: { csrf_token: 't1', driver: who } }
    await show('')
    answers['GET /driver/tasks'] = problem('sign-in-needed', 401)
    location.hash = '#/learn'
    window.dispatchEvent(new Event('hashchange'))
    await settle()
    expect(text()).toContain('没有送出的答题还在手机里')
  })
})
