// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { useSession } from '@/app/session'
import { session, useStage } from '../stage'
import AlarmDetailPane from './AlarmDetailPane.vue'

vi.mock('./TrackMap.vue', () => ({ default: defineComponent({ render: () => h('i') }) }))

const { answers, asked, part, show } = useStage()

const alarm = {
  id: 'a1',
  rule: 'speeding',
  rule_version: 'cn-2026.1',
  severity: 4,
  state: 'open',
  handling: 'new',
  reason_needed: false,
  evidence: 'live',
  vehicle: { id: 7, plate: '渝B12345' },
  driver: null,
  company: { id: 3, name: '渝捷达物流有限公司' },
  started_at: '2026-11-21T02:38:47Z',
  ended_at: null,
  opened_at: '2026-11-21T02:38:58Z',
  ended_by: null,
  measures: { peak_decikmh: 1030, limit_decikmh: 800, excess_permille: 288 },
  facts: { limit_source: 'ZONE', candidates: 'class=90;zone=80' },
  points: [],
  revisions: [{ revision: 1, state: 'open', at: '2026-11-21T02:38:58Z', why: null }],
  actions: [],
  strip: null,
  track: null,
  papers: [],
}

describe('the detail of an alarm', () => {
  beforeEach(() => {
    useSession().$patch({ user: session.user as never, phase: 'in' })
    answers['GET /api/v1/alarms/a1'] = { body: alarm }
  })
  test('says what happened, the rule and where the limit came from', async () => {
    await show(AlarmDetailPane, { alarmId: 'a1' })
    expect(part('alarm-title').text()).toBe('渝B·12345 超速 29%')
    expect(part('alarm-rule').text()).toContain('cn-2026.1')
    expect(part('alarm-rule').text()).toContain('电子围栏')
    expect(part('alarm-rule').text()).toContain('车型限速 90、电子围栏 80')
  })
  test('says of a time before the alarm that it is the pre-warning that was recorded then', async () => {
    await show(AlarmDetailPane, { alarmId: 'a1' })
    expect(part('alarm-rule').text()).toContain('入库时间')
    expect(part('alarm-rule').text()).not.toContain('预警入库时间')
    answers['GET /api/v1/alarms/a1'] = { body: { ...alarm, opened_at: '2026-11-21T02:34:00Z' } }
    await show(AlarmDetailPane, { alarmId: 'a1' })
    expect(part('alarm-rule').text()).toContain('预警入库时间')
  })
  test('a critical alarm is not acknowledged without a note', async () => {
    await show(AlarmDetailPane, { alarmId: 'a1' })
    await part('alarm-detail').find('form').trigger('submit')
    await flushPromises()
    expect(part('alarm-refused').exists()).toBe(true)
    expect(asked.filter((a) => a.method === 'POST')).toEqual([])
  })
  test('with a note it is sent and the next alarm is asked for', async () => {
    answers['POST /api/v1/alarms/a1/actions'] = { status: 201, body: {} }
    let next = 0
    await show(AlarmDetailPane, { alarmId: 'a1', onNext: () => next++ })
    await part('alarm-note').setValue('已语音提醒')
    await part('alarm-detail').find('form').trigger('submit')
    await flushPromises()
    const sent = asked.find((a) => a.method === 'POST')
    expect(sent?.body).toEqual({ kind: 'acknowledge', note: '已语音提醒' })
    expect(next).toBe(1)
  })
  test('a regulator reads only', async () => {
    useSession().$patch({ user: { ...session.user, role: 'regulator' } as never })
    await show(AlarmDetailPane, { alarmId: 'a1' })
    expect(part('alarm-acknowledge').exists()).toBe(false)
  })
  test('a regulator who gave no reason is asked for one where the track would be, and has it then', async () => {
    answers['GET /api/v1/alarms/a1'] = { body: { ...alarm, reason_needed: true } }
    await show(AlarmDetailPane, { alarmId: 'a1' })
    expect(part('alarm-title').exists()).toBe(true)
    answers['POST /api/v1/vehicles/7/looks'] = { status: 201, body: { until: '2026-11-21T10:00:00Z' } }
    answers['GET /api/v1/alarms/a1'] = { body: alarm }
    await part('reason').setValue('A complaint about speeding')
    await part('reason-form').trigger('submit')
    await flushPromises()
    expect(asked.find((a) => a.method === 'POST')?.body).toEqual({ reason: 'A complaint about speeding' })
    expect(part('reason-form').exists()).toBe(false)
  })
  test('a failure stays in the panel, with its id', async () => {
    answers['GET /api/v1/alarms/a1'] = { status: 500, body: { detail: '读取失败', error_id: 'E-77' } }
    await show(AlarmDetailPane, { alarmId: 'a1' })
    expect(part('panel-error').text()).toContain('E-77')
  })
})
