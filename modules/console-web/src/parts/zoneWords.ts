import type { FeatureCollection } from 'geojson'
import type { ZoneShape } from '@/api/types'

export const ZONE_SHAPES: ZoneShape[] = ['circle', 'rectangle', 'polygon', 'route']

/** The register's zones as a list to choose from: those that a truck of a company may get, or all of them with the names of their companies. */
export function zoneChoices(
  zones: FeatureCollection,
  company: number | null,
  nameOf: (company: number) => string,
  t: (key: string) => string,
): { value: number; label: string }[] {
  return zones.features
    .filter((each) => company === null || [0, company].includes(Number(each.properties?.company_id)))
    .map((each) => {
      const { name, shape, limit_kmh: limit, company_id: owner } = each.properties ?? {}
      const parts = [String(name), t(`zoneShape.${String(shape)}`)]
      if (limit) parts.push(`${String(limit)} km/h`)
      if (company === null && owner) parts.push(nameOf(Number(owner)))
      return { value: Number(each.id), label: parts.join(' · ') }
    })
}
