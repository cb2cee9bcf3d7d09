// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { NMessageProvider } from 'naive-ui'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { i18n } from '@/i18n'
import FactorCard from './FactorCard.vue'

type Answer = { status?: number; body?: unknown }
const FACTOR = '/api/v1/account/factor'
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
let answers: Record<string, Answer>
let asked: { name: string; body: unknown }[]
let wrapper: VueWrapper | undefined

const part = (id: string) => wrapper!.find(`[data-testid=${id}]`)
async function show(): Promise<void> {
  wrapper = mount(defineComponent({ render: () => h(NMessageProvider, null, { default: () => h(FactorCard) }) }), {
    global: { plugins: [i18n] },
    attachTo: document.body,
  })
  await flushPromises()
}
async function send(): Promise<void> {
  await wrapper!.find('form').trigger('submit')
  await flushPromises()
}

beforeEach(() => {
  setActivePinia(createPinia())
  i18n.global.locale.value = 'en'
  answers = {}
  asked = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const name = `${init.method ?? 'GET'} ${path}`
    asked.push({ name, body: init.body ? JSON.parse(init.body as string) : null })
    const answer = answers[name]
    if (!answer) throw new TypeError('network')
    return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), {
      status: answer.status ?? 200,
    })
  })
})
afterEach(() => {
  wrapper?.unmount()
  vi.unstubAllGlobals()
})

test('a picture, the key as text and a first code lead to recovery codes that are shown once', async () => {
  answers[`GET ${FACTOR}`] = { body: { since: null, recovery_codes: 0, required: true } }
  answers[`POST ${FACTOR}`] = { status: 201, body: { secret: SECRET, uri: `otpauth://totp/x?secret=${SECRET}` } }
  answers[`POST ${FACTOR}/confirm`] = { status: 422, body: { type: 'urn:haulwatch:problem:wrong-code' } }
  await show()
  expect(part('factor-card').text()).toContain('Required for your role')
  await part('factor-password').setValue('secret-words')
  await send()
  expect(asked.at(-1)).toEqual({ name: `POST ${FACTOR}`, body: { current: 'secret-words' } })
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
  await show()
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
