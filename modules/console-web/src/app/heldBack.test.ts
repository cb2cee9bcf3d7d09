// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { defineComponent } from 'vue'
import { UNDO_MS, useHeldBack } from './heldBack'

describe('something that is held back', () => {
  let done: string[]
  const shown = () => {
    let held!: ReturnType<typeof useHeldBack>
    const wrapper = mount(
      defineComponent({
        setup: () => {
          held = useHeldBack()
          return () => null
        },
      }),
    )
    const hold = (what: string) => held.hold(what, async () => void done.push(what))
    return { held, hold, wrapper }
  }
  beforeEach(() => {
    vi.useFakeTimers()
    done = []
  })
  afterEach(() => vi.useRealTimers())
  test('is done once its time is over, and says so until then', () => {
    const { held, hold } = shown()
    hold('a')
    expect(held.words.value).toBe('a')
    vi.advanceTimersByTime(UNDO_MS - 1)
    expect(done).toEqual([])
    vi.advanceTimersByTime(1)
    expect(done).toEqual(['a'])
    expect(held.words.value).toBe('')
  })
  test('is never done when it was undone', () => {
    const { held, hold, wrapper } = shown()
    hold('a')
    held.undo()
    vi.advanceTimersByTime(UNDO_MS)
    wrapper.unmount()
    expect(done).toEqual([])
  })
  test('makes way for the next one by being done at once', () => {
    const { hold } = shown()
    hold('a')
    hold('b')
    expect(done).toEqual(['a'])
    vi.advanceTimersByTime(UNDO_MS)
    expect(done).toEqual(['a', 'b'])
  })
  test('is done when the page goes away, once', () => {
    const { hold, wrapper } = shown()
    hold('a')
    window.dispatchEvent(new Event('pagehide'))
    wrapper.unmount()
    vi.advanceTimersByTime(UNDO_MS)
    expect(done).toEqual(['a'])
  })
})
