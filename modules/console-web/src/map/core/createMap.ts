import { Map as MapLibreMap, setWorkerUrl, type GeoJSONSource } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
// The worker has to be named with `?worker&url`: a plain `?url` leaves its shared chunk behind.
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { complain } from '@/app/complain'
import type { ThemeName } from '@/look/tokens'
import { basemapPaint, basemapStyle, loadPrefectures } from './basemap'
import { CHINA_BOUNDS } from './outline'

setWorkerUrl(workerUrl)

/** True when WebGL2 works at all; a page without it shows the list instead. */
export function hasWebGl2(): boolean {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null
  } catch {
    return false
  }
}

/** Software renderers draw the basemap so slowly that names and motion are left out. */
export function isSoftwareRenderer(gl: WebGL2RenderingContext): boolean {
  const info = gl.getExtension('WEBGL_debug_renderer_info')
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER))
  return /swiftshader|llvmpipe|software|basic render/i.test(name)
}

export interface MapChoices {
  container: HTMLElement
  theme: ThemeName
  locale: string
  interactive?: boolean
  bounds?: [number, number, number, number]
  padding?: number | { left: number; right: number; top: number; bottom: number }
}

export async function createMap(choices: MapChoices): Promise<MapLibreMap> {
  const style = await basemapStyle(choices.theme, choices.locale)
  const map = new MapLibreMap({
    container: choices.container,
    style,
    attributionControl: false,
    interactive: choices.interactive ?? true,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    minZoom: 1.5,
    maxZoom: 18,
    fadeDuration: 0,
    bounds: choices.bounds ?? CHINA_BOUNDS,
    fitBoundsOptions: { padding: choices.padding ?? 24 },
  })
  map.on('error', ({ error }) => complain('the map has a fault', error))
  map.touchZoomRotate.disableRotation()
  let asked = false
  const wantPrefectures = async (): Promise<void> => {
    if (asked || map.getZoom() < 5) return
    asked = true
    try {
      const data = await loadPrefectures()
      map.getSource<GeoJSONSource>('prefectures')?.setData(data)
    } catch (cause) {
      asked = false
      complain('prefecture borders could not be loaded', cause)
    }
  }
  map.on('zoomend', () => void wantPrefectures())
  // Layers can be added as soon as the style stands; the map need not have drawn everything before trucks appear.
  await new Promise<void>((resolve) => map.once('style.load', () => resolve()))
  void wantPrefectures()
  return map
}

export function paintBasemap(map: MapLibreMap, theme: ThemeName): void {
  for (const [id, property, value] of basemapPaint(theme)) {
    if (map.getLayer(id)) map.setPaintProperty(id, property as never, value as never)
  }
}

export function nameBasemap(map: MapLibreMap, locale: string): void {
  for (const id of ['country-name', 'province-name', 'prefecture-name']) {
    if (map.getLayer(id)) map.setLayoutProperty(id, 'text-field', ['get', locale === 'en' ? 'en' : 'zh'])
  }
}
