import { describe, expect, test } from 'vitest'
import type { ParameterKind } from '@/api/types'
import { newOrder, orderOf, plateList, shownValue, wireValue } from './orderForm'

const speed: ParameterKind = {
  id: 0x55,
  name: 'max_speed_kmh',
  term: '',
  bytes: 4,
  text: false,
  tenths: false,
  since: 2011,
}
const difference: ParameterKind = { ...speed, id: 0x5b, name: 'difference', bytes: 2, tenths: true }
const address: ParameterKind = { ...speed, id: 0x13, name: 'main_server_address', bytes: 0, text: true }

describe('an order', () => {
  test('a number must be whole, fit its bytes, and is typed in its unit where it counts tenths', () => {
    expect(wireValue(speed, ' 90 ')).toBe(90)
    expect(wireValue(speed, '90.5')).toBeNull()
    expect(wireValue(speed, '-1')).toBeNull()
    expect(wireValue(speed, '4294967296')).toBeNull()
    expect(wireValue(difference, '5.5')).toBe(55)
    expect(wireValue(difference, '6553.6')).toBeNull()
    expect(wireValue(address, '10.0.0.9')).toBe('10.0.0.9')
    expect(wireValue(address, ' ')).toBeNull()
  })
  test('a value reads as it was typed', () => {
    expect(shownValue(difference, 55)).toBe('5.5')
    expect(shownValue(speed, 90)).toBe('90')
    expect(shownValue(undefined, { raw: '00ff' })).toBe('00ff')
    expect(shownValue(speed, null)).toBe('—')
  })
  test('plates are taken from any list, once each', () => {
    expect(plateList('渝A·12345, 渝a12345\n川B00001；')).toEqual(['渝A12345', '川B00001'])
  })
  test('nothing can be ordered before content, trucks and reason are there', () => {
    const form = newOrder()
    expect(orderOf(form, [speed])).toBeNull()
    form.parameters = [{ id: 0x55, value: '90' }]
    form.companies = [3]
    expect(orderOf(form, [speed])).toBeNull()
    form.note = 'why'
    expect(orderOf(form, [speed])).toEqual({
      kind: 'set_parameters',
      parameters: [{ id: 0x55, value: 90 }],
      trucks: { companies: [3] },
      wave_size: 50,
      stop_percent: 5,
      answer_minutes: 60,
      note: 'why',
    })
    form.parameters.push({ id: 0x55, value: '80' })
    expect(orderOf(form, [speed])).toBeNull()
  })
  test('pictures need a camera and a number, a zone has to be chosen', () => {
    const form = Object.assign(newOrder(), { kind: 'photo', whom: 'all', note: 'why' })
    expect(orderOf(form, [])).toMatchObject({
      kind: 'photo',
      channel: 1,
      pictures: 1,
      size: 'medium',
      trucks: { all: true },
    })
    form.photo.pictures = null
    expect(orderOf(form, [])).toBeNull()
    form.kind = 'delete_zone'
    expect(orderOf(form, [])).toBeNull()
    form.zone = 7
    expect(orderOf(form, [])).toMatchObject({ kind: 'delete_zone', zone_id: 7 })
  })
  test('closer reports need an interval and a time, a confirmation an alarm', () => {
    const form = Object.assign(newOrder(), { kind: 'track', whom: 'all', note: 'why' })
    expect(orderOf(form, [])).toMatchObject({ kind: 'track', interval_s: 5, minutes: 30 })
    form.tracking.minutes = null
    expect(orderOf(form, [])).toBeNull()
    form.kind = 'confirm_alarms'
    expect(orderOf(form, [])).toMatchObject({ kind: 'confirm_alarms', alarms: [0] })
    form.alarms = []
    expect(orderOf(form, [])).toBeNull()
  })
})
