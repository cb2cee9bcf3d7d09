// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { useSession } from '@/app/session'
import { session, useStage } from '../stage'
import DeskRoute from './DeskRoute.vue'

vi.mock('./DeskPage.vue', () => ({ default: defineComponent({ render: () => h('i', { 'data-testid': 'desk' }) }) }))
const { part, show } = useStage()

test.each([
  ['agent', true],
  ['lead', true],
  ['company', false],
  ['regulator', false],
])('the desk of a %s is there: %s', async (role, there) => {
  useSession().$patch({ user: { ...session.user, role } as never })
  await show(DeskRoute)
  expect(part('desk').exists()).toBe(there)
  expect(part('desk-refused').exists()).toBe(!there)
})
