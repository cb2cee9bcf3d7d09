import { expect, test } from 'vitest'
import type { Account } from '@/api/types'
import { changesOf, formOf, missing, newForm, reachesOf, ROLES, scopeOf } from './userForm'

const user: Account = {
  id: 7,
  username: 'lihua',
  display_name: '李华',
  role: 'company',
  scope: 'company:3,12',
  locale: 'zh-CN',
  state: 'active',
  created_at: '2026-11-21T00:00:00Z',
  last_sign_in_at: null,
  link_expires_at: null,
  sessions: 0,
  second_factor: false,
  provider_name: null,
  provider_bound_at: null,
}

test('a stored scope survives the form', () => {
  for (const scope of ['all', 'company:3,12', 'region:50,5101']) {
    expect(scopeOf(formOf({ ...user, role: 'regulator', scope }))).toBe(scope)
  }
})
test('only what was changed is sent', () => {
  const before = formOf(user)
  expect(changesOf(before, { ...before })).toEqual({})
  expect(changesOf(before, { ...before, companies: [3], displayName: ' 李 华 ' })).toEqual({
    display_name: '李 华',
    scope: 'company:3',
  })
})
test('every role has a reach, and a form says what is missing', () => {
  for (const role of ROLES) expect(reachesOf(role).length).toBeGreaterThan(0)
  const form = newForm('en')
  expect(missing(form, true)).toBe('users.needsUsername')
  expect(missing({ ...form, username: 'li hua' }, true)).toBe('users.needsUsername')
  expect(missing({ ...form, username: '李华' }, true)).toBe('users.needsName')
  const named = { ...form, username: 'li', displayName: 'Li' }
  expect(missing(named, true)).toBe('')
  expect(missing({ ...named, role: 'company' }, true)).toBe('users.needsReach')
  expect(missing({ ...named, role: 'company', reach: 'company' }, true)).toBe('users.needsCompany')
  expect(missing({ ...named, role: 'driver', reach: 'company', companies: [1, 2] }, true)).toBe('users.needsOneCompany')
  expect(missing({ ...named, role: 'regulator', reach: 'region', regions: ['5'] }, true)).toBe('users.needsRegionCode')
})
