import { onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import { previewLesson, type LessonPreview } from '@/api/courses'

/** Typing rests so long before the server is asked, in milliseconds. */
export const REST_MS = 400

/** A text as the server shows it, a moment after it was typed. What is shown stays until something newer is there; an older answer never replaces it. */
export function usePreview(course: () => number, body: () => string) {
  const shown = shallowRef<LessonPreview>({ html: '', plain: '' })
  const failure = shallowRef<unknown>(null)
  /** Whether what is shown is older than what is typed. */
  const old = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking: AbortController | undefined

  async function ask(): Promise<void> {
    clearTimeout(timer)
    asking?.abort()
    const mine = (asking = new AbortController())
    failure.value = null
    try {
      const found = await previewLesson(course(), body(), mine.signal)
      if (mine.signal.aborted) return
      shown.value = found
      old.value = false
    } catch (cause) {
      if (!mine.signal.aborted) failure.value = cause
    }
  }
  watch(
    body,
    (now, before) => {
      clearTimeout(timer)
      old.value = true
      if (now.trim() === '') {
        asking?.abort()
        shown.value = { html: '', plain: '' }
        failure.value = null
        old.value = false
      } else if (before === undefined) void ask()
      else timer = setTimeout(() => void ask(), REST_MS)
    },
    { immediate: true },
  )
  onBeforeUnmount(() => {
    clearTimeout(timer)
    asking?.abort()
  })
  return { shown, failure, old, ask }
}
