// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { UNDO_MS } from '@/app/heldBack'
import CompanyTrainingPage from './CompanyTrainingPage.vue'
import { as, page, useTraining } from './stage'

const { answers, askedFor, part, parts, query, show } = useTraining()

const task = (id: number, driver: number, more: object = {}) => ({
  id,
  driver_id: driver,
  driver: `Driver ${driver}`,
  course: { id: 1, title: '超速', title_en: 'Speeding', topic: 'speeding' },
  plan: { id: 3, title: 'Plan 3' },
  kind: 'monthly',
  state: 'in_progress',
  overdue: false,
  restricted: false,
  assigned_at: '2026-11-01T00:00:00Z',
  due_at: '2026-11-30T15:59:59Z',
  seconds: 600,
  studied_s: 301,
  best_score: null,
  closed_at: null,
  reason: null,
  certificate_no: null,
  causes: 0,
  ...more,
})

describe('what the drivers of a company have to learn', () => {
  beforeEach(() => {
    answers['GET /api/v1/companies/1/training-tasks'] = page([
      task(10, 7, { overdue: true, due_at: '2026-11-10T15:59:59Z' }),
      task(11, 7, { restricted: true, causes: 3, kind: 'remedial', plan: null }),
      task(12, 8, { state: 'excused', closed_at: '2026-11-02T00:00:00Z', reason: 'driver-left' }),
    ])
  })
  test('stands by driver, with what is late, how long he studied, and why a task was closed', async () => {
    await show(CompanyTrainingPage, '/companies/1/training')
    expect(query('GET /api/v1/companies/1/training-tasks').get('state')).toBe('open')
    expect(parts('task-driver')).toHaveLength(2)
    expect(parts('task-row')[0].text()).toMatch(/Overdue · Learning.*6 \/ 10 min/)
    expect(parts('task-row')[1].text()).toMatch(/Not to drive before.*3 alarms.*6 \/ 10 min/)
    expect(parts('task-row')[2].text()).toContain('The driver has left')
    expect(parts('task-excuse')).toHaveLength(2)
  })
  test('is filtered by state and plan through the address', async () => {
    await show(CompanyTrainingPage, '/companies/1/training?state=overdue&plan=3&driver=7')
    expect(query('GET /api/v1/companies/1/training-tasks').toString()).toBe('state=overdue&plan=3&driver=7&limit=100')
    await part('tasks-all').trigger('click')
    await flushPromises()
    expect(query('GET /api/v1/companies/1/training-tasks').get('state')).toBeNull()
  })
  test('somebody is excused with a reason once nobody has undone it', async () => {
    vi.useFakeTimers()
    answers['POST /api/v1/training-tasks/10/excuse'] = {
      body: task(10, 7, { state: 'excused', closed_at: '2026-11-22T00:00:00Z', reason: 'On leave' }),
    }
    await show(CompanyTrainingPage, '/companies/1/training')
    await parts('task-excuse')[0].trigger('click')
    await part('reason-words').setValue('On leave')
    await part('reason-pane').find('form').trigger('submit')
    await vi.advanceTimersByTimeAsync(UNDO_MS)
    expect(askedFor('POST /api/v1/training-tasks/10/excuse')[0].body).toEqual({ reason: 'On leave' })
    expect(parts('task-row')[0].text()).toContain('On leave')
    expect(parts('task-excuse')).toHaveLength(1)
  })
  test('a driver gets in by a QR code; his own code is looked up only when that is asked for', async () => {
    answers['POST /api/v1/drivers/7/entry-link'] = {
      status: 201,
      body: { link: '/driver/#entry=t-1', expires_at: '2026-11-23T00:00:00Z' },
    }
    answers['GET /api/v1/drivers/7/entry-code'] = { status: 404, body: {} }
    await show(CompanyTrainingPage, '/companies/1/training')
    await parts('task-entry')[0].trigger('click')
    await flushPromises()
    expect(part('qr-code').find('svg').exists()).toBe(true)
    expect((part('entry-link').element as HTMLInputElement).value).toBe(`${window.location.origin}/driver/#entry=t-1`)
    expect(askedFor('GET /api/v1/drivers/7/entry-code')).toEqual([])
    await part('entry-look').trigger('click')
    await flushPromises()
    expect(part('entry-no-code').text()).toContain('He asks for one on his phone')
    answers['GET /api/v1/drivers/7/entry-code'] = {
      body: { code: '408213', expires_at: '2026-11-22T02:05:00Z', state: 'told', fault: null },
    }
    await part('entry-look').trigger('click')
    await flushPromises()
    expect(part('entry-code').text()).toBe('408213')
  })
  test('a company sees no codes, and a regulator gives no entry and excuses nobody', async () => {
    as('company', 'company:1')
    answers['POST /api/v1/drivers/7/entry-link'] = { status: 403, body: {} }
    await show(CompanyTrainingPage, '/companies/1/training')
    await parts('task-entry')[0].trigger('click')
    await flushPromises()
    expect(part('entry-failure').exists()).toBe(true)
    expect(part('entry-look').exists()).toBe(false)
    as('regulator')
    await flushPromises()
    expect(part('task-entry').exists()).toBe(false)
    expect(part('task-excuse').exists()).toBe(false)
  })
})
