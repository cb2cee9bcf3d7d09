import { expect, test } from 'vitest'
import { nextStop, stopsOf } from './tour'

const rate = (code: string, per_1000km: number) => ({ code, region: null, per_1000km, km: 5_000 })
const codes = (stops: ReturnType<typeof stopsOf>) => stops.map((stop) => stop?.code ?? 'all')

test('the tour goes from the country to the five hottest provinces and back', () => {
  const stops = stopsOf(['50', '51', '52', '53', '54', '61'].map((code, i) => rate(code, 9 - i)))
  expect(codes(stops)).toEqual(['all', '50', '51', '52', '53', '54'])
  const seen = []
  for (let i = 0, here = stops[0]; i < 7; i++, here = nextStop(stops, here)) seen.push(here?.code ?? 'all')
  expect(seen).toEqual(['all', '50', '51', '52', '53', '54', 'all'])
})
test('without alarms there is nothing to travel to', () => {
  expect(stopsOf([rate('50', 0)])).toEqual([null])
  expect(nextStop([null], null)).toBeNull()
})
test('what is hot no more is left, and a changed order is followed from where it is', () => {
  const [before, now] = [stopsOf([rate('50', 2), rate('51', 1)]), stopsOf([rate('51', 3), rate('50', 2)])]
  expect(nextStop(now, before[1])?.code ?? 'all').toBe('all')
  expect(nextStop(now, before[2])?.code).toBe('50')
  expect(nextStop(stopsOf([rate('61', 1)]), before[1])?.code ?? 'all').toBe('all')
})
