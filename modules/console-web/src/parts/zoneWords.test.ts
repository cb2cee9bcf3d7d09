import type { FeatureCollection } from 'geojson'
import { expect, test } from 'vitest'
import { zoneChoices } from './zoneWords'

const zone = (id: number, company_id: number, limit_kmh: number) => ({
  type: 'Feature' as const,
  id,
  properties: { name: `zone ${id}`, company_id, limit_kmh, shape: 'route' },
  geometry: { type: 'LineString' as const, coordinates: [] },
})
const zones: FeatureCollection = { type: 'FeatureCollection', features: [zone(1, 0, 80), zone(2, 7, 0), zone(3, 8, 0)] }
const names = (company: number) => `company ${company}`
const words = (key: string) => key

test('a truck gets the zones of everyone and of its own company, many trucks may get any and see whose it is', () => {
  expect(zoneChoices(zones, 7, names, words).map((each) => each.value)).toEqual([1, 2])
  expect(zoneChoices(zones, null, names, words).map((each) => each.label)).toEqual([
    'zone 1 · zoneShape.route · 80 km/h',
    'zone 2 · zoneShape.route · company 7',
    'zone 3 · zoneShape.route · company 8',
  ])
})
