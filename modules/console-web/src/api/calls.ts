import type { DictionaryPatch } from '@/feed/codec'
import { blob, download, get, getBytes, post, request, upload, withQuery, type Query } from './client'
import type {
  Account,
  AlarmAction,
  AlarmDetail,
  AlarmPage,
  Appeal,
  Attachment,
  Ask,
  AuditEntry,
  BegunFactor,
  BookHour,
  BookPage,
  BulkRow,
  CaseDetail,
  Command,
  Company,
  CompanyRisk,
  DayFormat,
  DeskAct,
  DeskContext,
  DeskQueue,
  DeskState,
  DutyTables,
  Factor,
  FleetSummary,
  ImportLine,
  Party,
  RegisterChange,
  Reminder,
  RegisterFate,
  RegisterImport,
  RegisterLines,
  Invited,
  LinkOwner,
  HeldZone,
  Layup,
  Look,
  NewOrder,
  Notice,
  Order,
  OrderAction,
  OrderCount,
  OrderDetail,
  OrderTruck,
  PaperFile,
  PaperOutcome,
  PaperOwner,
  PaperPage,
  Page,
  ParameterKind,
  ParameterTwin,
  Provider,
  RefusedTerminals,
  SafetyCase,
  ServiceRow,
  Session,
  SessionRow,
  Status,
  Terminal,
  TerminalFile,
  TerminalFrame,
  TerminalModels,
  TokenRow,
  TokenScope,
  TrackColumns,
  Trip,
  Vehicle,
  VehicleDay,
  VehicleDetail,
  Verdict,
  WrittenLayup,
  WrittenPaper,
  ZoneShape,
} from './types'

const v1 = '/api/v1'

export const signIn = (username: string, password: string, remember: boolean, code: string): Promise<Session> =>
  request<Session>('POST', `${v1}/session`, { username, password, remember, code: code || null }, { keepOn401: true })
export const currentSession = (): Promise<Session> =>
  request<Session>('GET', `${v1}/session`, undefined, { keepOn401: true })
export const provider = () => request<Provider>('GET', `${v1}/session/provider`, undefined, { keepOn401: true })
export const beginAtProvider = (next: string | null) =>
  request<{ address: string }>('POST', `${v1}/session/provider`, { next }, { keepOn401: true })
export const sayProviderCode = (code: string) =>
  request<Session>('POST', `${v1}/session/provider/code`, { code }, { keepOn401: true })
export const signOut = (): Promise<void> => request<void>('DELETE', `${v1}/session`, undefined, { keepOn401: true })

export const changeOwnPassword = (current: string, password: string) =>
  post<void>(`${v1}/account/password`, { current, password })
export const ownSessions = () => get<{ items: SessionRow[] }>(`${v1}/account/sessions`)
export const ownFactor = () => get<Factor>(`${v1}/account/factor`)
export const beginFactor = (current: string) => post<BegunFactor>(`${v1}/account/factor`, { current })
export const confirmFactor = (code: string) =>
  post<{ recovery_codes: string[] }>(`${v1}/account/factor/confirm`, { code })
export const renewRecoveryCodes = (code: string) =>
  post<{ recovery_codes: string[] }>(`${v1}/account/factor/recovery`, { code })
export const endFactor = (current: string, code: string) =>
  request<void>('DELETE', `${v1}/account/factor`, { current, code })
export const takeFactor = (user: number) => request<void>('DELETE', `${v1}/users/${user}/factor`, {})
export const ownTokens = () => get<{ items: TokenRow[] }>(`${v1}/account/tokens`)
export const makeToken = (given: {
  name: string
  scopes: TokenScope[]
  days: number
  current: string
  code: string | null
}) => post<{ token: string }>(`${v1}/account/tokens`, given)
export const endOwnToken = (id: number) => request<void>('DELETE', `${v1}/account/tokens/${id}`)
export const tokensOfUser = (id: number) => get<{ items: TokenRow[] }>(`${v1}/users/${id}/tokens`)
export const endTokenOfUser = (id: number, token: number) =>
  request<void>('DELETE', `${v1}/users/${id}/tokens/${token}`)
export const endOwnSession = (id: number) => request<void>('DELETE', `${v1}/account/sessions/${id}`)

// Whoever opens a link has no session: its refusals are no end of one.
export const lookAtLink = (token: string) => request<LinkOwner>('POST', `${v1}/link`, { token }, { keepOn401: true })
export const choosePassword = (token: string, password: string) =>
  request<void>('POST', `${v1}/link/password`, { token, password }, { keepOn401: true })

export interface AccountChange {
  display_name?: string
  role?: string
  scope?: string
  locale?: string
  disabled?: boolean
}
export const users = (query: Query, signal?: AbortSignal) => get<Page<Account>>(`${v1}/users`, query, signal)
export const user = (id: number) => get<Account>(`${v1}/users/${id}`)
export const inviteUser = (given: AccountChange & { username: string }) => post<Invited>(`${v1}/users`, given)
export const changeUser = (id: number, change: AccountChange) => request<Account>('PATCH', `${v1}/users/${id}`, change)
export const renewLink = (id: number) => post<Invited>(`${v1}/users/${id}/link`, {})
export const linkUser = (id: number, name: string) => post<Account>(`${v1}/users/${id}/provider`, { name })
export const unlinkUser = (id: number) => request<Account>('DELETE', `${v1}/users/${id}/provider`, {})
export const sessionsOfUser = (id: number) => get<{ items: SessionRow[] }>(`${v1}/users/${id}/sessions`)
export const endSessionsOfUser = (id: number) => request<void>('DELETE', `${v1}/users/${id}/sessions`)
export const endSessionOfUser = (id: number, session: number) =>
  request<void>('DELETE', `${v1}/users/${id}/sessions/${session}`)
export const audit = (query: Query, signal?: AbortSignal) => get<Page<AuditEntry>>(`${v1}/audit`, query, signal)

export const imports = () => get<{ items: RegisterImport[] }>(`${v1}/imports`, { limit: 20 })
export const importOf = (id: string) => get<RegisterImport>(`${v1}/imports/${id}`)
export const importLines = (id: string, query: Query) => get<Page<ImportLine>>(`${v1}/imports/${id}/lines`, query)
export const sendTable = (file: File, signal: AbortSignal) =>
  upload<RegisterImport>(withQuery(`${v1}/imports`, { name: file.name }), file, signal)
export const applyImport = (id: string) => post<RegisterImport>(`${v1}/imports/${id}/apply`, {})
export const discardImport = (id: string) => request<void>('DELETE', `${v1}/imports/${id}`)
export const saveImportReport = (id: string, language: string) =>
  download(withQuery(`${v1}/imports/${id}/report`, { language }))
export const saveTemplate = (language: string, table?: string) =>
  download(withQuery(`${v1}/imports/template`, { language, table }))

export const registerLines = (table: string, query: Query) => get<RegisterLines>(`${v1}/register/${table}`, query)
/** Makes a line. */
export const makeRegisterLine = (table: string, values: Record<string, string>, language: string) =>
  post<RegisterFate>(withQuery(`${v1}/register/${table}`, { language }), { values, create: true })
/** Changes the line with that number, its name too, and empties columns of it. */
export const changeRegisterLine = (
  table: string,
  id: number,
  values: Record<string, string>,
  empty: string[],
  language: string,
) => post<RegisterFate>(withQuery(`${v1}/register/${table}`, { language }), { id, values, empty })
export const retireRegisterLine = (table: string, id: number) => post<void>(`${v1}/register/${table}/${id}/retire`, {})
export const registerChanges = (query: Query) => get<Page<RegisterChange>>(`${v1}/register/changes`, query)

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
export const looks = (query: Query) => get<Page<Look>>(`${v1}/looks`, query)
export const giveReason = (vehicle: number, reason: string) =>
  post<{ until: string }>(`${v1}/vehicles/${vehicle}/looks`, { reason })
export const vehicleDay = (id: number, day: string, signal?: AbortSignal) =>
  get<VehicleDay>(`${v1}/vehicles/${id}/days/${day}`, {}, signal)
export const exportDay = (id: number, day: string, format: DayFormat) =>
  download(`${v1}/vehicles/${id}/days/${day}/export?format=${format}`)
export const trips = (id: number, query: Query, signal?: AbortSignal) =>
  get<Page<Trip>>(`${v1}/vehicles/${id}/trips`, query, signal)

export const alarms = (query: Query, signal?: AbortSignal) => get<AlarmPage>(`${v1}/alarms`, query, signal)
/** For a link: the browser itself takes the file in, which may be larger than what a page should hold. */
export const alarmExport = (query: Query): string => withQuery(`${v1}/alarm-export`, query)
export const alarm = (id: string, signal?: AbortSignal) => get<AlarmDetail>(`${v1}/alarms/${id}`, {}, signal)
export const actOnAlarm = (id: string, kind: 'acknowledge' | 'note', note: string) =>
  post<AlarmAction>(`${v1}/alarms/${id}/actions`, { kind, note })

export const desk = (query: Query, signal?: AbortSignal) => get<DeskQueue>(`${v1}/desk`, query, signal)
export const alarmOnDesk = (id: string, signal?: AbortSignal) => get<DeskContext>(`${v1}/alarms/${id}/desk`, {}, signal)
export const claimAlarm = (id: string, takeOver = false) =>
  post<DeskState>(`${v1}/alarms/${id}/claim`, { take_over: takeOver })
export const releaseAlarm = (id: string) => post<DeskState>(`${v1}/alarms/${id}/release`, {})
export const beginAct = (id: string, act: DeskAct) => post<DeskState>(`${v1}/alarms/${id}/acts`, act)
export const actInBulk = (alarms: string[], act: DeskAct) =>
  post<{ rows: BulkRow[] }>(`${v1}/desk/bulk`, { ...act, alarms })
export const undoAct = (id: number) => post<{ undone: string[] }>(`${v1}/acts/${id}/undo`, {})
export const decideAlarm = (id: string, approve: boolean, note: string) =>
  post<DeskState>(`${v1}/alarms/${id}/decision`, { approve, note })
export const notices = (query: Query) => get<Page<Notice>>(`${v1}/notices`, query)
export const answerNotice = (id: number, answer: string) => post<Notice>(`${v1}/notices/${id}/answer`, { answer })

export const cases = (query: Query) => get<Page<SafetyCase>>(`${v1}/cases`, query)
export const caseOf = (id: number) => get<CaseDetail>(`${v1}/cases/${id}`)
export const addStep = (id: number, step: { party: Party; words: string; minutes: number }) =>
  post<CaseDetail>(`${v1}/cases/${id}/steps`, step)
export const doStep = (id: number, step: number, result: string) =>
  post<CaseDetail>(`${v1}/cases/${id}/steps/${step}/done`, { result })
export const noteOnCase = (id: number, note: string) => post<CaseDetail>(`${v1}/cases/${id}/notes`, { note })
export const closeCase = (id: number, conclusion: string) => post<CaseDetail>(`${v1}/cases/${id}/close`, { conclusion })
export const openCase = (alarms: string[], note: string) => post<CaseDetail>(`${v1}/cases`, { alarms, note })
export const appeals = (query: Query) => get<Page<Appeal>>(`${v1}/appeals`, query)
export const appeal = (alarm: string, reason: string) => post<Appeal>(`${v1}/alarms/${alarm}/appeal`, { reason })
export const decideAppeal = (alarm: string, accept: boolean, note: string) =>
  post<Appeal>(`${v1}/alarms/${alarm}/appeal/decision`, { accept, note })

export const sendText = (vehicleId: number, text: string, flags: string[]) =>
  post<Command>(`${v1}/vehicles/${vehicleId}/commands`, { kind: 'text', text, flags })
export const locate = (vehicleId: number) => post<Command>(`${v1}/vehicles/${vehicleId}/commands`, { kind: 'locate' })
export const readParameters = (vehicleId: number) =>
  post<Command>(`${v1}/vehicles/${vehicleId}/commands`, { kind: 'read_parameters' })
export const ask = (vehicleId: number, what: Ask) => post<Command>(`${v1}/vehicles/${vehicleId}/commands`, what)
export const vehicleFiles = (vehicleId: number, query: Query, signal?: AbortSignal) =>
  get<Page<TerminalFile>>(`${v1}/vehicles/${vehicleId}/files`, query, signal)
export const fileContent = (id: string) => blob(`${v1}/files/${id}`)
export const saveFile = (id: string) => download(`${v1}/files/${id}`)
export const command = (id: string) => get<Command>(`${v1}/commands/${id}`)

export const parameterKinds = () => get<Page<ParameterKind>>(`${v1}/parameters`)
export const vehicleParameters = (vehicleId: number) =>
  get<Page<ParameterTwin>>(`${v1}/vehicles/${vehicleId}/parameters`)
export const orders = (query: Query) => get<Page<Order>>(`${v1}/orders`, query)
export const order = (id: string) => get<OrderDetail>(`${v1}/orders/${id}`)
export const orderTrucks = (id: string, query: Query) => get<Page<OrderTruck>>(`${v1}/orders/${id}/trucks`, query)
export const countOrder = (given: NewOrder) => post<OrderCount>(`${v1}/orders/count`, given)
export const createOrder = (given: NewOrder & { expected: number }) => post<Order>(`${v1}/orders`, given)
/** Rolling back answers with the new order that does it. */
export const actOnOrder = (id: string, action: OrderAction) =>
  post<OrderDetail | Order>(`${v1}/orders/${id}/actions`, { action })

export const expiredPapers = () => get<{ vehicle_ids: number[] }>(`${v1}/fleet/expired-papers`)
export const areaReplay = (query: Query, signal?: AbortSignal) => getBytes(`${v1}/area-replay`, query, signal)
export const books = (query: Query, signal?: AbortSignal) => get<BookPage>(`${v1}/books`, query, signal)
export const truckBooks = (id: number, day: string, signal?: AbortSignal) =>
  get<{ day: string; hours: BookHour[] }>(`${v1}/vehicles/${id}/days/${day}/books`, {}, signal)
export const refusedTerminals = (query: Query, signal?: AbortSignal) =>
  get<RefusedTerminals>(`${v1}/terminals/refused`, query, signal)

export const terminal = (vehicleId: number) => get<Terminal>(`${v1}/vehicles/${vehicleId}/terminal`)
export const terminalFrames = (vehicleId: number) => get<Page<TerminalFrame>>(`${v1}/vehicles/${vehicleId}/frames`)
export const terminalModels = () => get<TerminalModels>(`${v1}/terminals/models`)

export const vehicleZones = (vehicleId: number) => get<Page<HeldZone>>(`${v1}/vehicles/${vehicleId}/zones`)
export const readZones = (vehicleId: number, shape: ZoneShape) =>
  post<Command>(`${v1}/vehicles/${vehicleId}/commands`, { kind: 'read_zones', shape })
export const zones = () => get<GeoJSON.FeatureCollection>(`${v1}/zones`)
export const fleetDictionary = () => get<DictionaryPatch & { epoch: number }>(`${v1}/fleet/dictionary`)
export const fleetSummary = () => get<FleetSummary>(`${v1}/fleet/summary`)
export const status = () => get<Status>(`${v1}/status`)

export const companyReminders = (id: number, query: Query) =>
  get<Page<Reminder>>(`${v1}/companies/${id}/reminders`, query)
export const companyPapers = (id: number, query: Query, signal?: AbortSignal) =>
  get<PaperPage>(`${v1}/companies/${id}/papers`, query, signal)
export const saveEvidence = (id: string, lang: string) =>
  download(withQuery(`${v1}/alarms/${id}/evidence/pdf`, { lang }))
export const savePapers = (id: number, query: Query) => download(withQuery(`${v1}/companies/${id}/papers/table`, query))
const filesOf: Record<PaperOwner, (id: number) => string> = {
  COMPANY: (id) => `${v1}/companies/${id}/own-papers`,
  VEHICLE: (id) => `${v1}/vehicles/${id}/papers`,
  DRIVER: (id) => `${v1}/drivers/${id}/papers`,
}
export const paperFile = (owner: PaperOwner, id: number) => get<PaperFile>(filesOf[owner](id))
export const enterPaper = (
  given: WrittenPaper & { owner_kind: PaperOwner; owner_id: number; kind: string; approved: boolean },
) => post<PaperOutcome>(`${v1}/papers`, given)
export const approvePaper = (id: number, written: WrittenPaper) =>
  post<PaperOutcome>(`${v1}/papers/${id}/review`, { decision: 'approve', ...written })
export const rejectPaper = (id: number, note: string) =>
  post<PaperOutcome>(`${v1}/papers/${id}/review`, { decision: 'reject', note })
export const correctPaper = (id: number, written: WrittenPaper) =>
  post<PaperOutcome>(`${v1}/papers/${id}/correct`, written)
export const holdPaper = (id: number, action: 'suspend' | 'lift', note: string) =>
  post<PaperOutcome>(`${v1}/papers/${id}/hold`, { action, note })
export const layups = (vehicle: number) => get<Page<Layup>>(`${v1}/vehicles/${vehicle}/layups`)
export const layUp = (vehicle: number, written: WrittenLayup) =>
  post<Layup>(`${v1}/vehicles/${vehicle}/layups`, written)
export const endLayup = (id: number, note: string) => post<Layup>(`${v1}/layups/${id}/end`, { note })
export const attach = (subject: string, id: number, file: File, signal: AbortSignal) =>
  upload<Attachment>(withQuery(`${v1}/attachments`, { subject, subject_id: id, name: file.name }), file, signal)
export const saveAttachment = (id: string) => download(`${v1}/attachments/${id}`)

export const services = (company: number, query: Query) =>
  get<Page<ServiceRow>>(`${v1}/companies/${company}/services`, query)
export const duties = <T extends keyof DutyTables>(company: number, table: T, query: Query) =>
  get<Page<DutyTables[T]>>(`${v1}/companies/${company}/duties/${table}`, query)
export const saveDuties = (company: number, table: string, query: Query) =>
  download(withQuery(`${v1}/companies/${company}/duties/${table}/file`, query))
type Made = { id: number }
export const addService = (vehicle: number, given: object) => post<Made>(`${v1}/vehicles/${vehicle}/services`, given)
export const setServiceInterval = (vehicle: number, every_km: number, every_days: number) =>
  post<Made>(`${v1}/vehicles/${vehicle}/service-interval`, { every_km, every_days })
export const addHazard = (company: number, given: object) => post<Made>(`${v1}/companies/${company}/hazards`, given)
export const actOnHazard = (id: number, action: 'rectify' | 'accept' | 'refuse', note: string) =>
  post<Made>(`${v1}/hazards/${id}/actions`, { action, note })
export const addAccident = (company: number, given: object) => post<Made>(`${v1}/companies/${company}/accidents`, given)
export const addTraining = (driver: number, given: object) => post<Made>(`${v1}/drivers/${driver}/training`, given)
export const dispatch = (vehicle: number, driver: number | null) =>
  get<Verdict>(`${v1}/vehicles/${vehicle}/dispatch`, { driver })
