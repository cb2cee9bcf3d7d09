import type { Page } from './page'

export type RefusalReason =
  | 'unknown_phone'
  | 'other_plate'
  | 'second_device'
  | 'wrong_code'
  | 'stale_code'
  | 'foreign_code'
/** A terminal that the gateway did not let in. */
export interface RefusedTerminal {
  phone: string
  address: string
  reason: RefusalReason
  times: number
  first_at: string
  last_at: string
  registration: {
    maker: string
    model: string
    terminal_id: string
    plate_colour: number
    plate: string
    edition: number
  } | null
}
export interface RefusedTerminals {
  items: RefusedTerminal[]
  total: number
  forgotten: number
}
/** What became of some reports; the difference is 0 unless the product is at fault. */
export interface BookSums {
  received: number
  stored: number
  duplicate: number
  quarantined: number
  refused: number
  refused_by: Record<string, number>
  difference: number
}
export interface TruckBook {
  vehicle_id: number
  plate: string
  company_id: number
  company_name: string
  sums: BookSums
}
export interface BookPage extends Page<TruckBook> {
  day: string
  total: BookSums
}
export interface BookHour {
  hour: string
  sums: BookSums
}
/** A truck's terminal; the diary is what the gateway remembers since its start. */
export interface Terminal {
  identity: {
    vehicle_id: number
    plate: string
    company: string
    phone: string | null
    maker: string | null
    model: string | null
    terminal_id: string | null
    edition: number | null
    registered_at: string | null
    last_seen_at: string | null
  }
  online: boolean
  since: string
  diary: {
    sign_ons: number
    firmware: string
    address: string
    wrong_lengths: number
    clock_ahead_s: number | null
    faults: Record<string, number>
    events: { at: string; event: string }[]
  } | null
}
export interface TerminalFrame {
  at: string
  hex: string
  decoded: { message_id?: string; message?: string; body?: unknown; error?: string }
  whole: boolean
}
export interface TerminalModels {
  since: string
  items: {
    maker: string
    model: string
    terminals: number
    seen: number
    doubts_per10000: number | null
    wrong_lengths: number
    wrong_clocks: number
    reconnects: number
    faults: number
  }[]
}
