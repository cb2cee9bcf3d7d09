/** A region at a glance: what `/api/v1/region` answers. */
import { get, type Query } from './client'
import type { KpiPeriod } from './indicators'

export const OF = ['speeding', 'alarms'] as const
export type Of = (typeof OF)[number]
export const PER = ['km', 'truck'] as const
export type Per = (typeof PER)[number]
export type FunnelPlace = 'within' | 'above_95' | 'above_998' | 'below_95' | 'below_998'

export interface RegionCompany {
  id: number
  name: string
  adcode: string
  trucks: number
  km: number
  count: number
  /** Thousands of kilometres, or trucks that were online. */
  exposure: number
  rate: number | null
  /** Had it the region's rate. */
  expected: number | null
  place: FunnelPlace | null
}
export interface FunnelLimit {
  exposure: number
  low998: number
  low95: number
  high95: number
  high998: number
}
export interface Region {
  formula: string
  from: string
  to: string
  state: 'frozen' | 'open' | 'running'
  days: number
  days_counted: number
  counted_at: string | null
  period: KpiPeriod | null
  of: Of
  per: Per
  trucks: number
  km: number
  count: number
  exposure: number
  rate: number | null
  companies: RegionCompany[]
  limits: FunnelLimit[]
}
export const region = (query: Query, signal?: AbortSignal) => get<Region>('/api/v1/region', query, signal)
