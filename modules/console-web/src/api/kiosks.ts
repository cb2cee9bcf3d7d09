/** Big screens that show the wall with a token of their own. */
import { get, post, request } from './client'

export interface Kiosk {
  id: number
  name: string
  scope: string
  made_by: string | null
  made_at: string
  expires_at: string
  last_used_at: string | null
  last_address: string | null
}

const v1 = '/api/v1/kiosks'
export const kiosks = () => get<{ items: Kiosk[] }>(v1)
export const makeKiosk = (given: { name: string; scope: string; days: number; current: string; code: string | null }) =>
  post<{ token: string }>(v1, given)
export const endKiosk = (id: number) => request<void>('DELETE', `${v1}/${id}`)
