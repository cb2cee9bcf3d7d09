import type { FeatureCollection } from 'geojson'
import type { ZoneShape } from '@/api/types'

export const ZONE_SHAPES: ZoneShape[] = ['circle', 'rectangle', 'polygon', 'route']

/** The register's zones that a truck of a company may get, as a list to choose from; null leaves all companies' in. */
export function zoneChoices(
  zones: FeatureCollection,
  company: number | null,
  t: (key: string) => string,
): { value: number; label: string }[] {
  return zones.features
    .filter((each) => company === null || [0, company].includes(Number(each.properties?.company_id)))
    .map((each) => {
      const { name, shape, limit_kmh: limit } = each.properties ?? {}
      const parts = [String(name), t(`zoneShape.${String(shape)}`), ...(limit ? [`${String(limit)} km/h`] : [])]
      return { value: Number(each.id), label: parts.join(' · ') }
    })
}
