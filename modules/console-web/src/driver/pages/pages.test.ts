// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import App from '../App.vue'
import { keepCsrf, online } from '../api/client'
import type { Attempt, TaskRow, Today } from '../api/types'
import { attempts, queue } from '../exams'
import { chooseLocale } from '../i18n'
import { startRouter } from '../router'
import { driver, ended, locked, standing } from '../session'

type Body = Record<string, unknown>
type Fixed = { status?: number; body?: unknown; headers?: Record<string, string> }
type Answer = Fixed | ((body: Body) => Fixed)
let answers: Record<string, Answer>
let asked: { call: string; body: Body; csrf: string | null }[]
let app: VueWrapper | undefined

const NOW = new Date().toISOString()
const later = (s: number) => new Date(Date.now() + s * 1000).toISOString()
const problem = (rule: string, status = 409, more: Body = {}): Fixed => ({
  status,
  body: { type: `urn:haulwatch:problem:${rule}`, ...more },
})
const who = { id: 7, name: '刘建国', company_id: 1, company_name: '渝捷达物流有限公司' }
const question = {
  question_id: 1,
  version: 1,
  kind: 'single',
  stem: '怎么做？',
  stem_en: 'What now?',
  options: [1, 2].map((n) => ({ n, text: `选项${n}`, text_en: `Option ${n}` })),
}
const row = (more: Partial<TaskRow> = {}): TaskRow => ({
  id: 12,
  course: { id: 1, title: '长下坡', title_en: 'Long descents', topic: 'downhill' },
  kind: 'monthly',
  state: 'in_progress',
  due_at: later(5 * 86_400),
  overdue: false,
  restricted: false,
  lessons: 2,
  lessons_done: 1,
  studied_s: 160,
  seconds: 320,
  exam: { questions: 2, minutes: 15, pass_percent: 80, attempts_left: 3, may_start_at: null, open_attempt: null },
  cause: null,
  ...more,
})
const lesson = (id: number, done: boolean) => ({
  id,
  version: 1,
  title: `第 ${id} 课`,
  title_en: `Lesson ${id}`,
  seconds: 160,
  html: '<h2>先减速</h2><p>挂低挡。</p><h2>再下坡</h2><p>踩实，松开。</p>',
  html_en: null,
  plain: '先减速',
  plain_en: null,
  video: null,
  clip: null,
  position_s: done ? 160 : 40,
  reached_s: done ? 160 : 40,
  credited_s: done ? 160 : 40,
  done,
  quiz: [question],
})
const view = (more: Partial<TaskRow> = {}, done = [true, false]) => ({
  ...row(more),
  lessons: done.map((d, i) => lesson(31 + i, d)),
  track: null,
})
const today = (more: Partial<Today> = {}): Today => ({
  now: NOW,
  locked: false,
  vehicle: { plate: '渝B30718', moving: false },
  clock: { continuous_s: 6000, limit_s: 14_400, deadline: later(8430), driving: true, as_of: NOW },
  tasks: [row(), row({ id: 13, overdue: true, course: { id: 2, title: '盲区', title_en: 'Blind spots', topic: 'b' } })],
  unread: 1,
  open_alarms: 2,
  hours: { month_s: 600, month_wanted_s: 1200 },
  ...more,
})
const study = (more: Body = {}) => ({
  id: 5,
  lesson_id: 32,
  state: 'running',
  position_s: 40,
  reached_s: 40,
  credited_s: 40,
  seconds: 160,
  beat_s: 15,
  check_until: null,
  reason: null,
  ...more,
})
const attempt = (more: Body = {}) => ({
  id: 'a1',
  task_id: 12,
  number: 1,
  begun_at: NOW,
  ends_at: later(900),
  now: NOW,
  leaves_left: 3,
  questions: [1, 2].map((place) => ({
    ...question,
    place,
    stem: `题目 ${place}`,
    stem_en: `Question ${place}`,
    given: null,
    answer_no: 0,
  })),
  closed_at: null,
  score: null,
  passed: null,
  pass_percent: 80,
  review: null,
  ...more,
})

const part = (id: string) => app!.find(`[data-testid=${id}]`)
const parts = (id: string) => app!.findAll(`[data-testid=${id}]`)
const text = () => app!.text()
const calls = (call: string) => asked.filter((a) => a.call === call)
const settle = async () => {
  for (let i = 0; i < 4; i++) await flushPromises()
}
async function show(hash: string): Promise<void> {
  app?.unmount()
  location.hash = hash
  startRouter()
  app = mount(App, { attachTo: document.body })
  await settle()
}
const press = async (id: string) => {
  await part(id).trigger('click')
  await settle()
}

beforeEach(async () => {
  const kept = await queue()
  for (const id of ['a1', 'a2']) await kept.forget(id)
  chooseLocale('zh-CN')
  localStorage.clear()
  keepCsrf('')
  standing.value = 'unknown'
  driver.value = null
  ended.value = false
  locked.value = false
  online.value = true
  for (const id of Object.keys(attempts)) delete attempts[id]
  asked = []
  answers = {
    'GET /driver/session': { body: { csrf_token: 't1', driver: who } },
    'GET /driver/today': { body: today() },
    'GET /driver/tasks': { body: { items: [row(), row({ id: 11, state: 'exam_passed' })], next_cursor: null } },
    'GET /driver/tasks/12': { body: view() },
    'GET /driver/tasks/13': { body: { ...view(), id: 13 } },
  }
  window.scrollTo = () => {}
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const call = `${init.method} ${path.replace('/api/v1', '')}`
    const body = init.body ? (JSON.parse(init.body as string) as Body) : {}
    asked.push({ call, body, csrf: (init.headers as Record<string, string>)['x-csrf-token'] ?? null })
    const found = answers[call]
    if (!found) throw new TypeError('network')
    const answer = typeof found === 'function' ? found(body) : found
    return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), {
      status: answer.status ?? (answer.body === undefined ? 204 : 200),
      headers: answer.headers ?? {},
    })
  })
})
afterEach(() => {
  app?.unmount()
  document.body.innerHTML = ''
})

describe('signing in', () => {
  beforeEach(() => {
    answers['GET /driver/session'] = problem('sign-in-needed', 401)
  })
  test('takes a phone and a code, and shows today', async () => {
    answers['POST /driver/codes'] = { status: 202, body: { wait_seconds: 60 } }
    answers['POST /driver/session'] = { body: { csrf_token: 't2', driver: who } }
    await show('')
    await part('phone').setValue('+86 138 0000 0000')
    await press('get-code')
    expect(calls('POST /driver/codes')[0].body).toEqual({ phone: '13800000000' })
    expect(part('get-code').text()).toBe('60 秒后重发')
    await part('code').setValue('123456')
    await part('sign-in').find('form').trigger('submit')
    await settle()
    expect(calls('POST /driver/session')[0].body).toEqual({ phone: '13800000000', code: '123456' })
    expect(part('today').exists()).toBe(true)
  })
  test('says what is wrong with a number or a code', async () => {
    answers['POST /driver/session'] = problem('wrong-code', 401)
    await show('')
    await part('phone').setValue('138')
    await press('get-code')
    expect(part('sign-in-problem').text()).toContain('11 位')
    await part('phone').setValue('13800000000')
    await part('code').setValue('000000')
    await part('sign-in').find('form').trigger('submit')
    await settle()
    expect(part('sign-in-problem').text()).toContain('验证码不对')
  })
  test('asks for the company where there are several', async () => {
    answers['POST /driver/session'] = (body) =>
      body.driver_id === 8
        ? { body: { csrf_token: 't2', driver: { ...who, id: 8 } } }
        : problem('choose-company', 409, {
            choices: [
              { driver_id: 7, company_name: '甲' },
              { driver_id: 8, company_name: '乙' },
            ],
          })
    await show('')
    await part('phone').setValue('13900000000')
    await part('code').setValue('123456')
    await part('sign-in').find('form').trigger('submit')
    await settle()
    await parts('choice')[1].trigger('click')
    await settle()
    expect(driver.value?.id).toBe(8)
    expect(part('today').exists()).toBe(true)
  })
  test('by a link takes it out of the address at once', async () => {
    answers['POST /driver/session'] = { body: { csrf_token: 't2', driver: who } }
    await show('#entry=secret-token')
    expect(calls('POST /driver/session')[0].body).toEqual({ link: 'secret-token' })
    expect(location.hash).toBe('#/today')
    expect(part('today').exists()).toBe(true)
  })
  test('by a link that was used leads to the phone number, or back to who is signed in', async () => {
    answers['POST /driver/session'] = problem('bad-link', 401)
    await show('#entry=used')
    expect(part('sign-in-problem').text()).toContain('链接')
    app!.unmount()
    standing.value = 'unknown'
    answers['GET /driver/session'] = { body: { csrf_token: 't1', driver: who } }
    await show('#entry=used')
    expect(part('today').exists()).toBe(true)
  })
  test('again after the session ended says that nothing is lost', async () => {
    answers['GET /driver/session'] = { body: { csrf_token: 't1', driver: who } }
    await show('')
    answers['GET /driver/tasks'] = problem('sign-in-needed', 401)
    location.hash = '#/learn'
    window.dispatchEvent(new Event('hashchange'))
    await settle()
    expect(text()).toContain('没有送出的答题还在手机里')
  })
})

describe('today', () => {
  test('greets, shows the truck, one next task with one button, the rest clock and what is left', async () => {
    await show('')
    expect(text()).toContain('刘师傅')
    expect(text()).toContain('渝B·30718 · 停车中')
    expect(part('next-task').text()).toContain('第 32 课')
    expect(part('next-task').text()).toContain('已逾期')
    expect(parts('next-task-go')).toHaveLength(1)
    expect(part('next-task-go').attributes('href')).toBe('#/learn/13/lesson/32')
    expect(part('rest-clock').text()).toContain('2 小时 20 分')
    expect(parts('left-task')).toHaveLength(1)
    expect(text()).toContain('今天还有 3 件')
  })
  test('is the same in English', async () => {
    chooseLocale('en')
    await show('')
    expect(text()).toContain('3 more today')
    expect(part('next-task').text()).toContain('Finish “Lesson 32”')
    expect(part('rest-clock').text()).toContain('2 h 20 min')
  })
  test('leads to the exam when all is studied, and to one that is under way first', async () => {
    answers['GET /driver/today'] = { body: today({ tasks: [row({ state: 'study_done' })] }) }
    await show('')
    expect(part('next-task').text()).toContain('2 题，15 分钟，80 分合格')
    expect(part('next-task-go').attributes('href')).toBe('#/exam/12')
  })
  test('says that there is nothing to learn', async () => {
    answers['GET /driver/today'] = { body: today({ tasks: [], open_alarms: 0, unread: 0, clock: null }) }
    await show('')
    expect(part('all-done').text()).toContain('10 分')
    expect(part('rest-clock').text()).toContain('还不知道')
  })
  test('without a network shows what the phone kept, and how old it is', async () => {
    localStorage.setItem('haulwatch.driver.session', JSON.stringify(who))
    delete answers['GET /driver/session']
    answers['GET /driver/today'] = { body: today(), headers: { 'x-haulwatch-kept': '2026-11-20T02:00:00Z' } }
    await show('')
    expect(part('offline').text()).toContain('10:00')
    expect(part('next-task').exists()).toBe(true)
  })
  test('without a network and without anything kept says so and offers to try again', async () => {
    localStorage.setItem('haulwatch.driver.session', JSON.stringify(who))
    delete answers['GET /driver/session']
    delete answers['GET /driver/today']
    await show('')
    expect(part('failure').text()).toContain('没有网络')
  })
  test('while the truck moves shows the clock and one sentence, and looks every fifteen seconds', async () => {
    vi.useFakeTimers()
    answers['GET /driver/today'] = { body: today({ locked: true, tasks: [] }) }
    const shown = show('')
    await vi.advanceTimersByTimeAsync(0)
    await shown
    expect(part('locked').text()).toContain('专心开车')
    expect(app!.findAll('button, a')).toHaveLength(0)
    const before = calls('GET /driver/today').length
    answers['GET /driver/today'] = { body: today() }
    await vi.advanceTimersByTimeAsync(15_000)
    expect(calls('GET /driver/today').length).toBeGreaterThan(before)
    expect(part('locked').exists()).toBe(false)
    vi.useRealTimers()
  })
  test('is locked by any call that the moving truck refuses', async () => {
    let drives = false
    answers['GET /driver/today'] = () => ({ body: today({ locked: drives }) })
    answers['GET /driver/alarms'] = () => {
      drives = true
      return problem('truck-moving', 423)
    }
    await show('#/alarms')
    expect(part('locked').exists()).toBe(true)
  })
})

describe('learning', () => {
  test('lists what is open and what is done', async () => {
    await show('#/learn')
    expect(parts('open-task')).toHaveLength(1)
    expect(part('closed-task').text()).toContain('已通过')
  })
  test('shows the lessons of a task, why it is there, and when the exam opens', async () => {
    answers['GET /driver/tasks/12'] = {
      body: {
        ...view({
          kind: 'remedial',
          restricted: true,
          cause: { episode_id: 'e', rule: 'speeding', severity: 4, started_at: NOW },
        }),
        track: {
          from: NOW,
          to: later(60),
          limit_kmh: 80,
          points: [70, 103].map((speed_kmh, i) => ({ at: later(i * 30), speed_kmh, lat: 30, lon: 107 })),
        },
      },
    }
    await show('#/learn/12')
    expect(parts('lesson-row')).toHaveLength(2)
    expect(text()).toContain('超速')
    expect(text()).toContain('完成以前不要出车')
    expect(part('own-track').text()).toContain('103 km/h，限速 80')
    expect(text()).toContain('学完以后可以考试')
    expect(part('go-on').attributes('href')).toBe('#/learn/12/lesson/32')
  })
  test('goes on where it stopped, with the later parts still shut', async () => {
    answers['POST /driver/tasks/12/lessons/32/begin'] = { body: study() }
    answers['POST /driver/studies/5/beats'] = { body: study() }
    await show('#/learn/12/lesson/32')
    expect(part('play').text()).toBe('继续')
    expect(parts('part')).toHaveLength(1)
    expect(part('part-shut').text()).toContain('再下坡')
    await press('play')
    expect(calls('POST /driver/studies/5/beats')[0]).toMatchObject({
      csrf: 't1',
      body: { beats: [{ sequence: 1, position_s: 40, visible: true }] },
    })
    expect(part('play').text()).toBe('暂停，2:00 后答题')
  })
  test('stops at once when the page is hidden, and says so', async () => {
    answers['POST /driver/tasks/12/lessons/32/begin'] = { body: study() }
    answers['POST /driver/studies/5/beats'] = { body: study() }
    await show('#/learn/12/lesson/32')
    await press('play')
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
    await settle()
    const beats = calls('POST /driver/studies/5/beats')
    expect(beats[beats.length - 1].body).toMatchObject({ beats: [{ sequence: 2, visible: false }] })
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true })
    expect(part('lesson-why').text()).toBe('您离开了页面，计时已停')
    expect(part('play').text()).toBe('继续')
  })
  test('asks whether he is there with one big button', async () => {
    answers['POST /driver/tasks/12/lessons/32/begin'] = { body: study() }
    answers['POST /driver/studies/5/beats'] = { body: study({ check_until: later(60) }) }
    answers['POST /driver/studies/5/present'] = { body: study() }
    await show('#/learn/12/lesson/32')
    await press('play')
    expect(part('check').text()).toContain('您还在看吗')
    await press('present')
    expect(part('check').exists()).toBe(false)
  })
  test('says why the server stopped it, and goes on in a new sitting', async () => {
    answers['POST /driver/tasks/12/lessons/32/begin'] = { body: study() }
    answers['POST /driver/studies/5/beats'] = { body: study({ state: 'paused', reason: 'check_missed' }) }
    await show('#/learn/12/lesson/32')
    await press('play')
    expect(part('lesson-why').text()).toContain('上一段不计')
    answers['POST /driver/studies/5/beats'] = { body: study() }
    await press('play')
    expect(calls('POST /driver/tasks/12/lessons/32/begin')).toHaveLength(2)
    expect(part('lesson-why').exists()).toBe(false)
  })
  test('plays an uploaded video: its size first, no skipping, still while the page is hidden, the text below', async () => {
    const film = { ...lesson(32, false), video: 'v-1', clip: { id: 'v-1', type: 'video/mp4', size: 24_310_000 } }
    answers['GET /driver/tasks/12'] = { body: { ...view(), lessons: [lesson(31, true), film] } }
    answers['POST /driver/tasks/12/lessons/32/begin'] = { body: study() }
    answers['POST /driver/studies/5/beats'] = { body: study() }
    const play = vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue()
    const pause = vi.spyOn(HTMLMediaElement.prototype, 'pause').mockReturnValue()
    await show('#/learn/12/lesson/32')
    const v = part('video').element as HTMLVideoElement
    expect(part('video').attributes()).toMatchObject({
      src: '/api/v1/course-videos/v-1/content',
      preload: 'none',
      playsinline: '',
    })
    expect(part('video-size').text()).toBe('视频 24.3 MB，点“开始”才下载')
    expect(parts('part')).toHaveLength(2)
    let place = 0
    Object.defineProperty(v, 'currentTime', { get: () => place, set: (to: number) => (place = to) })
    Object.defineProperty(v, 'paused', { get: () => play.mock.calls.length === pause.mock.calls.length })
    await press('play')
    expect([play.mock.calls.length, place]).toEqual([1, 40])
    place = 41.5
    await part('video').trigger('timeupdate')
    expect(text()).toContain('0:41')
    place = 120
    await part('video').trigger('seeking')
    expect(place).toBe(41.5)
    place = 120
    await part('video').trigger('timeupdate')
    expect(place).toBe(41.5)
    place = 3
    await part('video').trigger('seeking')
    expect(place).toBe(3)
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
    await settle()
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true })
    expect(pause.mock.calls.length).toBe(1)
    expect(part('lesson-why').text()).toBe('您离开了页面，计时已停')
    vi.restoreAllMocks()
  })
  test('is read where its video does not open, or is on another site', async () => {
    const film = { ...lesson(32, false), video: 'v-1', clip: { id: 'v-1', type: 'video/mp4', size: 10 } }
    answers['GET /driver/tasks/12'] = { body: { ...view(), lessons: [lesson(31, true), film] } }
    await show('#/learn/12/lesson/32')
    await part('video').trigger('error')
    expect(part('video').exists()).toBe(false)
    expect(text()).toContain('视频打不开')
    const away = { ...lesson(32, false), video: 'https://video.example/a' }
    answers['GET /driver/tasks/12'] = { body: { ...view(), lessons: [lesson(31, true), away] } }
    await show('#/learn/12')
    await show('#/learn/12/lesson/32')
    expect(part('video').exists()).toBe(false)
    expect(part('video-elsewhere').find('a').attributes()).toMatchObject({
      href: 'https://video.example/a',
      target: '_blank',
      rel: 'noopener noreferrer',
    })
  })
  test('ends with questions that explain, and leads to the next lesson', async () => {
    answers['POST /driver/quiz'] = {
      body: {
        right: false,
        right_options: [2],
        explanation: '要挂低挡。',
        explanation_en: null,
        clause: '第六十二条',
        clause_en: null,
        effective: '2022-04-01',
        rewatch_from_s: null,
      },
    }
    await show('#/learn/12/lesson/31')
    await press('to-quiz')
    await parts('option')[0].find('input').trigger('change')
    await press('quiz-check')
    expect(calls('POST /driver/quiz')[0].body).toEqual({ question_id: 1, version: 1, given: [1] })
    expect(part('quiz-result').text()).toContain('不对')
    expect(part('quiz-result').text()).toContain('正确答案：B')
    expect(part('quiz-result').text()).toContain('2022-04-01 起执行')
    await press('quiz-next')
    expect(part('next-lesson').attributes('href')).toBe('#/learn/12/lesson/32')
  })
  test('goes on where the server says after two wrong answers', async () => {
    answers['POST /driver/quiz'] = {
      body: {
        right: false,
        right_options: [2],
        explanation: '要挂低挡。',
        explanation_en: null,
        clause: '',
        clause_en: null,
        effective: null,
        rewatch_from_s: 40,
      },
    }
    answers['POST /driver/tasks/12/lessons/31/begin'] = { body: study({ lesson_id: 31, credited_s: 160 }) }
    answers['POST /driver/studies/5/beats'] = { body: study({ lesson_id: 31, credited_s: 160 }) }
    await show('#/learn/12/lesson/31')
    await press('to-quiz')
    await parts('option')[0].find('input').trigger('change')
    await press('quiz-check')
    expect(part('quiz-rewatch').text()).toBe('这一题错了两次，从 0:40 再看一遍，看完再答')
    expect(part('quiz-next').exists()).toBe(false)
    answers['GET /driver/tasks/12'] = { body: view({}, [false, false]) }
    await press('rewatch')
    expect(part('quiz').exists()).toBe(false)
    await press('play')
    expect(calls('POST /driver/tasks/12/lessons/31/begin')).toHaveLength(1)
    expect(part('lesson-done').exists()).toBe(false)
  })
})

describe('an exam', () => {
  const review = [1, 2].map((place) => ({
    place,
    right: place === 1,
    right_options: [1],
    explanation: `因为 ${place}`,
    clause: '',
    effective: null,
  }))
  beforeEach(() => {
    answers['GET /driver/tasks/12'] = { body: view({ state: 'study_done' }, [true, true]) }
    answers['POST /exams/12/attempts'] = { status: 201, body: attempt() }
    answers['POST /attempts/a1/answers'] = (body) => ({
      body: {
        taken: (body.answers as { place: number }[]).map((a) => a.place),
        refused: [],
        leaves_left: 3 - Number(body.left_page),
        closed_at: null,
        ends_at: attempt().ends_at,
        now: NOW,
      },
    })
  })
  test('says before each leave how often it may still be left', async () => {
    await show('#/exam/12')
    expect(text()).toContain('离开页面最多 3 次')
    await press('begin')
    expect(part('leaves').exists()).toBe(false)
    for (const left of [2, 1]) {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
      await settle()
      Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true })
      expect(part('leaves').text()).toBe(`还可以离开 ${left} 次，再多就自动交卷`)
    }
    await app!.find('header button').trigger('click')
    await settle()
    expect(part('exam').text()).toContain('还可以离开 1 次')
    await press('leave')
    const sent = calls('POST /attempts/a1/answers')
    expect(sent[sent.length - 1].body).toMatchObject({ left_page: 3 })
  })
  test('that was left too often shows what came of it', async () => {
    answers['POST /exams/12/attempts'] = { status: 201, body: attempt({ leaves_left: 0 }) }
    answers['POST /attempts/a1/close'] = { body: attempt({ closed_at: NOW, score: 50, passed: false, review }) }
    await show('#/exam/12')
    await press('begin')
    expect(part('leaves').text()).toBe('再离开就自动交卷。')
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
    await settle()
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true })
    await settle()
    expect(calls('POST /attempts/a1/answers')[0].body).toMatchObject({ left_page: 4 })
    expect(part('result').text()).toContain('没有合格')
  })
  test('is begun, answered, looked over, signed for and explained', async () => {
    answers['POST /attempts/a1/close'] = { body: attempt({ closed_at: NOW, score: 50, passed: false, review }) }
    await show('#/exam/12')
    expect(text()).toContain('时间由服务器计')
    await press('begin')
    expect(part('time-left').text()).toMatch(/^剩 1[45]:/)
    await parts('option')[0].find('input').trigger('change')
    await settle()
    expect(calls('POST /attempts/a1/answers')[0].body).toMatchObject({
      answers: [{ place: 1, given: [1], answer_no: 1 }],
    })
    await press('flag')
    await press('next')
    await press('next')
    expect(part('open-count').text()).toBe('还有 1 题没答，没答算错')
    expect(parts('place')[0].attributes('aria-label')).toContain('已标记')
    expect((part('submit').element as HTMLButtonElement).disabled).toBe(true)
    await part('without-signature').setValue(true)
    await press('submit')
    expect(calls('POST /attempts/a1/close')).toHaveLength(1)
    expect(part('result').text()).toContain('没有合格')
    expect(parts('review')).toHaveLength(1)
    await press('show-all')
    expect(parts('review')).toHaveLength(2)
    await press('result-done')
  })
  test('is answered without a network, kept over a reload, and sent when there is one again', async () => {
    await show('#/exam/12')
    await press('begin')
    const there = answers['POST /attempts/a1/answers']
    delete answers['POST /attempts/a1/answers']
    await parts('option')[1].find('input').trigger('change')
    await settle()
    expect(part('saved').text()).toContain('1 题待提交')
    app!.unmount()
    standing.value = 'unknown'
    delete attempts.a1
    answers['POST /attempts/a1/answers'] = there
    answers['GET /attempts/a1'] = {
      body: attempt({
        questions: attempt().questions.map((q) => (q.place === 1 ? { ...q, given: [2], answer_no: 1 } : q)),
      }),
    }
    await show('#/exam/12')
    const sent = calls('POST /attempts/a1/answers')
    expect(sent[sent.length - 1].body).toMatchObject({ answers: [{ place: 1, given: [2] }] })
    expect(part('exam').text()).toContain('第 2 题')
  })
  test('that another phone has says so and can be taken over', async () => {
    answers['POST /exams/12/attempts'] = (body) =>
      body.take_over ? { status: 201, body: attempt({ id: 'a2' }) } : problem('exam-elsewhere')
    await show('#/exam/12')
    await press('begin')
    expect(part('exam-elsewhere').text()).toContain('另一台手机')
    await press('take-over')
    expect(part('exam').exists()).toBe(true)
  })
  test('that may not begin yet says until when', async () => {
    answers['POST /exams/12/attempts'] = problem('wait-first', 409, { until: '2026-11-21T02:00:00Z' })
    await show('#/exam/12')
    await press('begin')
    expect(text()).toContain('11-21 10:00')
  })
})

describe('his file', () => {
  const alarm = {
    id: '0d4c1f8e-7b1a-4a63-9d0a-2f6f3b1f7a11',
    rule: 'speeding',
    severity: 4,
    state: 'closed',
    handling: 'new',
    plate: '渝B30718',
    started_at: '2026-11-20T02:00:00Z',
    ended_at: '2026-11-20T02:03:20Z',
    measures: { peak_decikmh: 1034, limit_decikmh: 800 },
    facts: {},
    may_appeal: true,
    appeal: null as unknown,
  }
  test('shows his alarms with figure, limit and duration, and takes an appeal', async () => {
    const items = [alarm]
    answers['GET /driver/alarms'] = () => ({ body: { items, next_cursor: null } })
    answers[`POST /driver/alarms/${alarm.id}/appeal`] = (body) => {
      items[0] = {
        ...alarm,
        may_appeal: false,
        appeal: {
          reason: body.reason,
          appealed_at: NOW,
          by_driver: true,
          decided_at: null,
          accepted: null,
          note: null,
        },
      }
      return { status: 201, body: {} }
    }
    await show('#/alarms')
    expect(part('alarm-row').text()).toContain('最高 103 km/h，限速 80，持续 3:20')
    app!.unmount()
    await show(`#/alarms/${alarm.id}`)
    await part('reason').setValue('短')
    await part('appeal-form').trigger('submit')
    expect(part('appeal-problem').text()).toContain('5 个字')
    await part('reason').setValue('限速牌被树挡住，看不见')
    await part('appeal-form').trigger('submit')
    await settle()
    expect(part('appeal').text()).toContain('待裁定')
    expect(part('appeal-form').exists()).toBe(false)
  })
  test('shows papers, hours, certificates and messages', async () => {
    answers['GET /driver/papers'] = {
      body: {
        items: [
          { kind: 'drv.licence', number: '5001', expires: '2026-12-13', state: 'due_soon', days: 21, critical: true },
        ],
      },
    }
    answers['GET /driver/hours'] = {
      body: {
        month_s: 600,
        month_wanted_s: 1200,
        hour_s: 2700,
        days: [{ day: '2026-11-20', seconds: 600 }],
        cycle_hours: 15.5,
        records: [],
      },
    }
    answers['GET /driver/certificates'] = {
      body: {
        items: [
          {
            number: 'HW26-1',
            task_id: 1,
            title: '超速',
            title_en: null,
            score: 90,
            studied_s: 600,
            issued_at: NOW,
            expires_on: '2027-11-20',
            valid: true,
            revoked_at: null,
            revoked_reason: null,
          },
        ],
      },
    }
    answers['GET /driver/messages'] = {
      body: {
        items: [{ id: 5, kind: 'assigned', task_id: 12, alarm_id: null, words: '长下坡', at: NOW, read_at: null }],
      },
    }
    answers['POST /driver/messages/5/read'] = { body: {} }
    const expected: Record<string, string[]> = {
      papers: ['驾驶证', '将到期', '剩 21 天'],
      hours: ['10 分，要求 20 分', '已有 15.5 小时，还差 8.5 小时'],
      certificates: ['HW26-1', '有效', '/driver/#verify=HW26-1'],
      messages: ['新的学习任务', '长下坡'],
    }
    for (const name of Object.keys(expected)) {
      await show(`#/${name}`)
      for (const words of expected[name]) expect(part(name).text()).toContain(words)
      app!.unmount()
    }
    expect(calls('POST /driver/messages/5/read')).toHaveLength(1)
  })
  test('changes the language and signs out', async () => {
    answers['DELETE /driver/session'] = {}
    await show('#/me')
    await press('language')
    expect(text()).toContain('Sign out')
    await press('sign-out')
    expect(calls('DELETE /driver/session')[0].csrf).toBe('t1')
    expect(part('sign-in').exists()).toBe(true)
    expect(localStorage.getItem('haulwatch.driver.session')).toBeNull()
  })
  test('leaves nothing of him behind when he signs out, even where his session is over', async () => {
    const deleted: string[] = []
    vi.stubGlobal('caches', { delete: async (name: string) => deleted.push(name) > 0 })
    const kept = await queue()
    const over = attempt({ closed_at: NOW, score: 50, passed: false }) as unknown as Attempt
    await kept.open(over, who.id, { title: '长下坡', title_en: null })
    answers['DELETE /driver/session'] = problem('sign-in-needed', 401)
    await show('#/me')
    deleted.length = 0
    await press('sign-out')
    vi.stubGlobal('caches', undefined)
    expect(part('sign-in').exists()).toBe(true)
    expect(ended.value).toBe(false)
    expect(localStorage.getItem('haulwatch.driver.session')).toBeNull()
    expect(deleted).toEqual(['kept-1'])
    expect(await kept.find('a1')).toBeUndefined()
    expect(Object.keys(attempts)).toEqual([])
  })
})

describe('checking a certificate', () => {
  test('asks nobody to sign in', async () => {
    answers['GET /driver/session'] = problem('sign-in-needed', 401)
    answers['GET /certificate-checks/HW26-1'] = {
      body: {
        number: 'HW26-1',
        valid: false,
        course: { title: '超速', title_en: 'Speeding' },
        issued_on: '2026-10-31',
        expires_on: '2027-10-28',
        revoked: true,
        holder: '刘**',
      },
    }
    await show('#verify=HW26-1')
    expect(part('verify-result').attributes('data-state')).toBe('revoked')
    expect(part('verify-result').text()).toContain('刘**')
    expect(calls('GET /driver/session')).toHaveLength(0)
  })
  test('says that there is none with this number', async () => {
    answers['GET /certificate-checks/X1'] = problem('not-found', 404)
    await show('#/verify')
    await part('number').setValue('X1')
    await part('verify').find('form').trigger('submit')
    await settle()
    expect(part('verify-problem').text()).toContain('没有这个编号')
  })
})
