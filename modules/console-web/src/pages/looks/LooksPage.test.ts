// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { ApiError } from '@/api/client'
import PanelError from '@/parts/PanelError.vue'
import { useVisit } from '../visit'
import LooksPage from './LooksPage.vue'

const { answers, asked, part, show, send } = useVisit()

test('a company reads who looked at which truck and why', async () => {
  answers['GET /api/v1/looks'] = {
    body: {
      items: [
        {
          id: 1,
          at: '2026-11-21T02:00:00Z',
          until: '2026-11-21T10:00:00Z',
          reason: 'A complaint about speeding',
          vehicle_id: 12,
          plate: 'B12345',
          company_id: 1,
          company_name: 'Yujie',
          who: { id: 5, username: 'wang', display_name: 'Wang Lei' },
        },
      ],
      next_cursor: null,
    },
  }
  await show(LooksPage)
  expect(part('look-row').text()).toContain('Wang Lei')
  expect(part('look-row').text()).toContain('A complaint about speeding')
})

test('nobody, and a silent service, are said', async () => {
  await show(LooksPage)
  expect(part('panel-error').exists()).toBe(true)
  answers['GET /api/v1/looks'] = { body: { items: [], next_cursor: null } }
  await part('panel-error').find('button').trigger('click')
  await flushPromises()
  expect(part('looks-empty').exists()).toBe(true)
})

test('a track that asks for a reason takes one in its place, and then tries again', async () => {
  let tried = 0
  const cause = new ApiError(403, {
    type: 'urn:haulwatch:problem:reason-needed',
    instance: '/api/v1/vehicles/12/track',
  })
  await show(PanelError, { cause, onRetry: () => tried++ })
  await part('reason').setValue('why')
  await send()
  expect(part('reason-failure').text()).toContain('5')
  expect(asked).toEqual([])
  answers['POST /api/v1/vehicles/12/looks'] = { status: 201, body: { until: '2026-11-21T10:00:00Z' } }
  await part('reason').setValue(' A complaint about speeding ')
  await send()
  expect(asked[0].body).toEqual({ reason: 'A complaint about speeding' })
  expect(tried).toBe(1)
})
