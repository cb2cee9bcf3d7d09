import { expect, test } from 'vitest'
import { placeOfAct } from './acts'

test.each(['veh.maintenance2', 'veh.permit'])('%s leads to the papers that are open, not to all of them', (kind) => {
  expect(placeOfAct({ code: 'papers', kind }, '8')).toEqual({
    name: 'company-papers',
    params: { id: '8' },
    query: { kind, state: 'overdue,lapsed,suspended,missing' },
  })
})
