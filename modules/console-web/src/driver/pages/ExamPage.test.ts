// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from 'vitest'
import { attempts } from '../exams'
import { standing } from '../session'
import { NOW, attempt, problem, useStage, view } from '../stage'

const { answers, calls, part, parts, press, settle, show, text, whole } = useStage()

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
    await whole().find('header button').trigger('click')
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
    whole().unmount()
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
