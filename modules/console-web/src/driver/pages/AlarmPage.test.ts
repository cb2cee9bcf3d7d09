// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import { NOW, useStage } from '../stage'

const { answers, part, settle, show, whole } = useStage()

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
    answers[`GET /driver/alarms/${alarm.id}/track`] = {
      body: {
        from: '2026-11-20T01:59:00Z',
        to: '2026-11-20T02:04:20Z',
        limit_kmh: 80,
        points: [
          { at: '2026-11-20T02:00:00Z', speed_kmh: 78, lat: 29.5, lon: 106.5 },
          { at: '2026-11-20T02:01:00Z', speed_kmh: 103, lat: 29.51, lon: 106.5 },
        ],
      },
    }
    await show('#/alarms')
    expect(part('alarm-row').text()).toContain('最高 103 km/h，限速 80，持续 3:20')
    whole().unmount()
    await show(`#/alarms/${alarm.id}`)
    expect(part('own-track').text()).toContain('您开到 103 km/h，限速 80')
    await part('reason').setValue('短')
    await part('appeal-form').trigger('submit')
    expect(part('appeal-problem').text()).toContain('5 个字')
    await part('reason').setValue('限速牌被树挡住，看不见')
    await part('appeal-form').trigger('submit')
    await settle()
    expect(part('appeal').text()).toContain('待裁定')
    expect(part('appeal-form').exists()).toBe(false)
  })
})
