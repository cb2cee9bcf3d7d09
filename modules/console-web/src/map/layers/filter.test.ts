import { describe, expect, test } from 'vitest'
import { Fleet } from '@/feed/fleet'
import { parseHidden } from '@/pages/map/useMapFilter'
import { visibleSlot, type MapFilter } from './filter'

const fleet = new Fleet()
// slot: moving critical of company 1, stopped without alarm of 1, offline notice of 2
fleet.place(0, 106_000_000, 29_000_000, 80, 0, 15, 4, 0)
fleet.place(1, 106_000_000, 29_000_000, 0, 0, 9, 0, 0)
fleet.place(2, 106_000_000, 29_000_000, 0, 0, 8, 1, 0)
fleet.name({
  vehicles: [
    [0, 10, '渝A00001', 1, 'GENERAL'],
    [1, 11, '渝A00002', 1, 'GENERAL'],
    [2, 12, '渝A00003', 2, 'GENERAL'],
  ],
  companies: [],
})
const shown = (hide: string, companyId: number | null = null) => {
  const filter: MapFilter = { ...parseHidden(hide), companyId }
  const visible = visibleSlot(
    fleet,
    filter,
    new Map([
      [1, 'red'],
      [2, null],
    ]),
  )
  return [0, 1, 2, 3].map(visible)
}

describe('the visibility of a truck', () => {
  test('everything present is shown without a filter', () => expect(shown('')).toEqual([true, true, true, false]))
  test('states can be left out', () => expect(shown('offline,moving')).toEqual([false, true, false, false]))
  test('severities can be left out, also none', () => expect(shown('s0,s1')).toEqual([true, false, false, false]))
  test('companies of a risk band can be left out; unrated ones stay', () =>
    expect(shown('red')).toEqual([false, false, true, false]))
  test('one company can be chosen', () => expect(shown('', 2)).toEqual([false, false, true, false]))
  test('words that mean nothing are ignored', () => expect(shown('purple,s9,')).toEqual([true, true, true, false]))
})
