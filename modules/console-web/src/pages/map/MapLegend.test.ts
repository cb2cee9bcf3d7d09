// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import { useLive } from '@/app/live'
import { useStage } from '../stage'
import MapLegend from './MapLegend.vue'

const { part, show } = useStage()

describe('the legend', () => {
  test('counts and filters in one panel', async () => {
    const live = useLive()
    live.counts = {
      total: 41_026,
      moving: 18_342,
      stopped: 15_207,
      offline: 7_477,
      bySeverity: [40_112, 655, 212, 41, 6],
    }
    const toggled: string[] = []
    const filter = { hiddenStates: new Set(), hiddenSeverities: new Set(), hiddenBands: new Set(), companyId: null }
    await show(MapLegend, { filter, filtered: false, visible: 41_026, onToggle: (w: string) => toggled.push(w) })
    expect(part('legend-total').text()).toBe('41,026 辆')
    expect(part('legend-moving').text()).toBe('18,342')
    await part('filter-offline').trigger('click')
    await part('filter-risk-red').trigger('click')
    expect(toggled).toEqual(['offline', 'red'])
  })
})
