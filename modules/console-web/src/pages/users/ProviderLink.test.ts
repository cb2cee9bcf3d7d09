// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { useVisit } from '../visit'
import ProviderLink from './ProviderLink.vue'

const PROVIDER = 'GET /api/v1/session/provider'
const LINK = 'POST /api/v1/users/7/provider'
const { answers, asked, part, show, send } = useVisit()

test('a link is entered as the provider says it, and a refusal says what to do', async () => {
  answers[PROVIDER] = { body: { configured: true, name: null, claim: 'email', answers: true } }
  answers[LINK] = { status: 422, body: { type: 'urn:haulwatch:problem:provider-name-taken' } }
  const changed = vi.fn()
  await show(ProviderLink, { user: { id: 7, provider_name: null, provider_bound_at: null }, onChanged: changed })
  expect(part('provider-link').text()).toContain('E-mail address at the provider')
  await part('provider-name').setValue(' li@example.com ')
  await send()
  expect(part('provider-link-failure').text()).toContain('unlink that one first')
  answers[LINK] = { status: 422, body: { type: 'urn:haulwatch:problem:provider-no-such-name' } }
  await send()
  expect(part('provider-link-failure').text()).toContain('exactly as the provider says it')
  answers[LINK] = { status: 201, body: { id: 7, provider_name: 'li@example.com' } }
  await send()
  expect([asked.at(-1)?.name, asked.at(-1)?.body]).toEqual([LINK, { name: 'li@example.com' }])
  expect(changed).toHaveBeenCalledWith({ id: 7, provider_name: 'li@example.com' })
})

test('it says whether he has come that way, also when the provider is no longer configured', async () => {
  answers[PROVIDER] = { body: { configured: false, name: null, claim: null, answers: false } }
  await show(ProviderLink, { user: { id: 7, provider_name: 'li@example.com', provider_bound_at: null } })
  expect(part('provider-link').text()).toContain('Has not signed in this way yet')
})

test('a bound account says since when', async () => {
  await show(ProviderLink, {
    user: { id: 7, provider_name: 'li@example.com', provider_bound_at: '2026-11-20T02:00:00Z' },
  })
  expect(part('provider-link').text()).toContain('nobody else with this name')
})

test('nothing is shown where there is neither a provider nor a link', async () => {
  answers[PROVIDER] = { body: { configured: false, name: null, claim: null, answers: false } }
  await show(ProviderLink, { user: { id: 7, provider_name: null, provider_bound_at: null } })
  expect(part('provider-link').exists()).toBe(false)
})
