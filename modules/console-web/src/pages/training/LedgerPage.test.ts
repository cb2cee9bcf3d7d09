// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, test } from 'vitest'
import LedgerPage from './LedgerPage.vue'
import { page, useTraining } from './stage'

const { answers, part, parts, query, show } = useTraining()

describe('the ledger', () => {
  const row = (id: number, more: object = {}) => ({
    id,
    driver_id: 7,
    driver: 'Driver 7',
    kind: 'monthly',
    topic: 'Speeding',
    held_on: '2026-11-08',
    hours: 0.25,
    score: 90,
    source: 'online',
    signed: true,
    certificate_no: 'HW-2026-7K3M9T-4',
    ...more,
  })
  beforeEach(() => {
    answers['GET /api/v1/companies/1/training-ledger'] = page([row(1), row(2, { signed: false, source: 'imported' })], {
      from: '2026-11-01',
      to: '2026-11-30',
      totals: { records: 2, drivers: 1, hours: 0.5, absentees: 3 },
    })
  })
  test('lists a period with its sums, and opens the transcript of a driver', async () => {
    answers['GET /api/v1/drivers/7/training'] = page([row(2), row(1)], {
      driver_id: 7,
      driver: 'Driver 7',
      hours: 12.5,
      chain: { holds: true, records: 2, broken_at: null },
      certificates: [],
    })
    await show(LedgerPage, '/companies/1/ledger?from=2026-11-01&to=2026-11-30')
    expect(query('GET /api/v1/companies/1/training-ledger').get('to')).toBe('2026-11-30')
    expect(part('ledger-totals').text()).toMatch(/0\.50.*2 records.*0\.50 h each/)
    expect(parts('ledger-row')[0].text()).toMatch(/0\.25.*90.*Online.*Signed/)
    await parts('ledger-row')[0].trigger('click')
    await flushPromises()
    expect(part('chain').text()).toContain('2 records holds')
  })
  test('a chain that breaks names the record', async () => {
    answers['GET /api/v1/drivers/7/training'] = page([row(2), row(1)], {
      driver_id: 7,
      driver: 'Driver 7',
      hours: 12.5,
      chain: { holds: false, records: 2, broken_at: 1 },
      certificates: [],
    })
    await show(LedgerPage, '/companies/1/ledger?driver=7')
    expect(part('chain').text()).toContain('breaks at record 1')
    expect(part('chain').attributes('data-holds')).toBe('false')
    expect(parts('transcript-row')[1].classes()).toContain('broken')
  })
  test('says who did not come, in the language of the page', async () => {
    answers['GET /api/v1/companies/1/training-ledger/absentees'] = page([
      {
        task_id: 10,
        driver_id: 8,
        driver: 'Driver 8',
        kind: 'monthly',
        topic: '超速',
        topic_en: 'Speeding',
        due_at: '2026-11-10T15:59:59Z',
        state: 'assigned',
        studied_s: 0,
      },
    ])
    await show(LedgerPage, '/companies/1/ledger?view=absentees')
    expect(part('absent-row').text()).toMatch(/Driver 8.*Speeding.*2026-11-10/)
  })
})
