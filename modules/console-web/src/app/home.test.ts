import { expect, test } from 'vitest'
import { homeOf } from './home'

test.each([
  ['admin', 'all', { name: 'map' }],
  ['lead', 'all', { name: 'desk' }],
  ['agent', 'region:50', { name: 'desk' }],
  ['company', 'company:12', { name: 'company', params: { id: '12' } }],
  ['company', 'company:12,13', { name: 'companies' }],
  ['regulator', 'region:50', { name: 'region' }],
  ['driver', 'company:12', { name: 'account' }],
] as const)('a %s of %s begins at his work', (role, scope, home) => {
  expect(homeOf({ role, scope })).toEqual(home)
})
