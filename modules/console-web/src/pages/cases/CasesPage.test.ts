// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { useSession } from '@/app/session'
import { session, useStage } from '../stage'
import CasesPage from './CasesPage.vue'

const { answers, part, show } = useStage({ home: '/', cases: '/cases/:id?', appeals: '/appeals' })

test.each([
  ['agent', true],
  ['company', false],
])('how a case is opened is told to a %s: %s', async (role, told) => {
  answers['GET /api/v1/cases'] = { body: { items: [], next_cursor: null } }
  useSession().$patch({ user: { ...session.user, role } as never })
  await show(CasesPage, {}, '/cases')
  expect(part('cases-empty').text().includes('升级报警')).toBe(told)
})
