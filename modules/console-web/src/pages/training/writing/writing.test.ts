// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import type { Role } from '@/api/types'
import { UNDO_MS } from '@/app/heldBack'
import { useSession } from '@/app/session'
import { useVisit } from '../../visit'
import CoursePage from '../CoursePage.vue'
import CourseEditPage from './CourseEditPage.vue'
import LessonPage from './LessonPage.vue'
import { REST_MS } from './usePreview'

const visit = useVisit()
const { answers, asked, part, parts } = visit
let router: Router
const nothing = { render: () => null }
const NAMES = {
  'training-courses': '/training/courses',
  'training-course-new': '/training/courses/new',
  'training-course': '/training/courses/:id(\\d+)',
  'training-course-edit': '/training/courses/:id/edit',
  'training-lesson': '/training/courses/:id/lessons/:lesson',
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
const askedFor = (name: string) => asked.filter((one) => one.name === name)
const problem = (status: number, rule: string, more: object = {}) => ({
  status,
  body: { type: `urn:haulwatch:problem:${rule}`, status, ...more },
})
const course = (more: object = {}) => ({
  id: 7,
  code: 'ice',
  topic: 'weather',
  title: '冰雪路面',
  title_en: 'Ice',
  summary: '',
  summary_en: null,
  built_in: false,
  state: 'draft',
  published_at: null,
  retired_at: null,
  lessons: 0,
  seconds: 0,
  questions: 0,
  exam: { questions: 5, minutes: 15, pass_percent: 80, attempts: 3, valid_months: 12 },
  open_tasks: 0,
  content: [] as object[],
  ...more,
})
const lesson = (id: number, more: object = {}) => ({
  id,
  code: `lesson-${id}`,
  place: id,
  version: 2,
  title: `课时${id}`,
  title_en: null,
  seconds: 60,
  body: '慢。\n看远。',
  body_en: null,
  html: '<p>慢。</p>',
  html_en: null,
  video: null,
  retired_at: null,
  built_in: false,
  ...more,
})
const withLessons = (...content: object[]) => ({ body: course({ lessons: content.length, content }) })

beforeEach(() => {
  localStorage.clear()
  router = createRouter({
    history: createMemoryHistory(),
    routes: Object.entries(NAMES).map(([name, path]) => ({ name, path, component: nothing })),
  })
  as('lead')
})
afterEach(() => vi.useRealTimers())

describe('a course that is written', () => {
  const type = async (fields: Record<string, string>) => {
    for (const [id, text] of Object.entries(fields)) await part(id).setValue(text)
  }
  test('says what is missing, and is a draft once it is whole', async () => {
    answers['POST /api/v1/courses'] = { body: course() }
    await show(CourseEditPage, '/training/courses/new')
    await visit.send()
    expect(part('course-fault-code').text()).toContain('2 to 40 small letters')
    expect(part('course-fault-title').exists()).toBe(true)
    expect(askedFor('POST /api/v1/courses')).toEqual([])
    await type({
      'course-code': 'ice',
      'course-topic': 'weather',
      'course-title': ' 冰雪路面 ',
      'course-title-en': 'Ice',
    })
    await visit.send()
    expect(askedFor('POST /api/v1/courses')[0].body).toEqual({
      code: 'ice',
      topic: 'weather',
      title: '冰雪路面',
      title_en: 'Ice',
      summary: '',
      summary_en: '',
      exam_questions: 10,
      exam_minutes: 15,
      pass_percent: 80,
      attempts: 3,
      valid_months: 12,
    })
    expect(router.currentRoute.value.path).toBe('/training/courses/7')
    expect(localStorage.length).toBe(0)
  })
  test('keeps every word when the server does not take it', async () => {
    answers['POST /api/v1/courses'] = problem(409, 'course-there')
    await show(CourseEditPage, '/training/courses/new')
    await type({ 'course-code': 'ice', 'course-topic': 'weather', 'course-title': '冰雪' })
    await visit.send()
    expect(part('course-failure').text()).toContain('Another course has this code')
    expect((part('course-title').element as HTMLInputElement).value).toBe('冰雪')
  })
  test('that comes with the product has another exam and the same words', async () => {
    answers['GET /api/v1/courses/7'] = { body: course({ built_in: true }) }
    answers['PATCH /api/v1/courses/7'] = { body: course({ built_in: true }) }
    await show(CourseEditPage, '/training/courses/7/edit')
    expect(part('course-fixed').exists()).toBe(true)
    expect(part('course-title').exists()).toBe(false)
    await part('exam-minutes').setValue('20')
    await part('exam-minutes').trigger('blur')
    await visit.send()
    expect(askedFor('PATCH /api/v1/courses/7')[0].body).toEqual({
      exam_questions: 5,
      exam_minutes: 20,
      pass_percent: 80,
      attempts: 3,
      valid_months: 12,
    })
  })
  test('is written by nobody else, who reads what it takes', async () => {
    as('company', 'company:1')
    await show(CourseEditPage, '/training/courses/new')
    expect(part('course-refused').text()).toContain('administrator')
    expect(part('course-form').exists()).toBe(false)
  })
})

describe('a draft', () => {
  test('says what it lacks and is published when nothing is missing', async () => {
    answers['GET /api/v1/courses/7'] = { body: course() }
    await show(CoursePage, '/training/courses/7')
    expect(part('condition-lessons').attributes('data-met')).toBe('false')
    expect(part('condition-questions').text()).toContain('0 questions of the 5')
    expect(part('course-publish').attributes('disabled')).toBeDefined()
    expect(part('condition-lessons-go').attributes('href')).toBe('/training/courses/7/lessons/new')
  })
  test('of which only the English is missing is published', async () => {
    answers['GET /api/v1/courses/7'] = { body: course({ lessons: 1, questions: 5, content: [lesson(1)] }) }
    answers['POST /api/v1/courses/7/publish'] = { body: course({ state: 'published' }) }
    await show(CoursePage, '/training/courses/7')
    expect(part('condition-english').attributes('data-met')).toBe('false')
    await part('course-publish').trigger('click')
    await flushPromises()
    expect(askedFor('POST /api/v1/courses/7/publish')).toHaveLength(1)
  })
  test('keeps its checklist when the server refuses', async () => {
    answers['GET /api/v1/courses/7'] = { body: course({ lessons: 1, questions: 5, content: [lesson(1)] }) }
    answers['POST /api/v1/courses/7/publish'] = problem(422, 'course-too-few-questions')
    await show(CoursePage, '/training/courses/7')
    await part('course-publish').trigger('click')
    await flushPromises()
    expect(part('course-failure').text()).toContain('draws more questions')
    expect(part('publish-card').exists()).toBe(true)
  })
})

describe('lessons in their order', () => {
  test('are moved by a button and by keys', async () => {
    answers['GET /api/v1/courses/7'] = withLessons(lesson(1), lesson(2), lesson(3))
    answers['PATCH /api/v1/lessons/3'] = withLessons(lesson(1), lesson(3), lesson(2))
    await show(CoursePage, '/training/courses/7')
    expect(parts('lesson-up')[0].attributes('disabled')).toBeDefined()
    await parts('lesson-up')[2].trigger('click')
    await flushPromises()
    expect(askedFor('PATCH /api/v1/lessons/3')[0].body).toEqual({ place: 2 })
    expect(parts('lesson-choose').map((one) => one.text())).toEqual(['1课时11:00', '2课时31:00', '3课时21:00'])
    await parts('lesson-choose')[1].trigger('keydown', { key: 'ArrowDown', altKey: true })
    await flushPromises()
    expect(askedFor('PATCH /api/v1/lessons/3')[1].body).toEqual({ place: 3 })
  })
  test('of a built-in course stay where they are, and it says so', async () => {
    answers['GET /api/v1/courses/7'] = {
      body: course({ built_in: true, lessons: 2, content: [lesson(1, { built_in: true }), lesson(2)] }),
    }
    await show(CoursePage, '/training/courses/7')
    expect(part('lesson-up').exists()).toBe(false)
    expect(part('course-built-in').text()).toContain('come with the product')
    expect(part('lesson-retire').exists()).toBe(false)
    await parts('lesson-choose')[1].trigger('click')
    expect(part('lesson-retire').exists()).toBe(true)
  })
  test('are retired a moment later, and not at all when that is undone', async () => {
    vi.useFakeTimers()
    answers['GET /api/v1/courses/7'] = withLessons(lesson(1), lesson(2))
    answers['POST /api/v1/lessons/1/retire'] = withLessons(lesson(2))
    await show(CoursePage, '/training/courses/7')
    await part('lesson-retire').trigger('click')
    expect(part('undo-bar').text()).toContain('its questions stay')
    await part('undo').trigger('click')
    await vi.advanceTimersByTimeAsync(UNDO_MS)
    expect(askedFor('POST /api/v1/lessons/1/retire')).toEqual([])
    await part('lesson-retire').trigger('click')
    await vi.advanceTimersByTimeAsync(UNDO_MS)
    expect(parts('lesson-row')).toHaveLength(1)
  })
  test('are only read by who does not write courses', async () => {
    as('agent')
    answers['GET /api/v1/courses/7'] = withLessons(lesson(1), lesson(2))
    await show(CoursePage, '/training/courses/7')
    for (const mark of ['lesson-up', 'lesson-edit', 'lesson-retire', 'lesson-new', 'course-edit', 'publish-card'])
      expect(part(mark).exists()).toBe(false)
  })
})

describe('a lesson that is written', () => {
  const preview = () => askedFor('POST /api/v1/lesson-previews').map((one) => one.body)
  beforeEach(() => {
    vi.useFakeTimers()
    answers['GET /api/v1/courses/7'] = withLessons(lesson(1))
    answers['POST /api/v1/lesson-previews'] = { body: { html: '<h2>起步</h2><p>慢。</p>', plain: '起步\n慢。' } }
  })
  const rest = () => vi.advanceTimersByTimeAsync(REST_MS)
  test('is shown by the server as a phone shows it, once typing rests', async () => {
    await show(LessonPage, '/training/courses/7/lessons/new')
    expect(preview()).toEqual([])
    expect(part('lesson-preview').text()).toContain('as the driver sees it')
    await part('lesson-body').setValue('## 起')
    await part('lesson-body').setValue('## 起步\n\n慢。')
    await rest()
    expect(preview()).toEqual([{ course_id: 7, body: '## 起步\n\n慢。' }])
    expect(part('lesson-phone').find('h2 + div h2, .text h2').text()).toBe('起步')
    expect(part('lesson-preview').attributes('data-old')).toBe('false')
  })
  test('keeps what was shown when the server cannot be asked, and asks again', async () => {
    await show(LessonPage, '/training/courses/7/lessons/1')
    await flushPromises()
    answers['POST /api/v1/lesson-previews'] = { status: 503, body: {} }
    await part('lesson-body').setValue('更慢。')
    await rest()
    expect(part('lesson-preview').find('[data-testid=panel-error]').exists()).toBe(true)
    expect(part('lesson-phone').text()).toContain('起步')
  })
  test('says what is missing, and is added after those that are there', async () => {
    answers['POST /api/v1/courses/7/lessons'] = withLessons(lesson(1), lesson(2, { version: 1 }))
    await show(LessonPage, '/training/courses/7/lessons/new')
    expect((part('lesson-code').element as HTMLInputElement).value).toBe('lesson-2')
    await visit.send()
    expect(part('lesson-fault-title').exists()).toBe(true)
    expect(part('lesson-fault-body').exists()).toBe(true)
    await part('lesson-title').setValue('起步')
    await part('lesson-body').setValue('慢。')
    await part('lesson-lang-en').trigger('click')
    await part('lesson-body').setValue('Slow.')
    await visit.send()
    expect(askedFor('POST /api/v1/courses/7/lessons')[0].body).toEqual({
      code: 'lesson-2',
      title: '起步',
      title_en: null,
      body: '慢。',
      body_en: 'Slow.',
      seconds: 120,
      video: null,
    })
    expect(router.currentRoute.value.path).toBe('/training/courses/7/lessons/2')
    await rest()
    expect(localStorage.length).toBe(0)
  })
  test('is changed by a new version, with what that changes in sight', async () => {
    answers['POST /api/v1/lessons/1/versions'] = withLessons(lesson(1, { version: 3, body: '慢。\n看近。' }))
    await show(LessonPage, '/training/courses/7/lessons/1')
    expect(part('lesson-save').attributes('disabled')).toBeDefined()
    await part('lesson-body').setValue('慢。\n看近。')
    expect(part('line-diff').find('del').text()).toBe('看远。')
    expect(part('line-diff').find('ins').text()).toBe('看近。')
    await visit.send()
    expect(askedFor('POST /api/v1/lessons/1/versions')[0].body).toMatchObject({ body: '慢。\n看近。', based_on: 2 })
    expect(part('lesson-version').text()).toBe('Version 3')
    expect(part('lesson-changes').exists()).toBe(false)
    expect(part('lesson-save').attributes('disabled')).toBeDefined()
  })
  test('that somebody else changed meanwhile is shown against his version, and nothing typed is lost', async () => {
    answers['POST /api/v1/lessons/1/versions'] = problem(409, 'lesson-overtaken', { version: 3 })
    await show(LessonPage, '/training/courses/7/lessons/1')
    await part('lesson-body').setValue('我的。')
    answers['GET /api/v1/courses/7'] = withLessons(lesson(1, { version: 3, body: '别人的。' }))
    await visit.send()
    expect(part('lesson-failure').text()).toContain('version 3 meanwhile')
    expect((part('lesson-body').element as HTMLTextAreaElement).value).toBe('我的。')
    expect(part('line-diff').find('del').text()).toBe('别人的。')
    await visit.send()
    expect(askedFor('POST /api/v1/lessons/1/versions')[1].body).toMatchObject({ body: '我的。', based_on: 3 })
  })
  test('is offered back after a reload when it was not sent', async () => {
    await show(LessonPage, '/training/courses/7/lessons/1')
    await part('lesson-body').setValue('未保存')
    await rest()
    await show(LessonPage, '/training/courses/7/lessons/1')
    expect((part('lesson-body').element as HTMLTextAreaElement).value).toBe('慢。\n看远。')
    await part('draft-take').trigger('click')
    expect((part('lesson-body').element as HTMLTextAreaElement).value).toBe('未保存')
    expect(part('draft-bar').exists()).toBe(false)
  })
  test('gets the Markdown of a picture where the cursor stands', async () => {
    answers['GET /api/v1/courses/7/pictures'] = {
      body: { pictures: [{ name: 'mirror.svg', bytes: 900, made_at: '2026-11-22T00:00:00Z', used: false }] },
    }
    await show(LessonPage, '/training/courses/7/lessons/1')
    const body = part('lesson-body').element as HTMLTextAreaElement
    body.setSelectionRange(2, 2)
    await part('lesson-pictures').trigger('click')
    await flushPromises()
    await part('picture-insert').trigger('click')
    await flushPromises()
    expect(body.value).toBe('慢。\n\n![what it shows](mirror.svg)\n\n看远。')
  })
  test('plays a video that is whole', async () => {
    const video = (id: string, complete: boolean) => ({
      id,
      name: `${id}.mp4`,
      size: 4_000_000,
      received: complete ? 4_000_000 : 1_000_000,
      complete,
      type: complete ? 'video/mp4' : null,
      made_at: '2026-11-22T00:00:00Z',
    })
    answers['GET /api/v1/courses/7/videos'] = { body: { videos: [video('v1', true), video('v2', false)] } }
    await show(LessonPage, '/training/courses/7/lessons/1')
    await part('lesson-video-file').find('input').trigger('change')
    await flushPromises()
    expect(parts('video-choose-one')).toHaveLength(1)
    await part('video-choose-one').trigger('click')
    expect(part('video-chosen').exists()).toBe(true)
    expect(part('lesson-video').attributes('src')).toBe('/api/v1/course-videos/v1/content')
  })
  test('that is not there says so', async () => {
    await show(LessonPage, '/training/courses/7/lessons/99')
    expect(part('lesson-missing').exists()).toBe(true)
  })
})
