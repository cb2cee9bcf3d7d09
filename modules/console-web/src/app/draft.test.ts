// @vitest-environment happy-dom
import { mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { defineComponent, nextTick, reactive } from 'vue'
import { REST_MS, useDraft } from './draft'
import { useSession } from './session'

interface Form {
  title: string
  body: string
}
const STORED: Form = { title: 'Ice', body: 'Slow' }

describe('a text that was not sent', () => {
  let open: VueWrapper[]
  const as = (id: number) =>
    useSession().$patch({
      phase: 'in',
      user: { id, username: 'a', display_name: null, role: 'lead', scope: 'all', scope_label: '', locale: null },
    })
  const page = (what = 'lesson.1', stored = STORED) => {
    const form = reactive<Form>({ ...stored })
    let draft!: ReturnType<typeof useDraft<Form>>
    const wrapper = mount(
      defineComponent({
        setup: () => {
          draft = useDraft(
            () => what,
            form,
            () => stored,
          )
          return () => null
        },
      }),
    )
    open.push(wrapper)
    return { form, draft, wrapper }
  }
  const rest = () => vi.advanceTimersByTimeAsync(REST_MS)
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse('2026-11-22T02:00:00Z') })
    setActivePinia(createPinia())
    localStorage.clear()
    open = []
    as(1)
  })
  afterEach(() => {
    open.forEach((one) => one.unmount())
    vi.useRealTimers()
  })

  test('is offered after a reload, and put in when it is wanted', async () => {
    const first = page()
    first.form.body = 'Slow, and look'
    await rest()
    const second = page()
    expect(second.form.body).toBe('Slow')
    expect(second.draft.offered.value?.form.body).toBe('Slow, and look')
    second.draft.take()
    expect(second.form.body).toBe('Slow, and look')
    expect(second.draft.offered.value).toBeNull()
  })
  test('is written at once when the page goes away', async () => {
    const { form } = page()
    form.body = 'Typed a moment ago'
    await nextTick()
    window.dispatchEvent(new Event('pagehide'))
    expect(page().draft.offered.value?.form.body).toBe('Typed a moment ago')
  })
  test('is written when its part of the page is closed', async () => {
    const { form, wrapper } = page()
    form.body = 'Typed a moment ago'
    await nextTick()
    wrapper.unmount()
    expect(page().draft.offered.value?.form.body).toBe('Typed a moment ago')
  })
  test('is forgotten once it was sent, or says the same as what is stored', async () => {
    const { form, draft } = page()
    form.body = 'x'
    await rest()
    draft.drop()
    expect(page().draft.offered.value).toBeNull()
    form.body = 'y'
    await rest()
    form.body = 'Slow'
    await rest()
    expect(localStorage.length).toBe(0)
  })
  test('does not come back when its page is left after it was sent', async () => {
    const { form, draft, wrapper } = page()
    form.body = 'Sent'
    await nextTick()
    draft.drop()
    window.dispatchEvent(new Event('pagehide'))
    wrapper.unmount()
    expect(page().draft.offered.value).toBeNull()
  })
  test('that is offered is not lost by looking at it', async () => {
    const first = page()
    first.form.body = 'Kept'
    await rest()
    const second = page()
    second.form.title = 'Ice!'
    second.form.title = 'Ice'
    await rest()
    expect(page().draft.offered.value?.form.body).toBe('Kept')
  })
  test('belongs to one form of one person', async () => {
    const { form } = page()
    form.body = 'Mine'
    await rest()
    expect(page('lesson.2').draft.offered.value).toBeNull()
    as(2)
    expect(page().draft.offered.value).toBeNull()
  })
  test('is too old after a month', async () => {
    const { form, wrapper } = page()
    form.body = 'Old'
    await rest()
    wrapper.unmount()
    vi.setSystemTime(Date.parse('2026-12-23T02:00:00Z'))
    expect(page().draft.offered.value).toBeNull()
    expect(localStorage.length).toBe(0)
  })
})
