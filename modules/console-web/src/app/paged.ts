import { onScopeDispose, ref, shallowRef } from 'vue'
import type { Page } from '@/api/types'

/**
 * A list that comes page by page: the newest question wins whatever order the answers come in, a failure keeps the rows that are there, and
 * `more` adds to them; `retry` asks the last question again.
 *
 * @param ask asks the server; its argument is null for the first page, and the signal breaks off what a newer question has overtaken. Null
 *     says that the answer has been overtaken.
 */
export function usePaged<T>(ask: (cursor: string | null, signal: AbortSignal) => Promise<Page<T> | null>) {
  const rows = shallowRef<readonly T[]>([])
  const cursor = ref<string | null>(null)
  const loading = ref(false)
  const failure = shallowRef<unknown>(null)
  let asked = 0
  let last = false
  let asking: AbortController | undefined

  async function load(more = false): Promise<void> {
    const number = ++asked
    last = more
    asking?.abort()
    asking = new AbortController()
    loading.value = true
    failure.value = null
    try {
      const page = await ask(more ? cursor.value : null, asking.signal)
      if (number !== asked || page === null) return
      rows.value = more ? [...rows.value, ...page.items] : page.items
      cursor.value = page.next_cursor
    } catch (cause) {
      if (number === asked) failure.value = cause
    } finally {
      if (number === asked) loading.value = false
    }
  }
  onScopeDispose(() => asking?.abort(), true)
  return { rows, cursor, loading, failure, load, retry: () => load(last) }
}

export type Paged = ReturnType<typeof usePaged<unknown>>
