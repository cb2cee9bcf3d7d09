import type { GeometryCollection, Topology } from 'topojson-specification'
import { load, loadProvinces } from '@/map/core/outline'

export { loadProvinces }
/** A place's name in both languages. */
export interface Named {
  code: string
  zh: string
  en: string
}
type Prefectures = Topology<{ prefectures: GeometryCollection }>

let prefecturesOnce: Promise<Prefectures> | undefined
/** Outlines of prefectures as areas, from the file that the map draws its lines from. */
export const loadPrefectures = (): Promise<Prefectures> =>
  (prefecturesOnce ??= load<Prefectures>('prefectures').catch((cause: unknown) => {
    // Kept, one failure would leave every map empty until the page is loaded anew.
    prefecturesOnce = undefined
    throw cause
  }))

/** Names of provinces and prefectures by the codes of their outlines. */
export async function loadNames(): Promise<Map<string, Named>> {
  const labels = await load<{ provinces: Named[]; prefectures: Named[] }>('labels')
  return new Map([...labels.provinces, ...labels.prefectures].map((one) => [one.code, one]))
}
/** Codes that have an outline of their own. */
export async function loadCodes(): Promise<Set<string>> {
  const topology = await loadPrefectures()
  return new Set(topology.objects.prefectures.geometries.map((one) => String(one.id)))
}
