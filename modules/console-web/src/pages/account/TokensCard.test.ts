// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { useVisit } from '../visit'
import TokensCard from './TokensCard.vue'

const TOKENS = '/api/v1/account/tokens'
const { answers, asked, part, show, send } = useVisit()
const row = {
  id: 7,
  name: 'reports',
  scopes: ['map', 'history'],
  created_at: '2026-11-21T02:00:00Z',
  expires_at: '2027-02-19T02:00:00Z',
  last_used_at: null,
  last_address: null,
}

test('a token is made with a name, scopes and the password, shown once, and ended', async () => {
  answers[`GET ${TOKENS}`] = { body: { items: [] } }
  answers[`POST ${TOKENS}`] = { status: 201, body: { token: 'hwt_secret' } }
  await show(TokensCard, { hasFactor: false })
  expect(part('no-tokens').exists()).toBe(true)
  await part('token-begin').trigger('click')
  await send()
  expect(part('token-failure').text()).toContain('name')
  expect(asked.some((each) => each.name.startsWith('POST'))).toBe(false)
  await part('token-name').setValue('reports')
  await part('token-password').setValue('secret-words')
  answers[`GET ${TOKENS}`] = { body: { items: [row] } }
  await send()
  expect(asked.find((each) => each.name.startsWith('POST'))?.body).toEqual({
    name: 'reports',
    scopes: ['map'],
    days: 90,
    current: 'secret-words',
    code: null,
  })
  expect((part('token-text').element as HTMLInputElement).value).toBe('hwt_secret')
  expect(part('token-row').text()).toContain('never used')
  await part('token-done').trigger('click')
  expect(document.body.innerHTML).not.toContain('hwt_secret')
  answers[`DELETE ${TOKENS}/7`] = { status: 204 }
  answers[`GET ${TOKENS}`] = { body: { items: [] } }
  await part('token-end').trigger('click')
  await flushPromises()
  expect(asked.some((each) => each.name === `DELETE ${TOKENS}/7`)).toBe(true)
  expect(part('no-tokens').exists()).toBe(true)
})
