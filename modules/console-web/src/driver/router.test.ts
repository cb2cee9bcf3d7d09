import { describe, expect, test } from 'vitest'
import { hashOf, placeOf, type Place } from './router'

describe('places of the phone', () => {
  test('every place is found again by the address that it has', () => {
    const places: Place[] = [
      { name: 'today' },
      { name: 'learn' },
      { name: 'messages' },
      { name: 'task', task: 12 },
      { name: 'lesson', task: 12, lesson: 3 },
      { name: 'exam', task: 9007199254740 },
      { name: 'alarm', alarm: '0d4c1f8e-7b1a-4a63-9d0a-2f6f3b1f7a11' },
      { name: 'entry', token: 'a+b/c=' },
      { name: 'verify', number: 'HW-2026-000123-K' },
    ]
    for (const place of places) expect(placeOf(hashOf(place))).toEqual(place)
  })
  test('an address that leads nowhere shows today', () => {
    for (const hash of ['', '#', '#/', '#/nowhere', '#/exam/', '#/exam/0', '#/exam/x', '#/alarms/../me']) {
      expect(placeOf(hash).name).toBe(hash.startsWith('#/alarms') ? 'alarms' : 'today')
    }
  })
  test('a task is shown where the lesson in the address is none', () => {
    expect(placeOf('#/learn/12/lesson/abc')).toEqual({ name: 'task', task: 12 })
    expect(placeOf('#/learn/abc')).toEqual({ name: 'learn' })
  })
  test('a link with wrong escapes is taken as it stands', () => {
    expect(placeOf('#entry=%E4%A')).toEqual({ name: 'entry', token: '%E4%A' })
  })
  test('checking a certificate begins without a number', () => {
    expect(placeOf('#/verify')).toEqual({ name: 'verify', number: '' })
  })
})
