// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, test, vi } from 'vitest'
import ProgressPage from './ProgressPage.vue'
import { as, page, useTraining } from './stage'

const { answers, part, parts, query, router, show } = useTraining()

describe('progress by company', () => {
  const row = (id: number, drivers: number, done: number, overdue: number) => ({
    company: { id, name: `Company ${id}` },
    drivers,
    done,
    overdue,
    excused: 1,
    rate: drivers ? done / drivers : null,
  })
  const total = { company: null, drivers: 50, done: 33, overdue: 4, excused: 2, rate: 0.66 }
  test('shows each rate with what it is made of, and leads to the tasks of the company', async () => {
    answers['GET /api/v1/training-progress'] = page([row(1, 40, 30, 4), row(2, 0, 0, 0)], {
      month: '2026-11',
      plan: null,
      total,
    })
    await show(ProgressPage, '/training?month=2026-11')
    expect(parts('progress-row')[0].text()).toMatch(/75\.0 %.*30 \/ 40/)
    expect(parts('progress-row')[1].text()).toContain('—')
    expect(part('progress-total').text()).toMatch(/66\.0 %.*33 \/ 50/)
    await parts('progress-row')[0].trigger('click')
    await flushPromises()
    expect(router().currentRoute.value.path).toBe('/companies/1/training')
  })
  test('asks for the plan of the address and for no month then', async () => {
    answers['GET /api/v1/training-progress'] = page([], { month: null, plan: 7, total })
    await show(ProgressPage, '/training?plan=7')
    expect(query('GET /api/v1/training-progress').get('plan')).toBe('7')
    expect(query('GET /api/v1/training-progress').has('month')).toBe(false)
  })
  test('says what comes next where there is no plan, to those who may make one', async () => {
    answers['GET /api/v1/training-progress'] = page([], { month: '2026-11', plan: null, total })
    await show(ProgressPage, '/training')
    expect(part('progress-empty').text()).toContain('No plan yet. Make the monthly plan')
    await part('progress-make').trigger('click')
    await flushPromises()
    expect(router().currentRoute.value.fullPath).toBe('/training/plans?new=1')
  })
  test('a regulator reads and is not asked to make a plan', async () => {
    as('regulator')
    answers['GET /api/v1/training-progress'] = page([], { month: '2026-11', plan: null, total })
    await show(ProgressPage, '/training')
    expect(part('progress-empty').exists()).toBe(true)
    expect(part('progress-make').exists()).toBe(false)
  })
  test('the table that is saved holds the companies and their sum', async () => {
    const written: BlobPart[] = []
    vi.stubGlobal(
      'Blob',
      class {
        constructor(parts: BlobPart[]) {
          written.push(...parts)
        }
      },
    )
    vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:1')
    vi.spyOn(URL, 'revokeObjectURL').mockReturnValue()
    answers['GET /api/v1/training-progress'] = page([row(1, 40, 30, 4)], { month: '2026-11', plan: null, total })
    await show(ProgressPage, '/training?month=2026-11')
    await part('progress-export').trigger('click')
    await flushPromises()
    expect(String(written[0])).toContain('Company 1,40,30,4,1,0.75')
    expect(String(written[0])).toContain('All,50,33,4,2,0.66')
  })
})
