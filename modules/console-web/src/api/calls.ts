import type { DictionaryPatch } from '@/feed/codec'
import { download, get, post, request, type Query } from './client'
import type {
  AlarmAction,
  AlarmDetail,
  AlarmPage,
  Command,
  Company,
  CompanyRisk,
  DayFormat,
  FleetSummary,
  Page,
  RefusedTerminals,
  Session,
  Status,
  TrackColumns,
  Trip,
  Vehicle,
  VehicleDay,
  VehicleDetail,
} from './types'

const v1 = '/api/v1'

export const signIn = (username: string, password: string, remember: boolean): Promise<Session> =>
  request<Session>('POST', `${v1}/session`, { username, password, remember }, { keepOn401: true })
export const currentSession = (): Promise<Session> =>
  request<Session>('GET', `${v1}/session`, undefined, { keepOn401: true })
export const signOut = (): Promise<void> => request<void>('DELETE', `${v1}/session`)

export const companies = (query: Query, signal?: AbortSignal) => get<Page<Company>>(`${v1}/companies`, query, signal)
export const companyRisk = (id: number, signal?: AbortSignal) =>
  get<CompanyRisk>(`${v1}/companies/${id}/risk`, {}, signal)

export const vehicles = (query: Query, signal?: AbortSignal) => get<Page<Vehicle>>(`${v1}/vehicles`, query, signal)
export const vehicle = (id: number, signal?: AbortSignal) => get<VehicleDetail>(`${v1}/vehicles/${id}`, {}, signal)
export const track = (id: number, from: number, to: number, signal?: AbortSignal) =>
  get<TrackColumns>(
    `${v1}/vehicles/${id}/track`,
    { from: new Date(from).toISOString(), to: new Date(to).toISOString(), format: 'json' },
    signal,
  )
export const vehicleDay = (id: number, day: string, signal?: AbortSignal) =>
  get<VehicleDay>(`${v1}/vehicles/${id}/days/${day}`, {}, signal)
export const exportDay = (id: number, day: string, format: DayFormat) =>
  download(`${v1}/vehicles/${id}/days/${day}/export?format=${format}`)
export const trips = (id: number, query: Query, signal?: AbortSignal) =>
  get<Page<Trip>>(`${v1}/vehicles/${id}/trips`, query, signal)

export const alarms = (query: Query, signal?: AbortSignal) => get<AlarmPage>(`${v1}/alarms`, query, signal)
export const alarm = (id: string, signal?: AbortSignal) => get<AlarmDetail>(`${v1}/alarms/${id}`, {}, signal)
export const actOnAlarm = (id: string, kind: 'acknowledge' | 'note', note: string) =>
  post<AlarmAction>(`${v1}/alarms/${id}/actions`, { kind, note })

export const sendText = (vehicleId: number, text: string, flags: string[]) =>
  post<Command>(`${v1}/vehicles/${vehicleId}/commands`, { kind: 'text', text, flags })
export const locate = (vehicleId: number) => post<Command>(`${v1}/vehicles/${vehicleId}/commands`, { kind: 'locate' })
export const command = (id: string) => get<Command>(`${v1}/commands/${id}`)

export const refusedTerminals = (query: Query, signal?: AbortSignal) =>
  get<RefusedTerminals>(`${v1}/terminals/refused`, query, signal)

export const zones = () => get<GeoJSON.FeatureCollection>(`${v1}/zones`)
export const fleetDictionary = () => get<DictionaryPatch & { epoch: number }>(`${v1}/fleet/dictionary`)
export const fleetSummary = () => get<FleetSummary>(`${v1}/fleet/summary`)
export const status = () => get<Status>(`${v1}/status`)
