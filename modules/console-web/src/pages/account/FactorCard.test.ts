// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { useVisit } from '../visit'
import FactorCard from './FactorCard.vue'

const FACTOR = '/api/v1/account/factor'
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const { answers, asked, part, show, send } = useVisit()

test('a picture, the key as text and a first code lead to recovery codes that are shown once', async () => {
  answers[`GET ${FACTOR}`] = { body: { since: null, recovery_codes: 0, required: true } }
  answers[`POST ${FACTOR}`] = { status: 201, body: { secret: SECRET, uri: `otpauth://totp/x?secret=${SECRET}` } }
  answers[`POST ${FACTOR}/confirm`] = { status: 422, body: { type: 'urn:haulwatch:problem:wrong-code' } }
  await show(FactorCard)
  expect(part('factor-card').text()).toContain('Required for your role')
  await part('factor-password').setValue('secret-words')
  await send()
  expect([asked.at(-1)?.name, asked.at(-1)?.body]).toEqual([`POST ${FACTOR}`, { current: 'secret-words' }])
  expect(part('factor-picture').find('canvas, svg').exists()).toBe(true)
  expect((part('factor-secret').element as HTMLInputElement).value.replaceAll(' ', '')).toBe(SECRET)
  await part('code').setValue('123456')
  await send()
  expect(part('factor-failure').text()).toContain('wrong')
  answers[`POST ${FACTOR}/confirm`] = { status: 201, body: { recovery_codes: ['AAAA-BBBB', 'CCCC-DDDD'] } }
  answers[`GET ${FACTOR}`] = { body: { since: '2026-11-21T02:00:00Z', recovery_codes: 2, required: true } }
  await part('code').setValue('654321')
  await send()
  expect(part('recovery-codes').text()).toContain('CCCC-DDDD')
  expect(part('factor-picture').exists()).toBe(false)
  await part('recovery-kept').trigger('click')
  await flushPromises()
  expect(part('factor-card').text()).not.toContain('CCCC-DDDD')
  expect(part('factor-card').text()).toContain('On since')
  expect(part('factor-end').exists()).toBe(false)
  expect(document.body.innerHTML).not.toContain(SECRET)
})

test('turning it off asks for password and code, and a silent service says so with a way to try again', async () => {
  await show(FactorCard)
  expect(part('factor-card').text()).toContain('Retry')
  answers[`GET ${FACTOR}`] = { body: { since: '2026-11-21T02:00:00Z', recovery_codes: 9, required: false } }
  await part('factor-card').find('button').trigger('click')
  await flushPromises()
  expect(part('factor-card').text()).toContain('9')
  await part('factor-end').trigger('click')
  await part('factor-password').setValue('secret-words')
  await part('code').setValue('123456')
  answers[`DELETE ${FACTOR}`] = { status: 204 }
  answers[`GET ${FACTOR}`] = { body: { since: null, recovery_codes: 0, required: false } }
  await send()
  expect(asked.find((each) => each.name.startsWith('DELETE'))?.body).toEqual({
    current: 'secret-words',
    code: '123456',
  })
  expect(part('factor-begin').exists()).toBe(true)
})
