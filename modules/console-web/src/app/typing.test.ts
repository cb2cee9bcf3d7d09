import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { useTyping } from './typing'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('it is told once, without blanks around it, when the typing pauses, and not after the page is left', async () => {
  const told: string[] = []
  const scope = effectScope()
  const typed = scope.run(() => useTyping('', (text) => told.push(text)))!
  for (const text of [' a', ' ab', ' abc ']) {
    typed.value = text
    await nextTick()
    vi.advanceTimersByTime(200)
  }
  expect(told).toEqual([])
  vi.advanceTimersByTime(50)
  expect(told).toEqual(['abc'])
  typed.value = 'abcd'
  await nextTick()
  scope.stop()
  vi.advanceTimersByTime(1_000)
  expect(told).toEqual(['abc'])
})
