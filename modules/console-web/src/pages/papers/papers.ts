import type { PaperOwner, PaperStateWord } from '@/api/types'

/** States in the order of their chips: what wants somebody first. */
export const STATES: PaperStateWord[] = [
  'overdue',
  'lapsed',
  'suspended',
  'missing',
  'pending_review',
  'due_urgent',
  'due_soon',
  'valid',
  'inactive',
]

/** The colour of a state's word; only what stops a truck is warm. */
export const TONES: Record<PaperStateWord, string> = {
  overdue: 'sev-chip-3',
  lapsed: 'sev-chip-4',
  suspended: 'sev-chip-4',
  missing: 'sev-chip-3',
  pending_review: 'sev-chip-1',
  due_urgent: 'sev-chip-2',
  due_soon: 'sev-chip-2',
  valid: 'calm',
  inactive: 'still',
  superseded: 'calm',
  rejected: 'calm',
}

/** Whose papers are shown, as an address names it: VEHICLE:12. */
export interface Who {
  kind: PaperOwner
  id: number
}
export function whoOf(text: unknown): Who | null {
  const match = typeof text === 'string' ? /^(COMPANY|VEHICLE|DRIVER):(\d{1,9})$/.exec(text) : null
  return match ? { kind: match[1] as PaperOwner, id: Number(match[2]) } : null
}
export const whoText = (kind: PaperOwner, id: number): string => `${kind}:${id}`

/** Kinds of paper that one kind of owner can have. */
export const kindsOf = (owner: PaperOwner, all: string[]): string[] =>
  all.filter((kind) => kind.startsWith(owner === 'COMPANY' ? 'co.' : owner === 'VEHICLE' ? 'veh.' : 'drv.'))

/** Kinds that the catalogue follows. */
export const CATALOGUE = [
  'co.licence',
  'co.business',
  'co.safety_staff',
  'co.monitor_staff',
  'co.third_party_contract',
  'co.hazard_inspection',
  'co.emergency_plan',
  'co.insurance',
  'co.safety_meeting',
  'veh.permit',
  'veh.permit_review',
  'veh.inspection',
  'veh.tech_rating',
  'veh.maintenance2',
  'veh.ins_compulsory',
  'veh.ins_commercial',
  'veh.ins_carrier',
  'veh.gnss_terminal',
  'veh.scrap',
  'veh.tank',
  'veh.marking',
  'drv.licence',
  'drv.licence_review',
  'drv.points',
  'drv.qualification',
  'drv.qual_class',
  'drv.integrity',
  'drv.cont_edu',
  'drv.health',
  'drv.contract',
  'drv.prejob',
]
