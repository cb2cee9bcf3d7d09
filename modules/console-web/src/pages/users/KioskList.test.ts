// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { useVisit } from '../visit'
import KioskList from './KioskList.vue'

const KIOSKS = '/api/v1/kiosks'
const { answers, asked, part, show, send } = useVisit()
const row = {
  id: 3,
  name: 'Hall',
  scope: 'all',
  made_by: 'Zhou Lan',
  made_at: '2026-11-21T02:00:00Z',
  expires_at: '2027-02-19T02:00:00Z',
  last_used_at: null,
  last_address: null,
}

test('a big screen gets an address that is shown once, and is ended', async () => {
  answers['GET /api/v1/companies'] = { body: { items: [] } }
  answers['GET /api/v1/account/factor'] = { body: { since: null, recovery_codes: 0, required: false } }
  answers[`GET ${KIOSKS}`] = { body: { items: [] } }
  answers[`POST ${KIOSKS}`] = { status: 201, body: { token: 'hwk_secret' } }
  await show(KioskList)
  expect(part('kiosks-empty').exists()).toBe(true)
  await part('kiosk-begin').trigger('click')
  await flushPromises()
  await send()
  expect(part('kiosk-failure').text()).toContain('name')
  await part('kiosk-name').setValue('Hall')
  await part('kiosk-password').setValue('secret-words')
  answers[`GET ${KIOSKS}`] = { body: { items: [row] } }
  await send()
  expect(asked.find((each) => each.name === `POST ${KIOSKS}`)?.body).toEqual({
    name: 'Hall',
    scope: 'all',
    days: 90,
    current: 'secret-words',
    code: null,
  })
  const address = (part('kiosk-address').element as HTMLInputElement).value
  expect(address).toMatch(/\/wall\?layout=16x9&lang=en#hwk_secret$/)
  expect(part('kiosk-row').text()).toContain('made by Zhou Lan')
  await part('kiosk-done').trigger('click')
  expect(document.body.innerHTML).not.toContain('hwk_secret')
  answers[`DELETE ${KIOSKS}/3`] = { status: 204 }
  answers[`GET ${KIOSKS}`] = { body: { items: [] } }
  await part('kiosk-end').trigger('click')
  await flushPromises()
  expect(part('kiosks-empty').exists()).toBe(true)
})
