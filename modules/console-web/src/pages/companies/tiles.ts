import type { DueItem } from '@/api/types'

/** The counts of the risk page, in their order on screen. */
export const TILE_KEYS = [
  'maintenance_overdue',
  'hazards_overdue',
  'qualification_expired',
  'permit_overdue',
  'inspection_overdue',
  'insurance_expired',
  'licence_expired',
  'training_open',
]

const KINDS: Record<string, RegExp> = {
  maintenance_overdue: /^veh\.maintenance2/,
  qualification_expired: /^drv\.qualification/,
  permit_overdue: /^veh\.permit/,
  inspection_overdue: /^veh\.inspection/,
  insurance_expired: /^veh\.ins_compulsory/,
  licence_expired: /^(co|drv)\.licence$/,
}

/** True when the object is one of those that a tile counts. */
export function belongsTo(tile: string, item: Pick<DueItem, 'kind' | 'hazard_id'>): boolean {
  if (tile === 'hazards_overdue') return item.hazard_id !== undefined && item.hazard_id !== null
  return KINDS[tile]?.test(item.kind) ?? false
}

/** Whose papers a tile counts. */
export function countsOf(tile: string): ReadonlySet<'DRIVER' | 'VEHICLE'> {
  const kinds = KINDS[tile]?.source ?? ''
  const counted = new Set<'DRIVER' | 'VEHICLE'>()
  if (/drv/.test(kinds)) counted.add('DRIVER')
  if (/veh/.test(kinds)) counted.add('VEHICLE')
  return counted
}
