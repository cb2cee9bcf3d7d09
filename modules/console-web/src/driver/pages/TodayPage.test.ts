// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest'
import { chooseLocale } from '../i18n'
import { problem, row, today, useStage, who } from '../stage'

const { answers, calls, part, parts, show, text, whole } = useStage()

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
    expect(whole().findAll('button, a')).toHaveLength(0)
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
