// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, test } from 'vitest'
import CertificatesPage from './CertificatesPage.vue'
import { page, useTraining } from './stage'

const { answers, part, query, send, show } = useTraining()

describe('certificates', () => {
  const certificate = (number: string, more: object = {}) => ({
    number,
    company_id: 1,
    driver_id: 7,
    driver: 'Driver 7',
    course: { id: 1, title: '超速', title_en: 'Speeding', topic: 'speeding' },
    score: 90,
    studied_s: 600,
    issued_at: '2026-11-08T02:00:00Z',
    expires_on: '2027-11-08',
    state: 'valid',
    revoked_at: null,
    revoked_reason: null,
    task_id: 10,
    ...more,
  })
  test('are found by number, and revoked with a reason', async () => {
    answers['GET /api/v1/certificates'] = page([certificate('HW-2026-7K3M9T-4')])
    answers['POST /api/v1/certificates/HW-2026-7K3M9T-4/revoke'] = {
      body: certificate('HW-2026-7K3M9T-4', { state: 'revoked', revoked_reason: 'Another one sat the exam' }),
    }
    await show(CertificatesPage, '/training/certificates')
    await part('certificate-find').setValue(' hw-2026-7k3m9t-4 ')
    await send()
    expect(query('GET /api/v1/certificates').get('number')).toBe('HW-2026-7K3M9T-4')
    await part('certificate-revoke').trigger('click')
    await part('reason-words').setValue('Another one sat the exam')
    await part('reason-pane').find('form').trigger('submit')
    await flushPromises()
    expect(part('certificate-row').text()).toContain('Revoked')
    expect(part('certificate-row').text()).toContain('Another one sat the exam')
    expect(part('certificate-revoke').exists()).toBe(false)
  })
})
