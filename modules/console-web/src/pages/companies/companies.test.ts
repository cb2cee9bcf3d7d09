import { describe, expect, test } from 'vitest'
import { dotPlot } from './dots'
import { belongsTo, TILE_KEYS } from './tiles'

describe('tiles', () => {
  test.each([
    ['maintenance_overdue', 'veh.maintenance2'],
    ['qualification_expired', 'drv.qualification'],
    ['permit_overdue', 'veh.permit'],
    ['inspection_overdue', 'veh.inspection'],
    ['insurance_expired', 'veh.ins_compulsory'],
    ['licence_expired', 'co.licence'],
  ])('%s lists %s and nothing of the other tiles', (tile, kind) => {
    expect(TILE_KEYS.filter((key) => belongsTo(key, { kind }))).toEqual([tile])
  })
  test('hazards are told by their id', () => {
    expect(belongsTo('hazards_overdue', { kind: 'hazard', hazard_id: 4 })).toBe(true)
    expect(belongsTo('hazards_overdue', { kind: 'veh.permit' })).toBe(false)
  })
})

describe('one dot a driver', () => {
  test('drivers of one bin are stacked, drivers without distance are left out', () => {
    const plot = dotPlot([0, 0, 1, null, 5.9], 100, 10)
    expect(plot.dots.map((d) => [d.x, d.y])).toEqual([
      [5, 5],
      [5, 15],
      [15, 5],
      [85, 5],
    ])
    expect(plot.height).toBe(20)
    expect(plot.ticks.map((t) => t.value)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  })
})
