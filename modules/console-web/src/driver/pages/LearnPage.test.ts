// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import { NOW, later, useStage, view } from '../stage'

const { answers, part, parts, show, text } = useStage()

describe('learning', () => {
  test('lists what is open and what is done', async () => {
    await show('#/learn')
    expect(parts('open-task')).toHaveLength(1)
    expect(part('closed-task').text()).toContain('已通过')
  })
  test('shows the lessons of a task, why it is there, and when the exam opens', async () => {
    answers['GET /driver/tasks/12'] = {
      body: {
        ...view({
          kind: 'remedial',
          restricted: true,
          cause: { episode_id: 'e', rule: 'speeding', severity: 4, started_at: NOW },
        }),
        track: {
          from: NOW,
          to: later(60),
          limit_kmh: 80,
          points: [70, 103].map((speed_kmh, i) => ({ at: later(i * 30), speed_kmh, lat: 30, lon: 107 })),
        },
      },
    }
    await show('#/learn/12')
    expect(parts('lesson-row')).toHaveLength(2)
    expect(text()).toContain('超速')
    expect(text()).toContain('完成以前不要出车')
    expect(part('own-track').text()).toContain('103 km/h，限速 80')
    expect(text()).toContain('学完以后可以考试')
    expect(part('go-on').attributes('href')).toBe('#/learn/12/lesson/32')
  })
})
