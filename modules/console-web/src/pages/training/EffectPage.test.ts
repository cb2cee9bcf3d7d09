// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, test } from 'vitest'
import { i18n } from '@/i18n'
import EffectPage from './EffectPage.vue'
import { page, useTraining } from './stage'

const { answers, part, parts, show } = useTraining()

describe('whether training helps', () => {
  test('stands as counts with a difference and its interval, never as a share alone', async () => {
    answers['GET /api/v1/training-effect'] = page(
      [
        {
          course: { id: 2, title: '疲劳', title_en: 'Fatigue', topic: 'fatigue' },
          taught: { n: 4, relapsed: 2 },
          comparable: { n: 5, relapsed: 2 },
          difference: -0.1,
          low: -0.58,
          high: 0.42,
          verdict: 'open',
        },
        {
          course: { id: 1, title: '超速', title_en: 'Speeding', topic: 'speeding' },
          taught: { n: 210, relapsed: 31 },
          comparable: { n: 240, relapsed: 84 },
          difference: 0.202,
          low: 0.124,
          high: 0.28,
          verdict: 'works',
        },
      ],
      { counted_at: '2026-11-22T01:00:00Z' },
    )
    await show(EffectPage, '/training/effect')
    expect(part('effect-page').text()).toContain('Counted once a day')
    expect(parts('effect-row').map((row) => row.attributes('data-verdict'))).toEqual(['open', 'works'])
    expect(parts('effect-row')[1].text()).toMatch(/31 \/ 210.*84 \/ 240.*\+20\.2.*\+12\.4 … \+28\.0/)
    i18n.global.locale.value = 'zh-CN'
    await flushPromises()
    expect(parts('effect-row')[1].text()).toContain('再犯更少')
  })
  test('says when it begins where nobody can be compared yet', async () => {
    answers['GET /api/v1/training-effect'] = page([])
    await show(EffectPage, '/training/effect')
    expect(part('effect-empty').text()).toContain('30 days')
  })
})
