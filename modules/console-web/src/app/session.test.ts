import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import * as calls from '@/api/calls'
import { ApiError } from '@/api/client'
import { useSession } from './session'

beforeEach(() => {
  setActivePinia(createPinia())
  useSession().$patch({ phase: 'in', user: { id: 1 } as never })
})

test('a server that could not be told leaves the session as it is, and says so', async () => {
  vi.spyOn(calls, 'signOut').mockRejectedValue(new TypeError('network'))
  await expect(useSession().signOut()).rejects.toThrow('network')
  expect(useSession().phase).toBe('in')
})

test('a session that had ended already is out', async () => {
  vi.spyOn(calls, 'signOut').mockRejectedValue(new ApiError(401, {}))
  await useSession().signOut()
  expect(useSession().phase).toBe('out')
  expect(useSession().user).toBe(null)
})
