// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { NDatePicker } from 'naive-ui'
import { describe, expect, test, vi } from 'vitest'
import type { Layup } from '@/api/types'
import { i18n } from '@/i18n'
import { useVisit } from '../visit'
import { as } from '../training/stage'
import { daysWrong, latestLast, saysWhy } from './layup'
import LayupSection from './LayupSection.vue'

const TODAY = '2026-11-22'

describe('days of a lay-up', () => {
  test('are a year at most, with the first day among them', () => {
    expect(latestLast('2026-11-22')).toBe('2027-11-21')
    expect(latestLast('2028-02-29')).toBe('2029-02-27')
    expect(latestLast('2027-03-01')).toBe('2028-02-29')
    expect(daysWrong(TODAY, '2027-11-21', TODAY)).toBeNull()
    expect(daysWrong(TODAY, '2027-11-22', TODAY)).toBe('tooLong')
  })
  test('begin today or at most thirty days ago and do not end before today', () => {
    expect(daysWrong('2026-10-23', TODAY, TODAY)).toBeNull()
    expect(daysWrong('2026-10-22', TODAY, TODAY)).toBe('firstTooEarly')
    expect(daysWrong('2026-11-23', null, TODAY)).toBe('firstAhead')
    expect(daysWrong('2026-11-20', '2026-11-19', TODAY)).toBe('lastBeforeFirst')
    expect(daysWrong('2026-11-20', '2026-11-21', TODAY)).toBe('lastOver')
    expect(daysWrong(TODAY, null, TODAY)).toBeNull()
  })
  test('a note says something from its third character on', () => {
    expect(saysWhy(' 大修 ')).toBe(false)
    expect(saysWhy('发动机')).toBe(true)
  })
})

describe('the lay-up of a truck', () => {
  const { answers, asked, part, parts, show, whole } = useVisit()
  const LIST = 'GET /api/v1/vehicles/7/layups'
  const layup = (more: Partial<Layup>): Layup => ({
    id: 31,
    reason: 'repair',
    first_day: '2026-11-20',
    last_day: '2026-12-20',
    note: '发动机大修',
    state: 'in_force',
    begun_at: '2026-11-20T01:00:00Z',
    begun_by: '周岚',
    in_force_since: '2026-11-20T02:00:00Z',
    ended_at: null,
    ended_by: null,
    end_reason: null,
    attachments: [],
    ...more,
  })
  const list = (...items: Layup[]) => {
    answers[LIST] = { body: { items, next_cursor: null } }
  }
  const bodies = (name: string) => asked.filter((one) => one.name === name).map((one) => one.body)
  const say = async (id: string, text: string) => {
    await part(id).setValue(text)
    await flushPromises()
  }
  const pick = async (place: number, day: string) => {
    whole().findAllComponents(NDatePicker)[place].vm.$emit('update:formattedValue', day)
    await flushPromises()
  }

  test('is written down with its days and why, and waits for its evidence', async () => {
    vi.setSystemTime(new Date('2026-11-22T04:00:00Z'))
    list()
    const changed = vi.fn()
    await show(LayupSection, { vehicle: 7, onChanged: changed })
    as('lead')
    await flushPromises()
    await part('layup-begin').trigger('click')
    expect(part('layup-send').attributes('disabled')).toBeDefined()
    expect(part('layup-evidence').text()).toContain('Without a file it waits')
    await pick(1, '2027-11-22')
    expect(part('layup-wrong').text()).toContain('2027-11-21')
    await pick(1, '2026-12-20')
    expect(part('layup-wrong').exists()).toBe(false)
    await say('layup-note', '发动机大修')
    answers['POST /api/v1/vehicles/7/layups'] = { status: 201, body: layup({ state: 'waiting', in_force_since: null }) }
    list(layup({ state: 'waiting', in_force_since: null }))
    await part('layup-form').trigger('submit')
    await flushPromises()
    expect(bodies('POST /api/v1/vehicles/7/layups')).toEqual([
      { reason: 'repair', first_day: '2026-11-22', last_day: '2026-12-20', note: '发动机大修' },
    ])
    expect(part('layup-now').attributes('data-state')).toBe('waiting')
    expect(part('layup-now').text()).toContain('attach the evidence')
    expect(changed).toHaveBeenCalledOnce()
    vi.useRealTimers()
  })

  test('says since when, until when, why and by whom in both languages, and is ended with a reason', async () => {
    list(layup({}))
    await show(LayupSection, { vehicle: 7 })
    as('agent')
    await flushPromises()
    expect(part('layup-now').text()).toMatch(/2026-11-20 to 2026-12-20.*Under repair.*发动机大修.*by 周岚/s)
    i18n.global.locale.value = 'zh-CN'
    await flushPromises()
    expect(part('layup-now').text()).toMatch(/停驶中.*2026-11-20 至 2026-12-20.*维修/s)
    i18n.global.locale.value = 'en'
    await part('layup-end').trigger('click')
    expect(part('layup-end-send').attributes('disabled')).toBeDefined()
    await say('layup-why', '修好了，已出厂')
    answers['POST /api/v1/layups/31/end'] = { body: layup({ state: 'ended' }) }
    list(
      layup({
        state: 'ended',
        ended_at: '2026-11-22T02:00:00Z',
        ended_by: '何静',
        end_reason: '修好了，已出厂',
      }),
    )
    await part('layup-end-form').trigger('submit')
    await flushPromises()
    expect(bodies('POST /api/v1/layups/31/end')).toEqual([{ note: '修好了，已出厂' }])
    expect(part('layup-now').exists()).toBe(false)
    expect(parts('layup-earlier')[0].text()).toContain('何静: 修好了，已出厂')
  })

  test('is only shown to whoever may not lay trucks up', async () => {
    list(layup({}))
    await show(LayupSection, { vehicle: 7 })
    as('company')
    await flushPromises()
    expect(part('layup-now').exists()).toBe(true)
    expect(part('layup-end').exists()).toBe(false)
    expect(part('layup-attach').exists()).toBe(false)
    expect(part('layup-begin').exists()).toBe(false)
  })

  test('a refusal is said in words', async () => {
    list(layup({}))
    await show(LayupSection, { vehicle: 7 })
    as('lead')
    await flushPromises()
    await part('layup-end').trigger('click')
    await say('layup-why', '修好了')
    answers['POST /api/v1/layups/31/end'] = {
      status: 409,
      body: { type: 'urn:haulwatch:problem:layup-over', title: 'x', status: 409, detail: 'x' },
    }
    await part('layup-end-form').trigger('submit')
    await flushPromises()
    expect(part('layup-failure').text()).toContain('has ended already')
  })
})
