// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest'
import type { Attempt } from '../api/types'
import { attempts, queue } from '../exams'
import { ended } from '../session'
import { NOW, attempt, problem, useStage, who } from '../stage'

const { answers, calls, part, press, show, text, whole } = useStage()

describe('his file', () => {
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
      whole().unmount()
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
