/** The figures of the big screen: what `/api/v1/wall` answers. */
import { get } from './client'

export interface Usual {
  low: number
  middle: number
  high: number
}
export interface Wall {
  as_of: string
  km_today: number
  km_week_ago: number
  /** Alarms by slots of ten minutes since midnight, and what is usual in all 144; usual is empty with fewer than seven days. */
  arrivals: { today: number[]; usual: Usual[] }
  waiting: { severity: number; in_time: number; soon: number; overdue: number }[]
  critical: { id: string; vehicle_id: number; started_at: string; plate: string; rule: string }[]
  rates_7d: { code: string; region: { zh: string; en: string } | null; per_1000km: number; km: number }[]
}

export const wall = (signal?: AbortSignal) => get<Wall>('/api/v1/wall', {}, signal)
