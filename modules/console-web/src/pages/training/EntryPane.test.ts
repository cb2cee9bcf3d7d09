// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest'
import { useVisit } from '../visit'
import EntryPane from './EntryPane.vue'

const { answers, part, show } = useVisit()
const at = (address: string) =>
  (window as never as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(address)
afterEach(() => at('http://localhost:3000'))

test.each([
  ['http://127.0.0.1:8080', true],
  ['http://localhost:8080', true],
  ['https://safety.example.com', false],
])('the link of a console at %s is told to be out of a phone’s reach: %s', async (address, told) => {
  at(address)
  answers['POST /api/v1/drivers/3/entry-link'] = {
    status: 201,
    body: { link: '/driver/#/in/abc', expires_at: '2026-11-22T02:00:00Z' },
  }
  await show(EntryPane, { driver: { id: 3, name: '陈国强' } })
  expect(part('entry-link').exists()).toBe(true)
  expect(part('entry-unreachable').exists()).toBe(told)
  if (told) expect(part('entry-unreachable').text()).toContain(address)
})
