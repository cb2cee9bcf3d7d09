import type { AccountChange } from '@/api/calls'
import type { Account, Role } from '@/api/types'

export const ROLES: readonly Role[] = ['admin', 'lead', 'agent', 'company', 'regulator', 'driver']
export type Reach = 'all' | 'company' | 'region'

/** What is seen, as a form holds it. */
export interface ReachForm {
  reach: Reach
  companies: number[]
  regions: string[]
}
/** A user as a form holds him. */
export interface UserForm extends ReachForm {
  username: string
  displayName: string
  role: Role
  locale: 'zh-CN' | 'en'
}

/** Which reaches a role can have; the first is the usual one. */
export function reachesOf(role: Role): readonly Reach[] {
  switch (role) {
    case 'admin':
      return ['all']
    case 'company':
    case 'driver':
      return ['company']
    case 'regulator':
      return ['region', 'company', 'all']
    case 'lead':
    case 'agent':
      return ['all', 'company', 'region']
  }
}

export const newForm = (locale: string): UserForm => ({
  username: '',
  displayName: '',
  role: 'agent',
  reach: 'all',
  companies: [],
  regions: [],
  locale: locale === 'en' ? 'en' : 'zh-CN',
})

export function formOf(user: Account): UserForm {
  const [kind, value = ''] = user.scope.split(':')
  const words = value.split(',').filter((word) => word !== '')
  return {
    username: user.username,
    displayName: user.display_name ?? '',
    role: user.role,
    reach: kind as Reach,
    companies: kind === 'company' ? words.map(Number) : [],
    regions: kind === 'region' ? words : [],
    locale: user.locale === 'en' ? 'en' : 'zh-CN',
  }
}

export function scopeOf(form: ReachForm): string {
  if (form.reach === 'all') return 'all'
  return form.reach === 'company' ? `company:${form.companies.join(',')}` : `region:${form.regions.join(',')}`
}

/** Key of the sentence that says what a reach lacks, or nothing. */
export function missingReach(form: ReachForm): string {
  if (form.reach === 'company' && form.companies.length === 0) return 'users.needsCompany'
  if (form.reach === 'region' && form.regions.length === 0) return 'users.needsRegion'
  if (form.reach === 'region' && !form.regions.every((code) => /^(\d\d){1,3}$/.test(code)))
    return 'users.needsRegionCode'
  return ''
}

/** Key of the sentence that says what is missing, or nothing. */
export function missing(form: UserForm, invited: boolean): string {
  if (invited && !/^[\p{L}\p{N}._@-]{2,64}$/u.test(form.username.trim())) return 'users.needsUsername'
  if (invited && !form.displayName.trim()) return 'users.needsName'
  if (!reachesOf(form.role).includes(form.reach)) return 'users.needsReach'
  if (form.role === 'driver' && form.companies.length > 1) return 'users.needsOneCompany'
  return missingReach(form)
}

/** Only what differs, so that two administrators do not undo each other's work. */
export function changesOf(before: UserForm, after: UserForm): AccountChange {
  const change: AccountChange = {}
  const name = after.displayName.trim()
  if (name && name !== before.displayName) change.display_name = name
  if (after.role !== before.role) change.role = after.role
  if (scopeOf(after) !== scopeOf(before)) change.scope = scopeOf(after)
  if (after.locale !== before.locale) change.locale = after.locale
  return change
}
