import type { ZoneShape } from './vehicle'

/** A number as on the wire, a text, or the raw bytes of what has no type of its own. */
export type ParameterValue = number | string | { raw: string }
export interface ParameterKind {
  id: number
  name: string
  /** The standard's word. */
  term: string
  /** Of a number; 0 if it holds none. */
  bytes: number
  text: boolean
  tenths: boolean
  since: number
}
export interface ParameterTwin {
  id: number
  wanted: ParameterValue | null
  wanted_at: string | null
  order_id: string | null
  reported: ParameterValue | null
  reported_at: string | null
  standing: 'reported' | 'same' | 'different' | 'pending'
}
export interface OrderPayload {
  parameters?: { id: number; value: ParameterValue }[]
  text?: string
  control?: string
  lock?: boolean
  channel?: number
  pictures?: number
  interval_s?: number
  seconds?: number
  alarms?: number
  zone_id?: number
  name?: string
  shape?: ZoneShape
}
export interface OrderCounts {
  acknowledged: number
  refused: number
  timed_out: number
  expired: number
  under_way: number
  waiting: number
  dropped: number
}
export interface Order {
  id: string
  kind: string
  payload: OrderPayload
  note: string
  state: 'awaiting' | 'running' | 'paused' | 'halted' | 'done' | 'cancelled' | 'rejected'
  targets: number
  wave_size: number
  stop_percent: number
  answer_minutes: number
  second_person: boolean
  wave: number
  waves: number
  counts: OrderCounts
  rolls_back: string | null
  created_by_id: number
  created_by: string | null
  created_at: string
  decided_by: string | null
  decided_at: string | null
  finished_at: string | null
}
export interface OrderWave extends OrderCounts {
  number: number
  trucks: number
}
export interface OrderDetail {
  order: Order
  waves: OrderWave[]
  acts: { at: string; who: string | null; action: string; reason: string | null; by_person: boolean }[]
}
export interface OrderTruck {
  vehicle_id: number
  plate: string
  company: string
  wave: number
  state: 'waiting' | 'queued' | 'sent' | 'acknowledged' | 'refused' | 'timed_out' | 'expired' | 'dropped'
  result: string | null
  attempts: number
  sent_at: string | null
  finished_at: string | null
  before: { id: number; value: ParameterValue }[] | null
}
export interface OrderCount {
  trucks: number
  online: number
  companies: number
  waves: number
  second_person: boolean
  unknown: string[]
}
export type OrderChoice = { all: true } | { companies: number[] } | { plates: string[] }
export interface NewOrder {
  kind: string
  parameters?: { id: number; value: number | string }[]
  text?: string
  flags?: string[]
  control?: string
  lock?: boolean
  channel?: number
  pictures?: number
  size?: 'small' | 'medium' | 'large'
  interval_s?: number
  minutes?: number
  alarms?: number[]
  zone_id?: number
  trucks: OrderChoice
  wave_size: number
  stop_percent: number
  answer_minutes: number
  note: string
}
export type OrderAction = 'pause' | 'resume' | 'cancel' | 'approve' | 'reject' | 'roll_back'
