// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, test } from 'vitest'
import { company, useStage } from '../stage'
import CompaniesPage from './CompaniesPage.vue'
import CompanyRiskPage from './CompanyRiskPage.vue'

const { answers, part, router, show, whole } = useStage()

describe('companies', () => {
  test('stand in the order of the server until a column is chosen', async () => {
    answers['GET /api/v1/companies'] = {
      body: { items: [company(2, '乙', 30), company(1, '甲', 60)], next_cursor: null },
    }
    await show(CompaniesPage, {}, '/companies')
    const names = () =>
      whole()
        .findAll('[data-testid=company-row] .name')
        .map((n) => n.text())
    expect(names()).toEqual(['乙', '甲'])
    await router().replace('/companies?sort=risk')
    await flushPromises()
    expect(names()).toEqual(['甲', '乙'])
  })

  test('papers that wait for a review are counted, lead to where they are looked at, and narrow the list', async () => {
    answers['GET /api/v1/companies'] = {
      body: { items: [company(2, '乙', 30), { ...company(1, '甲', 60), papers_to_review: 3 }], next_cursor: null },
    }
    await show(CompaniesPage, {}, '/companies')
    expect(part('company-review').attributes('href')).toBe('/companies/1/papers?state=pending_review')
    expect(part('companies-review').text()).toContain('3')
    await part('companies-review').trigger('click')
    await flushPromises()
    expect(router().currentRoute.value.query).toEqual({ review: 'waiting' })
    expect(
      whole()
        .findAll('[data-testid=company-row] .name')
        .map((n) => n.text()),
    ).toEqual(['甲'])
  })

  test('a click on a number lists the objects behind it', async () => {
    const item = (kind: string, owner: number, label: string) => ({
      paper_id: owner,
      owner_kind: kind.startsWith('drv') ? 'DRIVER' : 'VEHICLE',
      owner_id: owner,
      owner_label: label,
      kind,
      expires: '2026-11-09',
      days_overdue: 12,
      critical: true,
      moving: false,
    })
    answers['GET /api/v1/companies/1/risk'] = {
      body: {
        company: company(1, '甲', 53.3),
        as_of: '2026-11-21T02:00:00Z',
        score: {
          value: 53.3,
          band: 'orange',
          parts: [{ code: 'A', weight: 0.4, value: 58, points: 23.2, data: {} }],
          missing: [],
          formula_version: '3',
          insufficient_data: false,
          veto: [],
          acts: [
            { code: 'papers', kind: 'veh.permit', count: 1, points: 6.4, points_below: 6.4 },
            { code: 'hazards_general', kind: '', count: 2, points: 2, points_below: 2 },
          ],
          reachable: 44.9,
        },
        counts: { maintenance_overdue: { count: 1, of: 10, due_7d: 2 }, permit_overdue: { count: 1, of: 10 } },
        overdue: [item('veh.maintenance2', 7, '渝B12345'), item('veh.permit', 8, '渝B54321')],
        due_soon: [],
        open_alarms: { total: 0, by_rule: {}, by_severity: {} },
        drivers: [],
        vehicles: [7, 8, 9].map((id) => ({
          id,
          plate: `渝A0000${id}`,
          driver: null,
          state: 'moving',
          overdue: 0,
          open_alarms: 0,
        })),
      },
    }
    await show(CompanyRiskPage, {}, '/companies/1')
    expect(part('company-score').text()).toContain('53.3')
    expect(whole().findAll('[data-testid=company-tile]')).toHaveLength(2)
    expect(whole().findAll('[data-testid=due-row]')).toHaveLength(2)
    expect(
      whole()
        .findAll('[data-testid=company-act] a')
        .map((a) => a.attributes('href')),
    ).toEqual([
      '/companies/1/papers?kind=veh.permit&state=overdue,lapsed,suspended,missing',
      '/companies/1/duties/hazards',
    ])
    expect(whole().findAll('[data-testid=due-handle]')[1].attributes('href')).toBe(
      '/companies/1/papers?kind=veh.permit&who=VEHICLE:8&paper=veh.permit',
    )
    await whole().find('[data-tile=permit_overdue]').trigger('click')
    await flushPromises()
    expect(router().currentRoute.value.query.tile).toBe('permit_overdue')
    expect(whole().findAll('[data-testid=due-row]')).toHaveLength(1)
    expect(whole().findAll('[data-testid=company-vehicle]')).toHaveLength(1)
  })
})
