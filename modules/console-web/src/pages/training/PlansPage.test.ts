// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { UNDO_MS } from '@/app/heldBack'
import PlansPage from './PlansPage.vue'
import { as, course, inBody, page, plan, useTraining } from './stage'

const { answers, askedFor, part, router, show } = useTraining()

describe('plans', () => {
  beforeEach(() => {
    answers['GET /api/v1/courses'] = page([course(1), course(2)])
  })
  test('name their courses, and follow one whose tasks are made until it is through', async () => {
    vi.useFakeTimers()
    answers['GET /api/v1/training-plans'] = page([plan(3, { state: 'assigning', wanted: 60_000, assigned: 2_000 })])
    await show(PlansPage, '/training/plans')
    await vi.advanceTimersByTimeAsync(0)
    expect(part('plan-row').text()).toContain('Course 1')
    expect(part('plan-assigned').text()).toContain('2,000 / 60,000')
    answers['GET /api/v1/training-plans/3'] = { body: plan(3, { wanted: 60_000, assigned: 60_000 }) }
    await vi.advanceTimersByTimeAsync(2_000)
    expect(part('plan-assigned').text()).toContain('60,000 / 60,000')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(askedFor('GET /api/v1/training-plans/3')).toHaveLength(1)
  })
  test('one is withdrawn with a reason, a moment later, and not at all when that is undone', async () => {
    vi.useFakeTimers()
    answers['GET /api/v1/training-plans'] = page([plan(3)])
    answers['POST /api/v1/training-plans/3/withdraw'] = { body: { id: 3, taken_back: 60, stay: 40 } }
    await show(PlansPage, '/training/plans')
    const withdraw = async (reason: string) => {
      await part('plan-withdraw').trigger('click')
      await part('reason-words').setValue(reason)
      await part('reason-pane').find('form').trigger('submit')
    }
    await withdraw('  ')
    expect(part('reason-missing').exists()).toBe(true)
    await part('reason-words').setValue('Wrong courses')
    await part('reason-pane').find('form').trigger('submit')
    expect(part('undo-bar').text()).toContain('Plan 3')
    await part('undo').trigger('click')
    await vi.advanceTimersByTimeAsync(UNDO_MS)
    expect(askedFor('POST /api/v1/training-plans/3/withdraw')).toEqual([])
    await withdraw('Wrong courses')
    await vi.advanceTimersByTimeAsync(UNDO_MS)
    expect(askedFor('POST /api/v1/training-plans/3/withdraw')[0].body).toEqual({ reason: 'Wrong courses' })
  })
  test('a new one says what is missing, and is sent once it is whole', async () => {
    answers['POST /api/v1/training-plans'] = { status: 201, body: plan(4) }
    await show(PlansPage, '/training/plans?new=1')
    const send = async () => {
      inBody('plan-form')!.dispatchEvent(new Event('submit'))
      await flushPromises()
    }
    expect((inBody('plan-title') as HTMLInputElement).value).toContain('Monthly safety education')
    expect(inBody('plan-reach')!.textContent).toContain('42 drivers')
    await send()
    expect(inBody('plan-fault-courses')!.textContent).toContain('1 to 20')
    expect(askedFor('POST /api/v1/training-plans')).toEqual([])
    inBody('plan-course-2')!.click()
    await flushPromises()
    expect(inBody('plan-sum')!.textContent).toContain('lessons 4, 10 min')
    await send()
    const sent = askedFor('POST /api/v1/training-plans')[0].body as Record<string, unknown>
    expect(sent).toMatchObject({ kind: 'monthly', course_ids: [2], company_ids: [], cargo: [], hired_from: null })
    expect(router().currentRoute.value.query.new).toBeUndefined()
  })
  test('a regulator neither makes nor withdraws one', async () => {
    as('regulator')
    answers['GET /api/v1/training-plans'] = page([plan(3)])
    await show(PlansPage, '/training/plans?new=1')
    expect(part('plan-row').exists()).toBe(true)
    expect(part('plan-new').exists()).toBe(false)
    expect(part('plan-withdraw').exists()).toBe(false)
    expect(inBody('plan-form')).toBeNull()
  })
})
