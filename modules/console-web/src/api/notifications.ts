/** Who is told what happens, and whether it arrived. */
import { get, post, request, type Query } from './client'
import type { Page } from './types'

export const EVENTS = ['alarm', 'notice', 'case_overdue', 'papers_due', 'study_at_wheel'] as const
export type NotificationEvent = (typeof EVENTS)[number]

export interface Receiver {
  id: number
  kind: 'webhook' | 'email'
  name: string
  address: string
  /** Empty: everybody's events. */
  company_ids: number[]
  company_names: string[]
  events: NotificationEvent[]
  least_severity: number
  language: 'zh-CN' | 'en'
  paused: boolean
  made_by: string | null
  made_at: string
  waiting: number
  dead: number
  arrived_at: string | null
  failed_at: string | null
  /** Why it did not take what was sent last; null since it took something. */
  fault: string | null
  fault_detail: string | null
}
export interface Delivery {
  number: number
  id: string
  receiver_id: number
  receiver_name: string
  kind: 'webhook' | 'email'
  address: string
  removed: boolean
  company_id: number
  company_name: string
  event: NotificationEvent | 'test'
  body: {
    alarm?: { plate: string; rule: string }
    notice?: { plate: string; rule: string }
    case?: { title: string }
    study?: { plate: string; course: string }
    count?: number
  }
  state: 'waiting' | 'arrived' | 'dead'
  tries: number
  made_at: string
  next_at: string | null
  tried_at: string | null
  finished_at: string | null
  fault: string | null
  fault_detail: string | null
}
/** What a receiver shall be; of one that is there, what changes. */
export interface WantedReceiver {
  name?: string
  address?: string
  company_ids?: number[]
  events?: NotificationEvent[]
  least_severity?: number
  language?: 'zh-CN' | 'en'
  paused?: boolean
}

const v1 = '/api/v1'
export const receivers = () => get<{ items: Receiver[]; mail_server: boolean }>(`${v1}/receivers`)
export const addReceiver = (wanted: WantedReceiver & { kind: Receiver['kind'] }) =>
  post<Receiver & { secret: string | null }>(`${v1}/receivers`, wanted)
export const changeReceiver = (id: number, wanted: WantedReceiver) =>
  request<Receiver>('PATCH', `${v1}/receivers/${id}`, wanted)
export const removeReceiver = (id: number) => request<void>('DELETE', `${v1}/receivers/${id}`, {})
export const renewSecret = (id: number) => post<{ secret: string }>(`${v1}/receivers/${id}/secret`, {})
export const testReceiver = (id: number) => post<{ delivery_id: string }>(`${v1}/receivers/${id}/test`, {})
export const sendAllAgain = (id: number) => post<{ count: number }>(`${v1}/receivers/${id}/again`, {})
export const deliveries = (query: Query) => get<Page<Delivery>>(`${v1}/deliveries`, query)
export const sendAgain = (id: string) => post<{ count: number }>(`${v1}/deliveries/again`, { ids: [id] })
