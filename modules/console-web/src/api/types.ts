import type { RiskBand, Severity } from '@/look/tokens'

export interface Page<T> {
  items: T[]
  next_cursor: string | null
}
export type Role = 'admin' | 'lead' | 'agent' | 'company' | 'regulator' | 'driver'
export interface User {
  id: number
  username: string
  /** Null for the built-in administrator, whom the pages name. */
  display_name: string | null
  role: Role
  scope: string
  scope_label: string
  locale: string | null
}
export interface Session {
  user: User
  csrf_token: string
  /** Nothing but the account answers before a second factor is set up. */
  second_factor_owed: boolean
}
/** The OpenID Connect provider of the organisation, if there is one. */
export interface Provider {
  configured: boolean
  /** Null for pages to name it. */
  name: string | null
  claim: string | null
  answers: boolean
}
export interface Factor {
  /** Null without one. */
  since: string | null
  recovery_codes: number
  required: boolean
}
export type TokenScope = 'map' | 'alarms' | 'history' | 'companies'
export interface TokenRow {
  id: number
  name: string
  scopes: TokenScope[]
  created_at: string
  expires_at: string
  last_used_at: string | null
  last_address: string | null
}
export interface BegunFactor {
  secret: string
  uri: string
}

export type AccountState = 'active' | 'pending' | 'disabled'
export interface Account {
  id: number
  username: string
  display_name: string | null
  role: Role
  scope: string
  locale: string
  state: AccountState
  created_at: string
  last_sign_in_at: string | null
  link_expires_at: string | null
  sessions: number
  second_factor: boolean
  /** What the provider says of who may sign in as this user; null if nobody may. */
  provider_name: string | null
  /** First sign-in through the provider; since then nobody else with the same name may. */
  provider_bound_at: string | null
}
export interface OneTimeLink {
  path: string
  purpose: 'invitation' | 'reset'
  expires_at: string
}
export interface Invited {
  user: Account
  link: OneTimeLink
}
export interface LinkOwner {
  username: string
  display_name: string | null
  purpose: 'invitation' | 'reset'
  expires_at: string
}
export interface SessionRow {
  id: number
  began_at: string
  last_seen_at: string
  expires_at: string
  address: string | null
  by_provider: boolean
  current: boolean
}
export interface RegisterColumn {
  key: string
  title: string
  required: boolean
  shown: boolean
  emptiable: boolean
  choices: { value: string; label: string }[] | null
}
export interface RegisterEntry {
  id: number
  subject: string
  values: Record<string, string>
}
export interface RegisterLines extends Page<RegisterEntry> {
  columns: RegisterColumn[]
  retirable: boolean
}
export interface FieldChange {
  column: string
  before: string | null
  after: string | null
}
export interface RegisterFate {
  outcome: 'created' | 'changed' | 'unchanged' | 'refused'
  changes: FieldChange[]
  faults: { field: string; why: string; todo: string }[]
}
export interface RegisterChange {
  id: number
  at: string
  who: { id: number; username: string | null; display_name: string | null }
  table: string
  subject: string
  outcome: 'created' | 'changed' | 'retired'
  changes: FieldChange[]
  import_id: string | null
}
/** Why somebody of an authority looked at a truck's track. */
export interface Look {
  id: number
  at: string
  until: string
  reason: string
  vehicle_id: number
  plate: string | null
  company_id: number
  company_name: string | null
  who: { id: number; username: string | null; display_name: string | null }
}
export interface AuditEntry {
  id: number
  at: string
  who: { id: number; username: string | null; display_name: string | null } | null
  action: string
  object: string | null
  detail: Record<string, string | number | boolean | null>
  address: string | null
}

export interface RiskSummary {
  score: number | null
  band: RiskBand | null
}
export interface Company {
  id: number
  name: string
  adcode: string
  region: { zh: string; en: string } | null
  vehicles: number
  drivers: number
  online: number
  overdue_critical: number
  open_alarms: number
  open_by_severity: Partial<Record<'1' | '2' | '3' | '4', number>>
  km_7d: number
  open_per_1000km: number | null
  risk: RiskSummary
}
export interface ScorePart {
  code: string
  weight: number
  value: number | null
  points: number | null
  data: Record<string, unknown>
}
export interface CountOf {
  count: number
  of: number
  due_7d?: number
  due_30d?: number
  driving_now?: number
}
export interface DueItem {
  paper_id?: number
  hazard_id?: number
  owner_kind: 'COMPANY' | 'VEHICLE' | 'DRIVER' | string
  owner_id: number
  owner_label: string
  kind: string
  expires: string
  days_overdue?: number
  days_left?: number
  critical?: boolean
  moving?: boolean
}
/** Something that lowers the score; `points_below` is what it would be worth without vetoes. */
export interface RiskAct {
  code: 'papers' | 'papers_all' | 'hazards_general' | 'hazards_major' | 'training' | 'handling' | 'drivers'
  kind: string
  count: number
  points: number
  points_below: number
}
export interface RiskBehind {
  papers?: { kind: string; open: number; risk: number }[]
  events?: { rule: string; severity: number; age: 30 | 90 | 180; count: number }[]
  drivers?: { id: number; points: number }[]
}
/** One week: the company, and the companies of its size. */
export interface RiskWeek {
  day: string
  score: number | null
  quarter: number | null
  median: number | null
  three_quarters: number | null
}
export interface CompanyRisk {
  company: Company
  as_of: string
  score: {
    value: number | null
    band: RiskBand | null
    parts: ScorePart[]
    missing: string[]
    formula_version: string
    insufficient_data: boolean
    veto: { code: string; value?: string; detail: string }[]
    acts?: RiskAct[]
    /** What the score would be after all of them. */
    reachable?: number | null
    behind?: RiskBehind
    size_class?: string
    of_size?: number | null
    better?: number | null
  }
  weeks?: RiskWeek[]
  counts: Record<string, CountOf | undefined>
  overdue: DueItem[]
  due_soon: DueItem[]
  open_alarms: { total: number; by_rule: Record<string, number>; by_severity: Record<string, number> }
  drivers: { id: number; name: string; km: number; events: number; per_1000km: number | null }[]
  vehicles: {
    id: number
    plate: string
    driver: string | null
    state: VehicleState
    overdue: number
    open_alarms: number
  }[]
}

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
export type PaperState = 'valid' | 'due_soon' | 'due_urgent' | 'overdue' | 'missing' | 'lapsed' | 'suspended'
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
export interface AlarmRow {
  id: string
  cursor?: string | number
  rule: string
  rule_version: string
  severity: Severity
  state: string
  handling: string
  evidence: string
  vehicle: { id: number; plate: string }
  driver: { id: number; name: string } | null
  company: { id: number; name: string }
  started_at: string
  ended_at: string | null
  /** Null in the live stream. */
  opened_at: string | null
  ended_by: string | null
  measures: Record<string, unknown>
  facts: Record<string, unknown>
}
export interface AlarmCounts {
  total: number
  /** Counting stopped at a limit of the server. */
  capped?: boolean
  by_severity: Record<string, number>
  by_rule: Record<string, number>
}
export interface AlarmPage extends Page<AlarmRow> {
  counts?: AlarmCounts
}
export interface AlarmAction {
  at: string
  user: string | null
  kind: string
  note: string | null
}
/** How an alarm stands on the desk. */
export interface DeskState {
  /** As it is now: a claim that has run out counts for nothing. */
  handling: string
  waits_for: 'company' | 'centre' | 'second_person' | 'case' | null
  duty: string
  due_at: string | null
  holder: { id: number; name: string } | null
  held_until: string | null
  /** Begun, and can be undone until then. */
  act: { id: number; kind: ActKind; by: string; until: string } | null
  asked_by: number | null
}
export interface DeskAlarm extends AlarmRow {
  desk: DeskState
  /** Of the same rule by the same truck within a day, itself included. */
  times: number
}
export interface DeskQueue extends Page<DeskAlarm> {
  counts: Record<string, number>
  counted_to: number
  shift: { done: number; median_s: number | null }
  server_time: string
}
export type ActKind = 'text' | 'call' | 'notice' | 'false' | 'escalate'
export type CallOutcome = 'reached' | 'promised' | 'not_reached' | 'wrong_number'
/** What is done about an alarm. */
export type DeskAct = { note: string } & (
  | { kind: 'text'; text: string }
  | { kind: 'call'; outcome: CallOutcome }
  | { kind: 'notice'; words: string; minutes: number | null }
  | { kind: 'false'; reason: string }
  | { kind: 'escalate' }
)
export interface Notice {
  id: number
  alarm_id: string
  company_id: number
  company_name: string
  plate: string
  rule: string
  severity: Severity
  started_at: string
  words: string
  sent_by: string | null
  sent_at: string
  due_at: string
  /** Its answer is late, or was. */
  overdue: boolean
  answer: string | null
  answered_by: string | null
  answered_at: string | null
}
export interface DeskContact {
  id: number
  alarm_id: string
  kind: ActKind
  content: { text?: string; outcome?: CallOutcome; words?: string }
  note: string
  state: 'done' | 'failed'
  failure: string | null
  at: string
  by: string | null
  command_id: string | null
  command_state: Command['state'] | null
}
export interface DeskContext {
  alarm: DeskAlarm
  driver: { id: number; name: string; phone: string | null } | null
  days: { day: string; severity: Severity; alarms: number; same_rule: number; appealed: number }[]
  contacts: DeskContact[]
  notices: Notice[]
  texts: { language: string; words: string }[]
  suggestion: { kind: ActKind; reason: string }
}
export type Party = 'centre' | 'company' | 'driver' | 'regulator'
export interface SafetyCase {
  id: number
  /** Given by hand, else the rule of its heaviest alarm. */
  title: string
  severity: Severity
  state: 'open' | 'closed'
  company_id: number
  company_name: string
  vehicle_id: number
  plate: string
  driver: { id: number; name: string } | null
  opened_by: string | null
  opened_at: string
  closed_by: string | null
  closed_at: string | null
  conclusion: string | null
  alarms: number
  open_steps: number
  next_due: string | null
  escalated_to: string | null
}
export interface CaseStep {
  id: number
  party: Party
  duty: string
  words: string
  begun_at: string
  due_at: string | null
  /** Now, or when it was done. */
  overdue: boolean
  done_by: string | null
  done_at: string | null
  result: string | null
  escalated_to: string | null
  escalated_at: string | null
}
export interface CaseDetail extends SafetyCase {
  alarm_rows: AlarmRow[]
  steps: CaseStep[]
  events: { at: string; user: string | null; kind: string; note: string }[]
}
export interface Appeal {
  id: number
  alarm_id: string
  company_name: string
  plate: string
  rule: string
  severity: Severity
  started_at: string
  reason: string
  by: string | null
  appealed_at: string
  decided_by: string | null
  decided_at: string | null
  accepted: boolean | null
  note: string | null
}
export interface BulkRow {
  id: string
  outcome: 'begun' | 'refused'
  why: string | null
}
export interface LimitSegment {
  from: string
  to: string
  limit_kmh: number
  source?: string
}
export interface AlarmStrip {
  from: string
  to: string
  t_ms: number[]
  /** 0.1 km/h, as in tracks */
  speed: number[]
  limit?: (number | null)[]
  limit_segments?: LimitSegment[]
  over?: [string, string] | null
}
export interface AlarmDetail extends AlarmRow {
  /** What the terminal said of the same. */
  terminal: { alarm: string; started_at: string; ended_at: string }[]
  /** The lower one of the platform's limit and the terminal's own, where the terminal calls it overspeed too. */
  case_limit: { kmh: number; terminal_kmh: number; terminal_reported_at: string } | null
  points: { role: string; device_time: string; lat: number; lon: number; speed_kmh: number; body_hex: string | null }[]
  revisions: { revision: number; state: string; at: string; why: string | null }[]
  actions: AlarmAction[]
  /** Points, strip and track open with a reason. */
  reason_needed: boolean
  strip: AlarmStrip | null
  track: TrackColumns | null
  papers: Paper[]
}
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

/** A table that was sent for the register. */
export interface RegisterImport {
  id: string
  file_name: string
  created_at: string
  expires_at: string
  created_by: { id: number; username: string | null; display_name: string | null }
  lines: { created: number; changed: number; unchanged: number; wrong: number }
  state: 'wrong' | 'ready' | 'applied' | 'discarded' | 'expired'
  settled_at: string | null
}
export interface ImportLine {
  table: string | null
  sheet: string
  line: number
  name: string
  outcome: 'created' | 'changed' | 'unchanged' | 'refused'
  changes: { column: string; before: string | null; after: string | null }[]
  faults: { column: string; value: string | null; why: string; todo: string }[]
}
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

export type PaperOwner = 'COMPANY' | 'VEHICLE' | 'DRIVER'
export type PaperStateWord =
  | 'valid'
  | 'due_soon'
  | 'due_urgent'
  | 'overdue'
  | 'lapsed'
  | 'missing'
  | 'pending_review'
  | 'suspended'
  | 'superseded'
  | 'rejected'

/** One owner's standing with one kind of paper. */
export interface PaperLine {
  owner_kind: PaperOwner
  owner_id: number
  owner_label: string
  kind: string
  /** Of the version that counts. */
  id: number | null
  number: string | null
  issued: string | null
  expires: string | null
  state: PaperStateWord
  /** Until the last valid day, negative since. */
  days: number | null
  step: number | null
  critical: boolean
  category: string
  /** Newest version that nobody has agreed to yet. */
  waiting: number | null
}

export interface PaperPage extends Page<PaperLine> {
  total: number
  states: Partial<Record<PaperStateWord, number>>
  kinds: Record<string, number>
}

export interface Attachment {
  id: string
  title: string
  content_type: string
  bytes: number
  at: string
}

export interface PaperVersion {
  id: number
  number: string
  /** Class of a licence, sort of goods of a qualification. */
  category: string
  issued: string | null
  expires: string | null
  state: PaperStateWord
  verification: string
  /** A mistake in it was corrected. */
  replaced: boolean
  entered_at: string
  entered_by: string | null
  reviewed_at: string | null
  reviewed_by: string | null
  review_note: string | null
  attachments: Attachment[]
}

export interface PaperOfKind {
  kind: string
  state: PaperStateWord
  critical: boolean
  needed: boolean
  lead_days: number[]
  hold: { at: string; by: string | null; reason: string } | null
  versions: PaperVersion[]
}

export interface PaperFile {
  owner_kind: PaperOwner
  owner_id: number
  label: string
  company_id: number
  company_name: string
  kinds: PaperOfKind[]
  events: { at: string; by: string | null; paper_id: number; kind: string; paper_kind: string; note: string }[]
}

/** What somebody wrote down of a paper. */
export interface WrittenPaper {
  number: string
  category: string
  issued: string | null
  expires: string | null
  endless: boolean
  note: string
}

export interface PaperOutcome {
  id: number
  /** Alarms of driving without it that it explains. */
  overturned_alarms: string[]
}

/** Where a truck stands with its second-level services. */
export interface ServiceRow {
  vehicle_id: number
  plate: string
  every_km: number
  every_days: number
  own_interval: boolean
  done_on: string | null
  odometer_km: number | null
  km_since: number | null
  daily_km: number | null
  due_on: string | null
  state: PaperStateWord
}

export interface Hazard {
  id: number
  title: string
  grade: 'general' | 'major'
  place: string
  found_on: string
  due_on: string
  measure: string
  owner_name: string | null
  rectified_on: string | null
  closed_on: string | null
  state: 'open' | 'overdue' | 'rectified' | 'closed'
  photos: { id: string; title: string; content_type: string }[]
  events: { at: string; by: string | null; kind: string; note: string }[]
}

export interface Accident {
  id: number
  happened_on: string
  place: string
  plate: string | null
  driver: string | null
  deaths: number
  injured: number
  responsibility: string
  note: string
}

export interface TrainingRecord {
  id: number
  driver_id: number
  driver: string
  kind: string
  held_on: string
  hours: string
  topic: string
}

/** Tables of duties. */
export interface DutyTables {
  hazards: Hazard
  accidents: Accident
  training: TrainingRecord
}

/** May this truck leave with this driver. */
export interface Verdict {
  vehicle_id: number
  plate: string
  driver_id: number | null
  driver: string | null
  company_id: number
  allowed: boolean
  at: string
  reasons: {
    code: string
    weight: 'stop' | 'warn'
    kind: string
    state: string
    owner_kind: PaperOwner
    owner_id: number
    detail: string
  }[]
}
