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
