import { describe, expect, test } from 'vitest'
import { kindsOf, whoOf, whoText } from './papers'

describe('whose papers an address names', () => {
  test('is read back as it was written', () => {
    expect(whoOf(whoText('DRIVER', 17))).toEqual({ kind: 'DRIVER', id: 17 })
  })
  test('is nobody for anything else', () => {
    for (const text of [undefined, '', 'TRUCK:1', 'VEHICLE:', 'VEHICLE:1;2', ['VEHICLE:1']])
      expect(whoOf(text)).toBeNull()
  })
})
test('each owner has kinds of his own', () => {
  expect(kindsOf('VEHICLE', ['co.licence', 'veh.permit', 'drv.licence'])).toEqual(['veh.permit'])
})
