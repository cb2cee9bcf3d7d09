// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import type { RiskAct } from '@/api/types'
import { company, useStage } from '../stage'
import ActsCard from './ActsCard.vue'

const { part, parts, show, whole } = useStage(undefined, 'en')
const act = (points: number): RiskAct => ({ code: 'training', kind: '', count: 3, points, points_below: 4.2 })
const veto = { code: 'overdue_driving', value: '3', detail: 'drove', until: '2026-12-20' }
const risk = (vetoes: object[], acts: RiskAct[]) => ({
  company: company(1, '甲', 80),
  score: { value: 80, band: 'red', parts: [], missing: [], veto: vetoes, acts, reachable: 80 },
})

test('under a veto the veto comes first, with its end and the alarms behind it, and no fall is promised', async () => {
  await show(ActsCard, { risk: risk([veto], [act(0)]) }, '/companies/1')
  expect(part('company-veto').text()).toContain('3 in 30 days')
  expect(part('company-veto').text()).toContain('2026-12-20')
  expect(part('company-veto').find('a').attributes('href')).toBe('/alarms?company=1&rule=papers&status=all')
  expect(whole().text()).not.toContain('Together down to')
  expect(whole().text().indexOf('2026-12-20')).toBeLessThan(whole().text().indexOf('Monthly education'))
})

test('without one the acts say what they gain together', async () => {
  await show(ActsCard, { risk: risk([], [act(4.2)]) }, '/companies/1')
  expect(parts('company-veto')).toHaveLength(0)
  expect(whole().text()).toContain('Together down to 80.0')
})
