// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { useSession } from '@/app/session'
import { useVisit } from '../visit'
import ZoneRows from './ZoneRows.vue'

const { answers, asked, part, parts, show } = useVisit()
const row = (id: number, standing: string, in_register = true) => ({
  shape: 'route',
  id,
  name: `Route ${id}`,
  standing,
  in_register,
  at: '2026-11-21T02:00:00Z',
})
async function visit(edition: number, items: unknown[]): Promise<void> {
  const session = useSession()
  session.user = { id: 1, username: 'lead', role: 'lead' } as never
  answers['GET /api/v1/vehicles/7/zones'] = { body: { items, next_cursor: null } }
  await show(ZoneRows, { vehicleId: 7, edition, commands: [] })
}

test('says how each zone stands, and what the register does not know is removed by its shape', async () => {
  await visit(2019, [row(3, 'held'), row(4, 'missing'), row(5, 'extra', false)])
  expect(parts('zone-row').map((each) => each.text())).toEqual([
    'Route 3 routeheld',
    'Route 4 routemissing',
    'Route 5 route · not in the registernot sent',
  ])
  answers['POST /api/v1/vehicles/7/commands'] = { status: 202, body: {} }
  await parts('zone-remove')[1]!.trigger('click')
  await flushPromises()
  expect(asked.at(-1)!.body).toEqual({ kind: 'delete_zone', zone_id: 5, shape: 'route' })
})

test('asks for each of the four kinds, where the edition can be asked', async () => {
  await visit(2019, [])
  expect(part('zones').text()).toContain('None known.')
  answers['POST /api/v1/vehicles/7/commands'] = { status: 202, body: {} }
  await part('zones-ask').trigger('click')
  await flushPromises()
  expect(asked.filter((each) => each.name.startsWith('POST')).map((each) => each.body)).toEqual(
    ['circle', 'rectangle', 'polygon', 'route'].map((shape) => ({ kind: 'read_zones', shape })),
  )
})

test('an older edition says that it cannot be asked, and a silent service is said', async () => {
  await visit(2013, [row(3, 'confirmed')])
  expect(part('zones-ask').exists()).toBe(false)
  expect(part('zones').text()).toContain('cannot be asked')
  delete answers['GET /api/v1/vehicles/7/zones']
  await part('zones').find('h2 button').trigger('click')
  await flushPromises()
  expect(part('panel-error').exists()).toBe(true)
})
