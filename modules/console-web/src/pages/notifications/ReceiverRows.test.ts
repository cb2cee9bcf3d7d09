// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { useVisit } from '../visit'
import ReceiverRows from './ReceiverRows.vue'

const { answers, asked, part, show } = useVisit()
const receiver = {
  id: 3,
  kind: 'webhook',
  name: 'Fleet system',
  address: 'https://fleet.example/hook',
  company_ids: [1],
  company_names: ['Yujie'],
  events: ['alarm'],
  least_severity: 3,
  language: 'en',
  paused: false,
  made_by: 'Li Min',
  made_at: '2026-11-21T02:00:00Z',
  waiting: 2,
  dead: 1,
  arrived_at: null,
  failed_at: '2026-11-21T03:00:00Z',
  fault: 'unreachable',
  fault_detail: '',
}

test('a receiver that takes nothing says why, and what to do', async () => {
  await show(ReceiverRows, { receivers: [receiver] })
  const row = part('receiver-row')
  expect(row.attributes('data-state')).toBe('failing')
  expect(row.text()).toContain('Nobody listens at the address')
  expect(row.text()).toContain('Start the program')
})

test('a receiver is removed only when it is asked for twice', async () => {
  answers['DELETE /api/v1/receivers/3'] = { status: 204 }
  await show(ReceiverRows, { receivers: [receiver] })
  await part('receiver-remove').trigger('click')
  expect(asked).toEqual([])
  expect(part('receiver-row').text()).toContain('2 messages that wait')
  await part('receiver-confirm').trigger('click')
  await flushPromises()
  expect(asked.map((one) => one.name)).toEqual(['DELETE /api/v1/receivers/3'])
})
