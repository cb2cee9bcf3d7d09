// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import { problem, useStage } from '../stage'

const { answers, calls, part, settle, show } = useStage()

describe('checking a certificate', () => {
  test('asks nobody to sign in', async () => {
    answers['GET /driver/session'] = problem('sign-in-needed', 401)
    answers['GET /certificate-checks/HW26-1'] = {
      body: {
        number: 'HW26-1',
        valid: false,
        course: { title: '超速', title_en: 'Speeding' },
        issued_on: '2026-10-31',
        expires_on: '2027-10-28',
        revoked: true,
        holder: '刘**',
      },
    }
    await show('#verify=HW26-1')
    expect(part('verify-result').attributes('data-state')).toBe('revoked')
    expect(part('verify-result').text()).toContain('刘**')
    expect(calls('GET /driver/session')).toHaveLength(0)
  })
  test('says that there is none with this number', async () => {
    answers['GET /certificate-checks/X1'] = problem('not-found', 404)
    await show('#/verify')
    await part('number').setValue('X1')
    await part('verify').find('form').trigger('submit')
    await settle()
    expect(part('verify-problem').text()).toContain('没有这个编号')
  })
})
