// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, test } from 'vitest'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { useVisit } from '../visit'
import DocumentPage from './DocumentPage.vue'

const { answers, part, show, send } = useVisit()
const nothing = { render: () => null }
let router: Router
const kept = {
  number: 'EC-20261122-17',
  kind: 'evidence',
  company_id: 1,
  company: 'Yujie',
  subject: 'alarm:11111111-1111-4111-8111-111111111111',
  language: 'en',
  sha256: 'ab'.repeat(32),
  issued_at: '2026-11-22T02:00:00Z',
  issued_by: 'Zhou Lan',
  sum_holds: true,
  content: { plate: 'A' },
}
beforeEach(async () => {
  router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/documents/:no?', name: 'document', component: nothing },
      { path: '/companies/:id', name: 'company', component: nothing },
      { path: '/alarms/:id?', name: 'alarms', component: nothing },
    ],
  })
  await router.push('/documents')
})

test('a number is looked up and says who printed it, its sum and what stood in it', async () => {
  answers['GET /api/v1/documents/EC-20261122-17'] = { body: kept }
  await show(DocumentPage, {}, router)
  await part('document-number').setValue(' ec-20261122-17 ')
  await send()
  await flushPromises()
  expect(router.currentRoute.value.params.no).toBe('EC-20261122-17')
  expect(part('document-page').text()).toContain('Zhou Lan')
  expect(part('document-sum').text()).toBe(kept.sha256)
  expect(part('document-holds').text()).toContain('still gives')
  expect(part('document-content').text()).toContain('"plate": "A"')
})
test('what is no number is said without asking', async () => {
  await show(DocumentPage, {}, router)
  await part('document-number').setValue('17')
  await send()
  expect(part('document-wrong').exists()).toBe(true)
})
