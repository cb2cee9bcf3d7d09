// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { get } from '@/api/client'
import { isKiosk, leaveKiosk, socketProtocols, takeKiosk } from './kiosk'

const TOKEN = `hwk_${'a'.repeat(43)}`
let sent: (string | undefined)[]
beforeEach(() => {
  sent = []
  sessionStorage.clear()
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    sent.push((init.headers as Record<string, string>).authorization)
    return new Response('{}')
  })
})
afterEach(() => {
  leaveKiosk()
  vi.unstubAllGlobals()
})

test('the token of an address goes along with each question and each line, also after the page is loaded anew', async () => {
  expect(takeKiosk(`#${TOKEN}`)).toBe(true)
  await get('/api/v1/wall')
  expect(sent).toEqual([`Bearer ${TOKEN}`])
  expect(socketProtocols()).toEqual(['haulwatch-wall', TOKEN])
  expect(takeKiosk('')).toBe(true)
  expect(isKiosk()).toBe(true)
})
test('anything else behind the # is none, and somebody who signs in sends no token', async () => {
  expect(takeKiosk('#section')).toBe(false)
  expect(socketProtocols()).toEqual([])
  takeKiosk(`#${TOKEN}`)
  leaveKiosk()
  await get('/api/v1/companies')
  expect(sent).toEqual([undefined])
  expect(takeKiosk('')).toBe(false)
})
