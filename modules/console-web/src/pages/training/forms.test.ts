import { describe, expect, test } from 'vitest'
import { tableText } from '@/app/saveTable'
import { axisOf, markOf, saysOf } from './effect'
import { faultsOf, monthMeant, periodOf, reachOf, type PlanForm } from './planForm'
import { blank, faultOf, turnTo } from './questionForm'
import { lastDay, monthAfter, rateText } from './words'

const TODAY = '2026-11-22'
const form = (more: Partial<PlanForm> = {}): PlanForm => ({
  kind: 'monthly',
  title: 'November',
  courses: [1],
  begins: '2026-11-22',
  due: '2026-11-30',
  all: true,
  companies: [],
  cargo: [],
  hired: null,
  ...more,
})

describe('a plan as it is typed', () => {
  test('that is whole has no fault', () => expect(faultsOf(form(), TODAY)).toEqual([]))
  test.each<[string, Partial<PlanForm>, string[]]>([
    ['a title', { title: '  ' }, ['title']],
    ['a title that fits', { title: 'x'.repeat(101) }, ['title']],
    ['a course', { courses: [] }, ['courses']],
    ['both days', { due: null }, ['dates']],
    ['days in their order', { due: '2026-11-21' }, ['order']],
    ['a day to come', { begins: '2026-11-01', due: '2026-11-21' }, ['past']],
    ['a company where some are meant', { all: false }, ['companies']],
  ])('needs %s', (_what, more, faults) => expect(faultsOf(form(more), TODAY)).toEqual(faults))
  test('may end today', () => expect(faultsOf(form({ due: TODAY }), TODAY)).toEqual([]))
  test('of a month that runs begins today, one of a month to come with it', () => {
    expect(periodOf('2026-11', TODAY)).toEqual({ begins: TODAY, due: '2026-11-30' })
    expect(periodOf('2026-12', TODAY)).toEqual({ begins: '2026-12-01', due: '2026-12-31' })
  })
  test('means the next month from the 25th on', () => {
    expect(monthMeant('2026-11-24')).toBe('2026-11')
    expect(monthMeant('2026-12-25')).toBe('2027-01')
  })
  test('reaches the drivers of the companies that are chosen', () => {
    const companies = [
      { id: 1, drivers: 12 },
      { id: 2, drivers: 30 },
    ]
    expect(reachOf(form(), companies)).toBe(42)
    expect(reachOf(form({ all: false, companies: [2] }), companies)).toBe(30)
  })
})

describe('months', () => {
  test('end on their own day', () => {
    expect(['2026-02', '2028-02', '2026-12'].map(lastDay)).toEqual(['2026-02-28', '2028-02-29', '2026-12-31'])
  })
  test('follow over the year', () => expect(monthAfter('2026-12', 1)).toBe('2027-01'))
})

describe('a question as it is typed', () => {
  const whole = () => ({
    ...blank(),
    code: 'Q-1',
    stem: 'Who?',
    options: ['a', 'b', 'c'].map((text, i) => ({ text, text_en: null, right: i === 0 })),
  })
  test('that can be marked has no fault', () => expect(faultOf(whole())).toBeNull())
  test('needs words, different options and the right number of right ones', () => {
    expect(faultOf(blank())).toBe('code')
    expect(faultOf({ ...whole(), stem: ' ' })).toBe('stem')
    expect(faultOf({ ...whole(), options: [{ text: '', text_en: null, right: true }] })).toBe('options')
    expect(faultOf({ ...whole(), options: [...whole().options, { text: ' a ', text_en: null, right: false }] })).toBe(
      'twice',
    )
    expect(faultOf({ ...whole(), options: whole().options.map((one) => ({ ...one, right: true })) })).toBe('single')
    expect(faultOf({ ...whole(), kind: 'multiple' })).toBe('multiple')
    expect(
      faultOf({ ...whole(), kind: 'multiple', options: whole().options.map((one) => ({ ...one, right: true })) }),
    ).toBe('all')
    expect(faultOf({ ...whole(), kind: 'true_false' })).toBe('two')
  })
  test('keeps one right answer when it turns from many to one', () => {
    const question = whole()
    question.options.forEach((one) => (one.right = true))
    turnTo(question, 'true_false')
    expect(question.options.map((one) => one.right)).toEqual([true, false])
  })
})

describe('an effect on its axis', () => {
  const row = (difference: number, low: number, high: number, verdict: 'works' | 'open' = 'open', taught = 10) => ({
    course: { id: 1, title: '', title_en: null, topic: '' },
    taught: { n: taught, relapsed: 0 },
    comparable: { n: 10, relapsed: 2 },
    difference,
    low,
    high,
    verdict,
  })
  test('has no difference in the middle, and room for the widest interval', () => {
    const axis = axisOf([row(0, -0.08, 0.12), row(0.1, 0, 0.2)])
    expect(axis).toEqual({ reach: 20, ticks: [-20, -10, 0, 10, 20] })
    expect(markOf(row(0, -0.2, 0.1), axis)).toEqual({ low: 0, at: 0.5, high: 0.75 })
  })
  test('says nothing of nobody, whose interval is everything', () => {
    const nobody = row(0, -1, 1, 'open', 0)
    expect(axisOf([nobody, row(0, -0.04, 0.05)]).reach).toBe(5)
    expect(markOf(nobody, axisOf([]))).toBeNull()
    expect([nobody, row(0.1, 0.02, 0.2, 'works')].map(saysOf)).toEqual(['none', 'works'])
  })
})

describe('figures', () => {
  test('a rate without anybody is none', () => {
    expect(rateText({ rate: null })).toBe('—')
    expect(rateText({ rate: 0.625 })).toBe('62.5 %')
  })
  test('a table that is saved says no formula and keeps its commas', () => {
    expect(tableText([['=1+1', 'a,"b"', -3, null]])).toBe('\uFEFF\'=1+1,"a,""b""",-3,\r\n')
    expect(tableText([['-33', '-0.5', '-cmd|x', '-1+1']])).toBe("\uFEFF-33,-0.5,'-cmd|x,'-1+1\r\n")
  })
})
