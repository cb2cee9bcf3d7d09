import type { NewOrder, OrderChoice, ParameterKind, ParameterValue } from '@/api/types'
import { newPhoto, photoOf, type PhotoWish } from '@/parts/photo'
import { newTracking, trackingOf, type TrackingWish } from '@/parts/reporting'

export const ORDER_KINDS = [
  'set_parameters',
  'read_parameters',
  'text',
  'photo',
  'track',
  'confirm_alarms',
  'set_zone',
  'delete_zone',
  'terminal_control',
  'doors',
] as const
export type OrderKind = (typeof ORDER_KINDS)[number]
export const CONTROLS = ['restart', 'factory_settings', 'power_off'] as const

export interface OrderForm {
  kind: OrderKind
  parameters: { id: number | null; value: string }[]
  text: string
  control: (typeof CONTROLS)[number]
  lock: boolean
  photo: PhotoWish
  tracking: TrackingWish
  alarms: number[]
  zone: number | null
  whom: 'all' | 'companies' | 'plates'
  companies: number[]
  plates: string
  waveSize: number
  stopPercent: number
  answerMinutes: number
  note: string
}

export const newOrder = (): OrderForm => ({
  kind: 'set_parameters',
  parameters: [{ id: null, value: '' }],
  text: '',
  control: 'restart',
  lock: true,
  photo: newPhoto(),
  tracking: newTracking(),
  alarms: [0],
  zone: null,
  whom: 'companies',
  companies: [],
  plates: '',
  waveSize: 50,
  stopPercent: 5,
  answerMinutes: 60,
  note: '',
})

/** A typed value as the wire has it; null if it is none. Numbers that count tenths are typed in their unit. */
export function wireValue(kind: ParameterKind, typed: string): number | string | null {
  const text = typed.trim()
  if (kind.text) return text.length > 0 && text.length <= 40 ? text : null
  if (!(kind.tenths ? /^\d{1,9}(\.\d)?$/ : /^\d{1,10}$/).test(text)) return null
  const value = Math.round(Number(text) * (kind.tenths ? 10 : 1))
  return value < 2 ** (8 * kind.bytes) ? value : null
}

/** A value as people read it. */
export function shownValue(kind: ParameterKind | undefined, value: ParameterValue | null): string {
  if (value === null) return '—'
  if (typeof value === 'object') return value.raw
  return kind?.tenths && typeof value === 'number' ? (value / 10).toFixed(1) : String(value)
}

export const plateList = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[\s,;，；、]+/)
      .map((plate) => plate.replace('·', '').toUpperCase())
      .filter((plate) => plate.length > 0),
  ),
]

/** Whom it goes to; null while nobody is chosen. */
function choice(form: OrderForm): OrderChoice | null {
  if (form.whom === 'all') return { all: true }
  if (form.whom === 'companies') return form.companies.length ? { companies: form.companies } : null
  const plates = plateList(form.plates)
  return plates.length ? { plates } : null
}

/** The order as the API takes it; null while something is missing. */
export function orderOf(form: OrderForm, kinds: ParameterKind[]): NewOrder | null {
  const trucks = choice(form)
  if (!trucks || !form.note.trim() || !(form.waveSize > 0)) return null
  const common = {
    trucks,
    wave_size: form.waveSize,
    stop_percent: form.stopPercent,
    answer_minutes: form.answerMinutes,
    note: form.note.trim(),
  }
  switch (form.kind) {
    case 'set_parameters': {
      const parameters: { id: number; value: number | string }[] = []
      for (const row of form.parameters) {
        const kind = kinds.find((one) => one.id === row.id)
        const value = kind ? wireValue(kind, row.value) : null
        if (!kind || value === null || parameters.some((one) => one.id === kind.id)) return null
        parameters.push({ id: kind.id, value })
      }
      return parameters.length ? { kind: form.kind, parameters, ...common } : null
    }
    case 'text':
      return form.text.trim() ? { kind: form.kind, text: form.text.trim(), flags: ['display', 'tts'], ...common } : null
    case 'terminal_control':
      return { kind: form.kind, control: form.control, ...common }
    case 'doors':
      return { kind: form.kind, lock: form.lock, ...common }
    case 'photo': {
      const photo = photoOf(form.photo)
      return photo && { kind: form.kind, ...photo, ...common }
    }
    case 'track': {
      const tracking = trackingOf(form.tracking)
      return tracking && { kind: form.kind, ...tracking, ...common }
    }
    case 'confirm_alarms':
      return form.alarms.length ? { kind: form.kind, alarms: form.alarms, ...common } : null
    case 'set_zone':
    case 'delete_zone':
      return form.zone === null ? null : { kind: form.kind, zone_id: form.zone, ...common }
    case 'read_parameters':
      return { kind: form.kind, ...common }
  }
}
