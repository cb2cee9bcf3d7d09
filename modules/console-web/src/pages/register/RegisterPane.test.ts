// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { useVisit } from '../visit'
import RegisterPane from './RegisterPane.vue'

const { answers, asked, part, show, send } = useVisit()
const columns = [
  { key: 'name', title: 'Name', required: true, shown: true, emptiable: false, choices: null },
  { key: 'adcode', title: 'Region', required: true, shown: true, emptiable: false, choices: null },
  { key: 'contact_name', title: 'Contact', required: false, shown: true, emptiable: true, choices: null },
]
const entry = { id: 3, subject: 'Yujie', values: { name: 'Yujie', adcode: '500112', contact_name: 'Li' } }
const PUT = 'POST /api/v1/register/companies'
const HISTORY = 'GET /api/v1/register/changes'

test('a wrong field says why beside it; a right one is stored and stands in the history', async () => {
  answers[HISTORY] = { body: { items: [], next_cursor: null } }
  answers[PUT] = {
    body: {
      outcome: 'refused',
      changes: [],
      faults: [{ field: 'adcode', why: 'No such region.', todo: 'Take six digits.' }],
    },
  }
  let changed = 0
  await show(RegisterPane, { table: 'companies', columns, entry, retirable: true, onChanged: () => changed++ })
  expect(part('register-no-history').exists()).toBe(true)
  expect((part('register-save').element as HTMLButtonElement).disabled).toBe(true)
  await part('field-adcode').setValue('5')
  await send()
  expect(part('fault-adcode').text()).toBe('No such region. Take six digits.')
  expect(changed).toBe(0)
  await part('field-adcode').setValue('500113')
  answers[PUT] = { body: { outcome: 'changed', changes: [], faults: [] } }
  answers[HISTORY] = {
    body: {
      items: [
        {
          id: 9,
          at: '2026-11-21T02:00:00Z',
          who: { id: 1, username: 'zhoulan', display_name: 'Zhou Lan' },
          table: 'companies',
          subject: 'Yujie',
          outcome: 'changed',
          changes: [{ column: 'Region', before: '500112', after: '500113' }],
          import_id: null,
        },
      ],
      next_cursor: null,
    },
  }
  await send()
  expect(asked.filter((each) => each.name === PUT).at(-1)?.body).toEqual({
    id: 3,
    values: { name: 'Yujie', adcode: '500113', contact_name: 'Li' },
    empty: [],
  })
  expect(part('fault-adcode').exists()).toBe(false)
  expect(changed).toBe(1)
  expect(part('register-change').text()).toContain('Zhou Lan')
  expect(part('register-change').text()).toContain('500112 → 500113')
})

test('an emptied field and another name are sent for the same line', async () => {
  answers[HISTORY] = { body: { items: [], next_cursor: null } }
  answers[PUT] = { body: { outcome: 'changed', changes: [], faults: [] } }
  const now: unknown[] = []
  await show(RegisterPane, {
    table: 'companies',
    columns,
    entry,
    retirable: true,
    onChanged: (e: unknown) => now.push(e),
  })
  await part('field-name').setValue('Yujieda')
  await part('field-contact_name').setValue(' ')
  await send()
  expect(asked.find((each) => each.name === PUT)?.body).toMatchObject({ id: 3, empty: ['contact_name'] })
  expect(now).toMatchObject([{ id: 3, subject: 'Yujieda' }])
  expect((part('register-save').element as HTMLButtonElement).disabled).toBe(true)
})
