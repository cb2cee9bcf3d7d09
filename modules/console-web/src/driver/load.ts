import { onBeforeUnmount, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { Refused, read } from './api/client'

export interface Loaded<T> {
  value: ShallowRef<T | null>
  failure: ShallowRef<unknown>
  /** When the shown answer came, if it is an old one. */
  keptAt: Ref<string | null>
  load: () => Promise<void>
}

/** What one page shows of the server. The old answer stays while a newer one is on its way or cannot come. */
export function loaded<T>(path: () => string): Loaded<T> {
  const value = shallowRef<T | null>(null)
  const failure = shallowRef<unknown>(null)
  const keptAt = ref<string | null>(null)
  let turn = 0
  let gone = false
  const load = async () => {
    const mine = ++turn
    try {
      const answer = await read<T>(path())
      if (mine !== turn || gone) return
      value.value = answer.value
      keptAt.value = answer.keptAt
      failure.value = null
    } catch (cause) {
      if (!(cause instanceof Refused)) throw cause
      if (mine === turn && !gone) failure.value = cause
    }
  }
  onBeforeUnmount(() => {
    gone = true
  })
  return { value, failure, keptAt, load }
}
