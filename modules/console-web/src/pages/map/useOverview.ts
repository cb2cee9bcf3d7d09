import type { FeatureCollection } from 'geojson'
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl'
import { feature } from 'topojson-client'
import { reactive, watch } from 'vue'
import * as calls from '@/api/calls'
import { complain } from '@/app/complain'
import type { Fleet } from '@/feed/fleet'
import { tokens, type ThemeName } from '@/look/tokens'
import { loadProvinces } from '@/map/core/outline'
import type { FleetMirror } from '@/map/layers/mirror'
import { movingOf, provinceFinder, provinceRates, quietZones, type Area } from '@/map/layers/overview'

/** The layers of the map that one chooses: each is asked for and computed only while it is shown. */
export const LAYERS = ['alarms', 'expired', 'quiet', 'provinces', 'zones', 'plates'] as const
export type LayerName = (typeof LAYERS)[number]

const PROVINCES_EVERY_MS = 10_000
const PAPERS_EVERY_MS = 60_000
const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] }

export function useOverview(fleet: Fleet, mirror: FleetMirror, now: () => number) {
  const shown = reactive<Record<LayerName, boolean>>({
    alarms: true,
    expired: false,
    quiet: false,
    provinces: false,
    zones: true,
    plates: true,
  })
  let map: MapLibreMap | undefined
  let theme: ThemeName = 'light'
  let expired: ReadonlySet<number> = new Set()
  let papersAt = 0
  let provincesAt = 0
  let areas: Area[] | undefined
  let find: ((lon: number, lat: number) => number) | undefined

  function put(name: string, data: FeatureCollection): void {
    map?.getSource<GeoJSONSource>(name)?.setData(data)
  }

  function begin(made: MapLibreMap, as: ThemeName): void {
    map = made
    for (const name of ['provinces-online', 'quiet', 'expired']) {
      made.addSource(name, { type: 'geojson', data: NOTHING })
    }
    made.addLayer(
      { id: 'provinces-online', type: 'fill', source: 'provinces-online', paint: { 'fill-opacity': 0.45 } },
      'province-line',
    )
    made.addLayer({ id: 'quiet', type: 'fill', source: 'quiet', paint: { 'fill-opacity': 0.28 } }, 'fleet')
    made.addLayer({
      id: 'quiet-count',
      type: 'symbol',
      source: 'quiet',
      layout: {
        'text-field': ['to-string', ['get', 'count']],
        'text-font': ['Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', 'sans-serif'],
        'text-size': 12,
      },
      paint: { 'text-halo-width': 1.2 },
    })
    made.addLayer({
      id: 'expired',
      type: 'circle',
      source: 'expired',
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 5, 6, 10, 13],
        'circle-opacity': 0,
        'circle-stroke-width': 2,
      },
    })
    paint(as)
    refresh()
  }
  function paint(as: ThemeName): void {
    theme = as
    if (!map?.getLayer('expired')) return
    const t = tokens[theme]
    map.setPaintProperty('expired', 'circle-stroke-color', t.sev3.mark)
    map.setPaintProperty('quiet', 'fill-color', t.offline)
    map.setPaintProperty('quiet-count', 'text-color', t.t1)
    map.setPaintProperty('quiet-count', 'text-halo-color', t.mapLand)
    map.setPaintProperty('provinces-online', 'fill-color', [
      'interpolate',
      ['linear'],
      ['get', 'rate'],
      0.5,
      t.sev3.mark,
      0.9,
      t.mapLand,
      1,
      t.moving,
    ])
  }

  /** To be called about once a second. */
  function refresh(): void {
    if (!map || document.hidden) return
    if (map.getLayer('marks')) map.setLayoutProperty('marks', 'visibility', shown.alarms ? 'visible' : 'none')
    if (shown.expired) {
      if (now() - papersAt >= PAPERS_EVERY_MS) void papers()
      put('expired', movingOf(fleet, mirror, expired))
    }
    if ((shown.provinces || shown.quiet) && now() - provincesAt >= PROVINCES_EVERY_MS) {
      provincesAt = now()
      if (shown.quiet)
        put(
          'quiet',
          quietZones(fleet, (slot) => mirror.isVisible(slot), now()),
        )
      if (shown.provinces) void provinces()
    }
  }
  async function papers(): Promise<void> {
    papersAt = now()
    try {
      expired = new Set((await calls.expiredPapers()).vehicle_ids)
      if (shown.expired) put('expired', movingOf(fleet, mirror, expired))
    } catch (cause) {
      complain('trucks with expired papers could not be asked for', cause)
    }
  }
  async function provinces(): Promise<void> {
    try {
      if (!areas) {
        const outline = await loadProvinces()
        areas = (feature(outline, outline.objects.provinces) as FeatureCollection).features as Area[]
      }
      find ??= provinceFinder(areas)
      const rates = provinceRates(fleet, (slot) => mirror.isVisible(slot), areas.length, find)
      if (!shown.provinces) return
      put('provinces-online', {
        type: 'FeatureCollection',
        features: areas.flatMap((area, i) =>
          rates[i].total === 0
            ? []
            : [{ ...area, properties: { rate: rates[i].online / rates[i].total, ...rates[i] } }],
        ),
      })
    } catch (cause) {
      complain('the provinces could not be coloured', cause)
    }
  }
  watch(shown, () => {
    provincesAt = 0
    if (!shown.expired) put('expired', NOTHING)
    if (!shown.quiet) put('quiet', NOTHING)
    if (!shown.provinces) put('provinces-online', NOTHING)
    refresh()
  })
  /** Online and all trucks of the province at a place on the screen, while that layer is shown. */
  function provinceAt(point: { x: number; y: number }): { online: number; total: number } | null {
    const found = shown.provinces && map?.queryRenderedFeatures([point.x, point.y], { layers: ['provinces-online'] })[0]
    return found ? { online: Number(found.properties.online), total: Number(found.properties.total) } : null
  }
  return { shown, begin, paint, refresh, provinceAt }
}
