// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { useStage } from '../stage'
import CompanyPapersPage from './CompanyPapersPage.vue'

const { answers, part, parts, paths, router, show } = useStage(undefined, 'en')
const line = (owner: number, id: number | null, state: string) => ({
  owner_kind: 'VEHICLE',
  owner_id: owner,
  owner_label: `渝B1234${owner}`,
  kind: 'veh.maintenance2',
  id,
  number: null,
  category: '',
  issued: null,
  expires: '2026-10-20',
  state,
  days: -33,
  step: null,
  critical: false,
  waiting: null,
})

test('an address with several states shows all of them, and a recorded service leads to its truck', async () => {
  answers['GET /api/v1/companies/8/papers'] = {
    body: {
      items: [line(5, 71, 'overdue'), line(6, null, 'overdue')],
      next_cursor: null,
      total: 2,
      states: { overdue: 2, valid: 9 },
      kinds: { 'veh.maintenance2': 11 },
    },
  }
  await show(CompanyPapersPage, {}, '/companies/8/papers?kind=veh.maintenance2&state=overdue,missing')
  expect(paths.some((path) => /state=overdue(,|%2C)missing/.test(path) && path.includes('kind=veh.maintenance2'))).toBe(
    true,
  )
  const chips = parts('papers-state').map((one) => [one.attributes('data-state'), one.attributes('aria-pressed')])
  expect(chips).toEqual([
    ['overdue', 'true'],
    ['missing', 'true'],
    ['valid', 'false'],
  ])
  await parts('papers-row')[1].trigger('click')
  await flushPromises()
  expect(router().currentRoute.value.fullPath).toBe('/companies/8/duties/services?truck=6')
  expect(part('paper-pane').exists()).toBe(false)
})
