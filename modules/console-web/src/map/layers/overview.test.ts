import { describe, expect, test } from 'vitest'
import { Fleet } from '@/feed/fleet'
import { FleetMirror } from './mirror'
import { movingOf, provinceFinder, provinceRates, quietZones, type Area } from './overview'

const T0 = 1_795_200_000_000
const ONLINE_MOVING = 11
const everybody = () => true
const square = (w: number, s: number, e: number, n: number): Area => ({
  type: 'Feature',
  properties: {},
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [w, s],
        [e, s],
        [e, n],
        [w, n],
        [w, s],
      ],
    ],
  },
})
function fleetOf(rows: [lon: number, lat: number, state: number, silentS: number][]): Fleet {
  const fleet = new Fleet()
  rows.forEach(([lon, lat, state, silent], slot) =>
    fleet.place(slot, lon * 1e6, lat * 1e6, 60, 0, state, 0, T0 - silent * 1000),
  )
  fleet.name({
    vehicles: rows.map((_, slot) => [slot, 100 + slot, `P${slot}`, 1, 'GENERAL']),
    companies: [[1, 'A']],
  })
  return fleet
}

describe('what the fleet says about places', () => {
  test('a truck counts in the province that it was last seen in, online or not', () => {
    const areas = [square(100, 20, 105, 25), square(105, 20, 110, 25)]
    const find = provinceFinder(areas)
    expect([find(101, 21), find(106, 21), find(99, 21)]).toEqual([0, 1, -1])
    const fleet = fleetOf([
      [101, 21, ONLINE_MOVING, 1],
      [102, 21, 0, 5000],
      [106, 21, 1, 1],
      [90, 21, 1, 1],
    ])
    expect(provinceRates(fleet, everybody, 2, find)).toEqual([
      { online: 1, total: 2 },
      { online: 1, total: 1 },
    ])
    expect(provinceRates(fleet, (slot) => slot !== 1, 2, find)[0]).toEqual({ online: 1, total: 1 })
  })
  test('a province with a hole or of several parts is found by its parts', () => {
    const ring = square(0, 0, 10, 10).geometry.coordinates[0] as number[][]
    const hole = square(4, 4, 6, 6).geometry.coordinates[0] as number[][]
    const island = square(20, 0, 21, 1).geometry.coordinates[0] as number[][]
    const area: Area = {
      type: 'Feature',
      properties: {},
      geometry: { type: 'MultiPolygon', coordinates: [[ring, hole], [island]] },
    }
    const find = provinceFinder([area])
    expect([find(1, 1), find(5, 5), find(20.5, 0.5), find(15, 0.5)]).toEqual([0, -1, 0, -1])
  })
  test('a zone is quiet when three trucks were there and none has reported for ten minutes', () => {
    const silent: [number, number, number, number] = [103.1, 30.1, 1, 700]
    expect(quietZones(fleetOf([silent, silent]), everybody, T0).features).toHaveLength(0)
    const zones = quietZones(fleetOf([silent, silent, silent]), everybody, T0).features
    expect(zones).toHaveLength(1)
    expect(zones[0].geometry).toEqual(square(103, 30, 103.5, 30.5).geometry)
    expect(quietZones(fleetOf([silent, silent, silent, [103.2, 30.2, 1, 20]]), everybody, T0).features).toHaveLength(0)
    expect(quietZones(fleetOf([[103.2, 30.2, 1, 20], silent, silent, silent]), everybody, T0).features).toHaveLength(0)
    const yard: [number, number, number, number] = [103.1, 30.1, 1, 90_000]
    expect(quietZones(fleetOf([yard, yard, yard]), everybody, T0).features).toHaveLength(0)
    const west: [number, number, number, number] = [-0.1, -0.1, 1, 700]
    expect(quietZones(fleetOf([west, west, west]), everybody, T0).features[0].geometry).toEqual(
      square(-0.5, -0.5, 0, 0).geometry,
    )
  })
  test('only moving trucks of the list are marked', () => {
    const fleet = fleetOf([
      [101, 21, ONLINE_MOVING, 1],
      [102, 21, 1, 1],
      [103, 21, ONLINE_MOVING, 1],
    ])
    const mirror = new FleetMirror(fleet, () => T0)
    mirror.reset()
    const marked = movingOf(fleet, mirror, new Set([100, 101])).features
    expect(marked).toHaveLength(1)
    expect((marked[0].geometry as { coordinates: number[] }).coordinates[0]).toBeCloseTo(101, 5)
  })
})
