import type { AlarmRow } from './alarm'

export type VehicleState = 'moving' | 'stopped' | 'offline' | 'never'
export interface Vehicle {
  id: number
  plate: string
  plate_colour: number
  company_id: number
  company_name: string
  vehicle_class: string
  model: string | null
  driver: { id: number; name: string; phone_masked: string | null } | null
  phone: string | null
  state: VehicleState
  lat: number | null
  lon: number | null
  speed_kmh: number | null
  heading_deg: number | null
  device_time: string | null
  open_severity: number | null
}
export type PaperState =
  | 'valid'
  | 'due_soon'
  | 'due_urgent'
  | 'overdue'
  | 'missing'
  | 'lapsed'
  | 'suspended'
  | 'inactive'
export interface Paper {
  id: number | null
  owner_kind: string
  kind: string
  number: string | null
  expires: string | null
  state: PaperState
  days: number | null
}
export interface Command {
  id: string
  kind: string
  state: 'queued' | 'sent' | 'acknowledged' | 'refused' | 'timed_out' | 'expired' | 'withdrawn'
  payload?: { text?: string; flags?: string[]; interval_s?: number; name?: string } | null
  response?: { media_ids?: number[] } | null
  created_at: string
  sent_at?: string | null
  finished_at?: string | null
  result?: string | null
}
/** What one terminal is told or asked besides a text; `phone` is the number that it calls. */
export type Ask =
  | { kind: 'photo'; channel: number; pictures: number; size: 'small' | 'medium' | 'large' }
  | { kind: 'track'; interval_s: number; minutes: number }
  | { kind: 'confirm_alarms'; alarms: number[] }
  | { kind: 'call'; phone: string }
  | { kind: 'listen'; phone: string; reason: string }
  | { kind: 'read_recorder'; command: number }
  | { kind: 'set_zone' | 'delete_zone'; zone_id: number; shape?: ZoneShape }
export type ZoneShape = 'circle' | 'rectangle' | 'polygon' | 'route'
/** A zone in a truck's terminal. `confirmed`: it said yes and was not asked since; the others are what it told. */
export interface HeldZone {
  shape: ZoneShape
  id: number
  name: string | null
  standing: 'confirmed' | 'held' | 'different' | 'missing' | 'extra'
  in_register: boolean
  at: string | null
}
/** Something that a truck's terminal sent; `announced` is in the terminal and was not sent yet. */
export interface TerminalFile {
  id: string
  kind: 'announced' | 'image' | 'audio' | 'video' | 'pass_through' | 'recorder'
  content_type: string
  bytes: number
  at: string
  received_at: string
  lat: number | null
  lon: number | null
  speed_kmh: number | null
  media_id: number | null
  event: number | null
  channel: number | null
  detail: number
}
/** Who drives now: by the card in the terminal, by a card that names nobody, by the register, or unknown. */
export interface AtTheWheel {
  source: 'card' | 'unknown_card' | 'assigned' | 'nobody'
  driver: { id: number; name: string; phone_masked: string | null } | null
  card_number_end: string | null
  since: string | null
}
export interface VehicleDetail extends Vehicle {
  at_the_wheel: AtTheWheel
  terminal: { phone: string; model: string | null; edition: number | null; last_seen: string | null } | null
  papers: Paper[]
  alarms_today: AlarmRow[]
  today: { km: number | null; driving_s: number | null }
  clock: { continuous_s: number; limit_s: number; deadline: string | null; driving: boolean } | null
  counters: { stored: number; duplicate: number; late: number; quarantined: number }
  commands: Command[]
}
export interface TrackColumns {
  t_ms: number[]
  lat: number[]
  lon: number[]
  /** 0.1 km/h */
  speed: number[]
  heading: number[]
  flags: number[]
}
export interface DayTrack extends TrackColumns {
  /** 0.1 km/h, 0 where the position was not judged */
  limit: number[]
  every_nth: number
}
export interface Place {
  lat: number
  lon: number
}
export interface Trip {
  day: string
  from: string
  to: string
  /** Only the part of its day is told; it was under way at midnight. */
  began_before: boolean
  goes_on: boolean
  km: number
  driving_s: number
  inferred_s: number
  peak_kmh: number
  alarms: number
  /** Null for less than a kilometre. */
  alarms_per_100km: number | null
  start: Place
  end: Place
}
export interface Stop {
  from: string
  to: string
  began_before: boolean
  goes_on: boolean
  seconds: number
  inferred: boolean
  place: Place
}
export interface VehicleDay {
  vehicle: { id: number; plate: string; company_id: number; company_name: string }
  day: string
  from: string
  to: string
  cut: boolean
  track: DayTrack
  trips: Trip[]
  stops: Stop[]
  alarms: AlarmRow[]
  totals: {
    km: number
    driving_s: number
    stopped_s: number
    peak_kmh: number
    alarms: number
    alarms_per_100km: number | null
    positions: number
    doubtful: number
  }
}
export type DayFormat = 'gpx' | 'geojson' | 'csv'
export interface FleetSummary {
  total: number
  moving: number
  stopped: number
  offline: number
  never?: number
  open_by_severity: Record<string, number>
  companies_by_band: Record<string, number>
}
export interface Status {
  now: string
  log: { accepting: boolean; reason: string | null }
  database: { up: boolean; reason: string | null }
  readers?: { writer_lag?: number; rules_lag?: number }
  version?: string
  tile_sources?: unknown[]
}
