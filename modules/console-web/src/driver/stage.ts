import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, vi } from 'vitest'
import App from './App.vue'
import { keepCsrf, online } from './api/client'
import type { TaskRow, Today } from './api/types'
import { attempts, queue } from './exams'
import { chooseLocale } from './i18n'
import { startRouter } from './router'
import { driver, ended, locked, standing } from './session'

type Body = Record<string, unknown>
type Fixed = { status?: number; body?: unknown; headers?: Record<string, string> }
type Answer = Fixed | ((body: Body) => Fixed)

export const NOW = new Date().toISOString()
export const later = (s: number) => new Date(Date.now() + s * 1000).toISOString()
export const problem = (rule: string, status = 409, more: Body = {}): Fixed => ({
  status,
  body: { type: `urn:haulwatch:problem:${rule}`, ...more },
})
export const who = { id: 7, name: '刘建国', company_id: 1, company_name: '渝捷达物流有限公司' }
export const question = {
  question_id: 1,
  version: 1,
  kind: 'single',
  stem: '怎么做？',
  stem_en: 'What now?',
  options: [1, 2].map((n) => ({ n, text: `选项${n}`, text_en: `Option ${n}` })),
}
export const row = (more: Partial<TaskRow> = {}): TaskRow => ({
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
export const lesson = (id: number, done: boolean) => ({
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
export const view = (more: Partial<TaskRow> = {}, done = [true, false]) => ({
  ...row(more),
  lessons: done.map((d, i) => lesson(31 + i, d)),
  track: null,
})
export const today = (more: Partial<Today> = {}): Today => ({
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
export const study = (more: Body = {}) => ({
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
export const attempt = (more: Body = {}) => ({
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

/** For tests of the phone's pages: the whole app at an address, before a server that answers what it is told, and what it was asked. */
export function useStage() {
  const answers: Record<string, Answer> = {}
  const asked: { call: string; body: Body; csrf: string | null }[] = []
  let app: VueWrapper | undefined

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
    asked.length = 0
    for (const call of Object.keys(answers)) delete answers[call]
    Object.assign(answers, {
      'GET /driver/session': { body: { csrf_token: 't1', driver: who } },
      'GET /driver/today': { body: today() },
      'GET /driver/tasks': { body: { items: [row(), row({ id: 11, state: 'exam_passed' })], next_cursor: null } },
      'GET /driver/tasks/12': { body: view() },
      'GET /driver/tasks/13': { body: { ...view(), id: 13 } },
    })
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
  return { answers, asked, whole: () => app!, part, parts, text, calls, settle, show, press }
}
