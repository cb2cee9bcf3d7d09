import type { FeatureCollection, MultiLineString } from 'geojson'
import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { tokens, type ThemeName } from '@/look/tokens'
import { load, loadProvinces, loadWorld } from './outline'

interface NamedPoint {
  zh: string
  en: string
  at: [number, number]
  rank?: number
  code?: string
}
type Prefectures = Topology<{ prefectures: GeometryCollection }>
interface Labels {
  countries: NamedPoint[]
  provinces: NamedPoint[]
  prefectures: NamedPoint[]
}

/** Above this zoom the simplified borders would be shown as what they are not. */
export const STREET_ZOOM = 10.5
const FONTS = ['Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', 'sans-serif']

const lineFeature = (geometry: MultiLineString): FeatureCollection => ({
  type: 'FeatureCollection',
  features: [{ type: 'Feature', properties: {}, geometry }],
})
const points = (list: NamedPoint[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features: list.map((l) => ({
    type: 'Feature',
    properties: { zh: l.zh, en: l.en, rank: l.rank ?? 1 },
    geometry: { type: 'Point', coordinates: l.at },
  })),
})
const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] }

/** Where a theme colours the basemap: layer, paint property, value. */
export function basemapPaint(theme: ThemeName): [string, string, unknown][] {
  const t = tokens[theme]
  return [
    ['water', 'background-color', ['step', ['zoom'], t.mapWater, STREET_ZOOM, t.mapLand]],
    ['world', 'fill-color', t.mapOther],
    ['world-edge', 'line-color', t.mapOther],
    ['world-line', 'line-color', t.mapProvince],
    ['land', 'fill-color', t.mapLand],
    ['prefecture-line', 'line-color', t.mapProvince],
    ['province-line', 'line-color', t.mapProvince],
    ['outer-line', 'line-color', t.mapOuter],
    ['coast-line', 'line-color', t.mapOuter],
    ['dash-line', 'line-color', t.mapLabel],
    ...['country-name', 'province-name', 'prefecture-name'].flatMap((id): [string, string, unknown][] => [
      [id, 'text-color', t.mapLabel],
      [id, 'text-halo-color', id === 'country-name' ? t.mapOther : t.mapLand],
    ]),
  ]
}

export async function basemapStyle(theme: ThemeName, locale: string): Promise<StyleSpecification> {
  const [world, provinces, labels] = await Promise.all([loadWorld(), loadProvinces(), load<Labels>('labels')])
  const areas = provinces.objects.provinces
  const inner = mesh(provinces, areas as never, (a, b) => a !== b)
  const outer = mesh(provinces, areas as never, (a, b) => a === b)
  const name = locale === 'en' ? 'en' : 'zh'
  const label = (id: string, source: string, minzoom: number, maxzoom: number, size: number): LayerSpecification => ({
    id,
    type: 'symbol',
    source,
    minzoom,
    maxzoom,
    layout: {
      'text-field': ['get', name],
      'text-font': FONTS,
      'text-size': size,
      'text-max-width': 7,
      'text-padding': 4,
      'symbol-sort-key': ['get', 'rank'],
    },
    paint: { 'text-halo-width': 1.2, 'text-opacity': 1 },
  })
  const style: StyleSpecification = {
    version: 8,
    sources: {
      world: { type: 'geojson', data: feature(world, world.objects.world) as FeatureCollection, tolerance: 0.3 },
      provinces: { type: 'geojson', data: feature(provinces, areas) as FeatureCollection, tolerance: 0.3 },
      inner: { type: 'geojson', data: lineFeature(inner), tolerance: 0.3 },
      outer: { type: 'geojson', data: lineFeature(outer), tolerance: 0.3 },
      sea: {
        type: 'geojson',
        data: feature(provinces, provinces.objects.lines) as FeatureCollection,
        tolerance: 0.2,
      },
      prefectures: { type: 'geojson', data: EMPTY, tolerance: 0.3 },
      'country-names': { type: 'geojson', data: points(labels.countries) },
      'province-names': { type: 'geojson', data: points(labels.provinces) },
      'prefecture-names': { type: 'geojson', data: points(labels.prefectures) },
    },
    layers: [
      { id: 'water', type: 'background', paint: {} },
      { id: 'world', type: 'fill', source: 'world', maxzoom: STREET_ZOOM, paint: { 'fill-antialias': false } },
      // Closes the thin gap between two sources along the land border.
      { id: 'world-edge', type: 'line', source: 'world', maxzoom: STREET_ZOOM, paint: { 'line-width': 2.5 } },
      {
        id: 'world-line',
        type: 'line',
        source: 'world',
        maxzoom: STREET_ZOOM,
        paint: { 'line-width': 0.6, 'line-opacity': 0.6 },
      },
      { id: 'land', type: 'fill', source: 'provinces', maxzoom: STREET_ZOOM, paint: { 'fill-antialias': false } },
      {
        id: 'prefecture-line',
        type: 'line',
        source: 'prefectures',
        minzoom: 5,
        maxzoom: STREET_ZOOM,
        paint: { 'line-width': 0.7, 'line-opacity': 0.7 },
      },
      { id: 'province-line', type: 'line', source: 'inner', maxzoom: STREET_ZOOM, paint: { 'line-width': 0.9 } },
      { id: 'outer-line', type: 'line', source: 'outer', maxzoom: STREET_ZOOM, paint: { 'line-width': 1.1 } },
      {
        id: 'coast-line',
        type: 'line',
        source: 'sea',
        filter: ['!', ['get', 'dash']],
        maxzoom: STREET_ZOOM,
        paint: { 'line-width': 1.1 },
      },
      {
        id: 'dash-line',
        type: 'line',
        source: 'sea',
        filter: ['get', 'dash'],
        maxzoom: STREET_ZOOM,
        paint: { 'line-width': 1.6 },
      },
      label('country-name', 'country-names', 4.4, 7, 12),
      label('province-name', 'province-names', 3, 8, 12),
      label('prefecture-name', 'prefecture-names', 5.6, 14, 11.5),
    ],
  }
  const byId = new Map(style.layers.map((l) => [l.id, l]))
  for (const [id, property, value] of basemapPaint(theme)) {
    const layer = byId.get(id) as { paint?: Record<string, unknown> }
    layer.paint = { ...layer.paint, [property]: value }
  }
  return style
}

/** Prefecture borders are large and only drawn from zoom 5, so they are fetched when first needed. */
export async function loadPrefectures(): Promise<FeatureCollection> {
  const topology = await load<Prefectures>('prefectures')
  return lineFeature(mesh(topology, topology.objects.prefectures as never, (a, b) => a !== b))
}
