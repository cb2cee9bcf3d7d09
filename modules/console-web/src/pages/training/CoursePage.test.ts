// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, test } from 'vitest'
import CoursePage from './CoursePage.vue'
import CoursesPage from './CoursesPage.vue'
import { as, course, page, useTraining } from './stage'

const { answers, askedFor, part, parts, query, router, send, show } = useTraining()

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
    expect(part('course-copy').exists()).toBe(false)
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
  test('are copied to be rewritten, and the copy is opened', async () => {
    answers['POST /api/v1/courses/1/copy'] = {
      body: { ...course(5, { built_in: false, state: 'draft' }), content: [] },
    }
    answers['GET /api/v1/courses/5'] = { body: { ...course(5, { built_in: false, state: 'draft' }), content: [] } }
    await show(CoursePage, '/training/courses/1')
    await part('course-copy').trigger('click')
    await flushPromises()
    expect(router().currentRoute.value.fullPath).toBe('/training/courses/5')
    expect(part('course-page').find('h1').text()).toBe('Course 5')
  })
  test('have another exam once every number of it is there', async () => {
    answers['PATCH /api/v1/courses/1'] = { body: {} }
    await show(CoursePage, '/training/courses/1')
    await part('exam-change').trigger('click')
    await part('exam-questions').setValue('20')
    await part('exam-questions').trigger('blur')
    await send()
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
    await send()
    expect(part('question-fault').text()).toContain('exactly one right')
    await part('question-right-1').trigger('click')
    await part('question-stem').setValue('  新题干 ')
    await send()
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
