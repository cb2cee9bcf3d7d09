// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { useVisit } from '@/pages/visit'
import { useWaiting } from './waiting'

const { answers, asked } = useVisit()

test('open notices and unanswered orders are counted together, and nothing after the end', async () => {
  answers['GET /api/v1/notices'] = { body: { items: [{ id: 1 }, { id: 2 }], next_cursor: null } }
  answers['GET /api/v1/supervision'] = {
    body: { items: [{ state: 'issued' }, { state: 'answered' }, { state: 'returned' }], next_cursor: null },
  }
  const waiting = useWaiting()
  waiting.start()
  await flushPromises()
  expect(waiting.count).toBe(4)
  answers['GET /api/v1/notices'] = { body: { items: [], next_cursor: null } }
  await waiting.look()
  expect(waiting.count).toBe(2)
  waiting.stop()
  expect(waiting.count).toBe(0)
  const before = asked.length
  await waiting.look()
  expect(asked).toHaveLength(before)
})
