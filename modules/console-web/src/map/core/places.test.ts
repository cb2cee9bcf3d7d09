import { readFileSync } from 'node:fs'
import type { FeatureCollection, MultiPolygon } from 'geojson'
import { feature } from 'topojson-client'
import { expect, test } from 'vitest'
import { areaAt, areasOf, boxOf, type Place } from './places'

const read = (name: string) => JSON.parse(readFileSync(`public/basemap/${name}.json`, 'utf8'))
const topology = read('prefectures')
const labels = read('labels') as { provinces: Place[]; prefectures: Place[] }
const areas = areasOf(feature(topology, topology.objects.prefectures) as unknown as FeatureCollection<MultiPolygon>, [
  ...labels.provinces,
  ...labels.prefectures,
])

test.each([
  [29.56, 106.55, 'Chongqing'],
  [30.66, 104.06, 'Chengdu'],
  [30.52, 106.7, "Guang'an"],
  [39.9, 116.4, 'Beijing'],
])('the place at %d, %d lies in %s', (lat, lon, name) => {
  expect(areaAt(areas, lat, lon)?.en).toBe(name)
})
test('at sea and abroad there is none', () => {
  expect(areaAt(areas, 30, 125)).toBeNull()
  expect(areaAt(areas, 51.5, 0)).toBeNull()
})
test('a hole is not part of the ground around it', () => {
  const square = (from: number, to: number) => [
    [from, from],
    [to, from],
    [to, to],
    [from, to],
    [from, from],
  ]
  const ground: MultiPolygon = { type: 'MultiPolygon', coordinates: [[square(0, 10), square(4, 6)]] }
  const [one] = areasOf(
    { type: 'FeatureCollection', features: [{ type: 'Feature', id: '1', properties: {}, geometry: ground }] },
    [{ code: '1', zh: 'x', en: 'x' }],
  )
  expect(boxOf(ground)).toEqual([0, 0, 10, 10])
  expect(areaAt([one], 2, 2)).toBe(one)
  expect(areaAt([one], 5, 5)).toBeNull()
})
