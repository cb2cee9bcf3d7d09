// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import type { Role } from '@/api/types'
import { useSession } from '@/app/session'
import { UNDO_MS } from '@/app/heldBack'
import { i18n } from '@/i18n'
import { useVisit } from '../visit'
import CertificatesPage from './CertificatesPage.vue'
import CompanyTrainingPage from './CompanyTrainingPage.vue'
import CoursePage from './CoursePage.vue'
import CoursesPage from './CoursesPage.vue'
import EffectPage from './EffectPage.vue'
import LedgerPage from './LedgerPage.vue'
import PlansPage from './PlansPage.vue'
import ProgressPage from './ProgressPage.vue'

const visit = useVisit()
const { answers, asked, paths, part, parts } = visit
let router: Router
const nothing = { render: () => null }
const NAMES = {
  training: '/training',
  'training-plans': '/training/plans',
  'training-courses': '/training/courses',
  'training-course': '/training/courses/:id(\\d+)',
  'training-course-new': '/training/courses/new',
  'training-course-edit': '/training/courses/:id/edit',
  'training-lesson': '/training/courses/:id/lessons/:lesson',
  'training-certificates': '/training/certificates',
  'training-effect': '/training/effect',
  company: '/companies/:id',
  'company-training': '/companies/:id/training',
  'company-ledger': '/companies/:id/ledger',
  'company-duties': '/companies/:id/duties/:tab?',
}
const as = (role: Role, scope = 'all') =>
  useSession().$patch({
    phase: 'in',
    user: { id: 1, username: 'zhoulan', display_name: null, role, scope, scope_label: '', locale: null },
  })
async function show(page: object, path: string): Promise<void> {
  await router.push(path)
  await visit.show(page as never, {}, router)
}
const inBody = (id: string) => document.querySelector<HTMLElement>(`[data-testid=${id}]`)
const page = (items: unknown[], more: object = {}) => ({ body: { items, next_cursor: null, ...more } })
const askedFor = (name: string) => asked.filter((one) => one.name === name)
const query = (name: string) => new URL(paths[asked.findLastIndex((one) => one.name === name)], 'http://x').searchParams

beforeEach(() => {
  vi.useRealTimers()
  router = createRouter({
    history: createMemoryHistory(),
    routes: Object.entries(NAMES).map(([name, path]) => ({ name, path, component: nothing })),
  })
  answers['GET /api/v1/companies'] = page([
    { id: 1, name: 'Yujie', drivers: 12 },
    { id: 2, name: 'Shulian', drivers: 30 },
  ])
  answers['GET /api/v1/training-plans'] = page([])
  as('lead')
})

const course = (id: number, more: object = {}) => ({
  id,
  code: `c${id}`,
  topic: 'speeding',
  title: `课程${id}`,
  title_en: `Course ${id}`,
  summary: '',
  summary_en: null,
  built_in: true,
  state: 'published',
  published_at: '2026-11-01T00:00:00Z',
  retired_at: null,
  lessons: 4,
  seconds: 590,
  questions: 60,
  exam: { questions: 10, minutes: 15, pass_percent: 80, attempts: 3, valid_months: 12 },
  open_tasks: 7,
  ...more,
})
const plan = (id: number, more: object = {}) => ({
  id,
  kind: 'monthly',
  title: `Plan ${id}`,
  course_ids: [1],
  begins_on: '2026-11-01',
  due_on: '2026-11-30',
  company_ids: [],
  cargo: [],
  hired_from: null,
  wanted: 100,
  assigned: 100,
  assigned_at: '2026-11-01T00:00:00Z',
  state: 'running',
  made_by: 'Zhou Lan',
  made_at: '2026-10-28T02:00:00Z',
  withdrawn_at: null,
  reason: null,
  ...more,
})

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
    expect(router.currentRoute.value.path).toBe('/companies/1/training')
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
    expect(router.currentRoute.value.fullPath).toBe('/training/plans?new=1')
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
    expect(router.currentRoute.value.query.new).toBeUndefined()
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

describe('courses', () => {
  const lesson = (id: number, more: object = {}) => ({
    id,
    code: `l${id}`,
    place: id,
    version: 2,
    title: `课时${id}`,
    title_en: null,
    seconds: 150,
    html: '<p>先看盲区</p>',
    html_en: null,
    video: null,
    retired_at: null,
    ...more,
  })
  const question = (id: number, more: object = {}) => ({
    id,
    code: `Q-${id}`,
    lesson_id: null,
    state: 'live',
    version: 1,
    kind: 'single',
    difficulty: 'easy',
    stem: `题目${id}`,
    stem_en: `Question ${id}`,
    options: [
      { text: '停', text_en: 'Stop', right: true },
      { text: '走', text_en: 'Go', right: false },
    ],
    explanation: '',
    explanation_en: null,
    clause: '',
    clause_en: null,
    effective: null,
    statistics: { answers: 80, difficulty_p: 0.8, discrimination: 0.31, verdict: 'keep', retire: false },
    ...more,
  })
  const poor = { answers: 80, difficulty_p: 0.5, discrimination: -0.2, verdict: 'misleading', retire: true }
  beforeEach(() => {
    answers['GET /api/v1/courses/1'] = { body: { ...course(1), content: [lesson(1), lesson(2)] } }
    answers['GET /api/v1/courses/1/questions'] = page([question(1), question(2, { statistics: poor })])
  })
  test('are listed by their state', async () => {
    answers['GET /api/v1/courses'] = page([course(1), course(2, { state: 'draft', published_at: null })])
    await show(CoursesPage, '/training/courses')
    expect(parts('course-row')).toHaveLength(1)
    expect(part('course-row').text()).toMatch(/Course 1.*10 questions · 15 min · 80 %/)
    await part('courses-draft').trigger('click')
    expect(part('course-row').text()).toContain('Course 2')
    await part('courses-retired').trigger('click')
    expect(part('courses-empty').exists()).toBe(true)
  })
  test('show a lesson as the driver reads it, and say when it has no English', async () => {
    await show(CoursePage, '/training/courses/1')
    expect(part('lesson-phone').find('p:last-child').text()).toBe('先看盲区')
    expect(part('lesson-phone').text()).toContain('in Chinese only')
    expect(part('course-rule').text()).toContain('3 attempts')
    await parts('lesson-choose')[1].trigger('click')
    expect(part('lesson-phone').text()).toContain('课时2')
  })
  test('keep their questions from who does not write courses', async () => {
    as('company', 'company:1')
    await show(CoursePage, '/training/courses/1?view=questions')
    expect(part('course-questions').exists()).toBe(false)
    expect(part('question-row').exists()).toBe(false)
    expect(part('course-retire').exists()).toBe(false)
    expect(askedFor('GET /api/v1/courses/1/questions')).toEqual([])
  })
  test('are retired only when that is said twice', async () => {
    answers['POST /api/v1/courses/1/retire'] = { body: {} }
    await show(CoursePage, '/training/courses/1')
    await part('course-retire').trigger('click')
    expect(askedFor('POST /api/v1/courses/1/retire')).toEqual([])
    await part('course-retire-sure').trigger('click')
    await flushPromises()
    expect(askedFor('POST /api/v1/courses/1/retire')).toHaveLength(1)
  })
  test('have another exam once every number of it is there', async () => {
    answers['PATCH /api/v1/courses/1'] = { body: {} }
    await show(CoursePage, '/training/courses/1')
    await part('exam-change').trigger('click')
    await part('exam-questions').setValue('20')
    await part('exam-questions').trigger('blur')
    await visit.send()
    expect(askedFor('PATCH /api/v1/courses/1')[0].body).toEqual({
      exam_questions: 20,
      exam_minutes: 15,
      pass_percent: 80,
      attempts: 3,
      valid_months: 12,
    })
  })
  test('a question that misleads stands first with a hint, and opens with its right answer', async () => {
    await show(CoursePage, '/training/courses/1?view=questions')
    expect(parts('question-row')[0].text()).toMatch(/Question 2.*Who knows more is wrong.*80.*0\.50.*−0\.20/)
    expect(parts('question-row')[1].find('[data-testid=question-hint]').exists()).toBe(false)
    await parts('question-open')[0].trigger('click')
    expect(part('question-more').find('.ok-text').text()).toBe('Stop')
  })
  test('a question is changed by a new version, never into one that nobody could mark', async () => {
    answers['POST /api/v1/questions/2/versions'] = { status: 201, body: question(2, { version: 2 }) }
    await show(CoursePage, '/training/courses/1?view=questions')
    await parts('question-edit')[0].trigger('click')
    await part('question-right-0').trigger('click')
    await visit.send()
    expect(part('question-fault').text()).toContain('exactly one right')
    await part('question-right-1').trigger('click')
    await part('question-stem').setValue('  新题干 ')
    await visit.send()
    const sent = askedFor('POST /api/v1/questions/2/versions')[0].body as { stem: string; options: unknown }
    expect(sent.stem).toBe('新题干')
    expect(sent.options).toEqual([
      { text: '停', text_en: 'Stop', right: false },
      { text: '走', text_en: 'Go', right: true },
    ])
  })
  test('a file is read line by line first, and taken only when somebody says so', async () => {
    const name = 'POST /api/v1/courses/1/question-imports'
    answers[name] = {
      body: {
        read: 14,
        added: 12,
        duplicates: 2,
        found: 2,
        findings: [
          { line: 7, code: 'answers_not_closed', severity: 'fault', detail: 'no } after line 7' },
          { line: 31, code: 'html_removed', severity: 'note', detail: '<b>' },
        ],
        duplicate: [{ code: 'b1', stem: 'Who?', there: 'Q-1' }],
      },
    }
    await show(CoursePage, '/training/courses/1?view=questions')
    await part('question-import').trigger('click')
    const input = part('import-file').element as HTMLInputElement
    Object.defineProperty(input, 'files', { value: [new File(['::a:: b {T}'], 'bank.gift')] })
    await part('import-file').trigger('change')
    await flushPromises()
    expect(query(name).toString()).toBe('format=gift&dry_run=true')
    expect(part('import-says').text()).toContain(
      '12 questions can be taken, 2 are there already, 1 cannot be read. Nothing is stored yet',
    )
    expect(parts('import-line')[0].text()).toMatch(/7.*mend the file.*no closing brace/)
    expect(part('import-duplicate').text()).toMatch(/Who\?.*Q-1/)
    await part('import-take').trigger('click')
    await flushPromises()
    expect(query(name).get('dry_run')).toBe('false')
    expect(part('import-says').text()).toContain('12 questions taken')
    expect(part('import-take').exists()).toBe(false)
  })
})

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
    await visit.send()
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

describe('whether training helps', () => {
  test('stands as counts with a difference and its interval, never as a share alone', async () => {
    answers['GET /api/v1/training-effect'] = page(
      [
        {
          course: { id: 2, title: '疲劳', title_en: 'Fatigue', topic: 'fatigue' },
          taught: { n: 4, relapsed: 2 },
          comparable: { n: 5, relapsed: 2 },
          difference: -0.1,
          low: -0.58,
          high: 0.42,
          verdict: 'open',
        },
        {
          course: { id: 1, title: '超速', title_en: 'Speeding', topic: 'speeding' },
          taught: { n: 210, relapsed: 31 },
          comparable: { n: 240, relapsed: 84 },
          difference: 0.202,
          low: 0.124,
          high: 0.28,
          verdict: 'works',
        },
      ],
      { counted_at: '2026-11-22T01:00:00Z' },
    )
    await show(EffectPage, '/training/effect')
    expect(part('effect-page').text()).toContain('Counted once a day')
    expect(parts('effect-row').map((row) => row.attributes('data-verdict'))).toEqual(['open', 'works'])
    expect(parts('effect-row')[1].text()).toMatch(/31 \/ 210.*84 \/ 240.*\+20\.2.*\+12\.4 … \+28\.0/)
    i18n.global.locale.value = 'zh-CN'
    await flushPromises()
    expect(parts('effect-row')[1].text()).toContain('再犯更少')
  })
  test('says when it begins where nobody can be compared yet', async () => {
    answers['GET /api/v1/training-effect'] = page([])
    await show(EffectPage, '/training/effect')
    expect(part('effect-empty').text()).toContain('30 days')
  })
})
