// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, test } from 'vitest'
import { useCompanyList } from '@/app/companyList'
import { company, useStage } from '../stage'
import RegionPage from './RegionPage.vue'

const { answers, part, show } = useStage({ region: '/region', indicators: '/indicators', supervision: '/supervision' })
const days = { from: '2026-11-01', to: '2026-11-22', state: 'running', days: 22, days_counted: 1, counted_at: null }

beforeEach(() => {
  answers['GET /api/v1/region'] = {
    body: {
      ...days,
      formula: 'kpi-2',
      period: null,
      of: 'speeding',
      per: 'km',
      trucks: 0,
      km: 0,
      count: 0,
      exposure: 0,
      rate: null,
      companies: [],
      limits: [],
    },
  }
  answers['GET /api/v1/kpis'] = { body: { ...days, formula: 'kpi-2', indicators: [] } }
  answers['GET /api/v1/kpi-periods'] = { body: { items: [] } }
  answers['GET /api/v1/supervision/figures'] = { body: { waiting: 0, answered: 0, overdue: 0, months: [] } }
  answers['GET /api/v1/supervision'] = { body: { items: [], next_cursor: null } }
})

test('a region without a company says so and draws no map', async () => {
  useCompanyList().$patch({ items: [], loadedAt: 1 })
  await show(RegionPage, {}, '/region')
  expect(part('region-empty').text()).toBe('本区域没有登记的企业。')
  expect(part('region-map').exists()).toBe(false)
  expect(part('region-funnel').exists()).toBe(false)
})
test('companies whose trucks nobody has counted are not said to be missing', async () => {
  useCompanyList().$patch({ items: [company(1, '甲', null)] as never, loadedAt: 1 })
  await show(RegionPage, {}, '/region')
  await flushPromises()
  expect(part('region-empty').text()).toContain('还没有进入')
})
