/** The end and the begin of a shift at the desk, and how long its steps may take. */
import { get, post, request, type Query } from './client'
import type { Page } from './types'

export interface HeldAlarm {
  id: string
  plate: string
  rule: string
  severity: number
  company_name: string
  due_at: string | null
}
export interface HeldCase {
  id: number
  title: string
  severity: number
  plate: string
  company_name: string
  due_at: string | null
}
export interface Held {
  claims: HeldAlarm[]
  notices: HeldAlarm[]
  cases: HeldCase[]
  second_person: HeldAlarm[]
}
export interface Handover {
  id: number
  from_id: number
  from: string | null
  /** Null: whoever comes next. */
  to_id: number | null
  to: string | null
  at: string
  note: string
  held: Held
  read_by: string | null
  read_at: string | null
}
export interface Shift {
  holds: Held
  colleagues: { id: number; name: string }[]
  unread: Handover[]
}
export const DUTIES = ['ack', 'intervene', 'verify', 'company', 'rectify', 'archive'] as const
export const ESCALATES = ['lead', 'manager', 'regulator'] as const
export interface Limit {
  duty: (typeof DUTIES)[number]
  severity: number
  limit_s: number | null
  escalates_to: (typeof ESCALATES)[number]
}

/** How much of a storm something is, and of the trucks. */
interface Share {
  alarms: number
  share: number
  usual: number
  stands_out: boolean
}
export interface Storm {
  since: string
  alarms: number
  busiest_minute: number
  rules: { rule: string; alarms: number }[]
  models: (Share & { model: string })[]
  areas: (Share & { lat: number; lon: number })[]
}

export const LANGUAGES = ['zh-CN', 'en'] as const
export interface CabText {
  rule: string
  language: (typeof LANGUAGES)[number]
  place: number
  /** As it is offered; empty: it is not. */
  words: string
  /** What came with the product. */
  built_in: string | null
  /** In GBK, at its longest. */
  bytes: number
  changed_by: string | null
  changed_at: string | null
}
export interface CabTexts {
  texts: CabText[]
  longest: number
  most_bytes: number
}

const v1 = '/api/v1/desk'
export const shift = () => get<Shift>(`${v1}/shift`)
export const handovers = (query: Query) => get<Page<Handover>>(`${v1}/handovers`, query)
export const handOver = (note: string, to: number | null) => post<Handover>(`${v1}/handovers`, { note, to })
export const readHandover = (id: number) => post<Handover>(`${v1}/handovers/${id}/read`, {})
export const duties = () => get<{ limits: Limit[] }>(`${v1}/duties`)
export const setDuty = (limit: Limit) => request<{ limits: Limit[] }>('PATCH', `${v1}/duties`, limit)
export const storm = () => get<{ per_minute: number; storm: Storm | null }>(`${v1}/storm`)
export const cabTexts = () => get<CabTexts>(`${v1}/cab-texts`)
/** @param words null: back to what came with the product */
export const setCabText = (text: Pick<CabText, 'rule' | 'language' | 'place'>, words: string | null) =>
  request<CabTexts>('PATCH', `${v1}/cab-texts`, { rule: text.rule, language: text.language, place: text.place, words })
