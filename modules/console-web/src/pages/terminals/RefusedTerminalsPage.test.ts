// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import { useStage } from '../stage'
import RefusedTerminalsPage from './RefusedTerminalsPage.vue'

const { answers, part, show, whole } = useStage()

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
    expect(whole().text()).toContain('另有 200 个')
  })
  test('are said to be none, and a silent service is said too', async () => {
    await show(RefusedTerminalsPage)
    expect(whole().text()).toContain('重试')
    whole().unmount()
    answers['GET /api/v1/terminals/refused'] = { body: { items: [], total: 0, forgotten: 0 } }
    await show(RefusedTerminalsPage)
    expect(part('refused-empty').text()).toContain('均已准入')
  })
})
