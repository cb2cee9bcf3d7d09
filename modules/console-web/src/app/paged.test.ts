import { expect, test } from 'vitest'
import type { Page } from '@/api/types'
import { usePaged } from './paged'

interface Asked {
  cursor: string | null
  signal: AbortSignal
  answer: (page: Page<number>) => void
  fail: (cause: unknown) => void
}
function list() {
  const asked: Asked[] = []
  const paged = usePaged<number>(
    (cursor, signal) => new Promise((answer, fail) => asked.push({ cursor, signal, answer, fail })),
  )
  return { asked, paged }
}

test('the next page is asked for with the cursor of the last one and added to its rows', async () => {
  const { asked, paged } = list()
  const first = paged.load()
  expect(paged.loading.value).toBe(true)
  asked[0].answer({ items: [1, 2], next_cursor: 'c' })
  await first
  const second = paged.load(true)
  asked[1].answer({ items: [3], next_cursor: null })
  await second
  expect(asked.map((each) => each.cursor)).toEqual([null, 'c'])
  expect(paged.rows.value).toEqual([1, 2, 3])
  expect(paged.cursor.value).toBe(null)
  expect(paged.loading.value).toBe(false)
})

test('an answer that comes after a newer question is dropped, and so is its failure', async () => {
  const { asked, paged } = list()
  const all = [paged.load(), paged.load(), paged.load()]
  asked[2].answer({ items: [3], next_cursor: null })
  asked[0].answer({ items: [1], next_cursor: 'old' })
  asked[1].fail(new Error('too late'))
  await Promise.all(all)
  expect(paged.rows.value).toEqual([3])
  expect(paged.cursor.value).toBe(null)
  expect(paged.failure.value).toBe(null)
  expect(asked.map((each) => each.signal.aborted)).toEqual([true, true, false])
})

test('a failure is told, keeps the rows and goes with the next question', async () => {
  const { asked, paged } = list()
  const first = paged.load()
  asked[0].answer({ items: [1], next_cursor: 'c' })
  await first
  const second = paged.load(true)
  const cause = new Error('away')
  asked[1].fail(cause)
  await second
  expect(paged.failure.value).toBe(cause)
  expect(paged.rows.value).toEqual([1])
  void paged.retry()
  expect(asked[2].cursor).toBe('c')
  expect(paged.failure.value).toBe(null)
})
