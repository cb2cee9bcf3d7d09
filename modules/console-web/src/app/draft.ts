import { onBeforeUnmount, onMounted, shallowRef, watch } from 'vue'
import { useSession } from './session'

/** What somebody typed and has not sent, as this computer keeps it. */
export interface Draft<T> {
  /** When it was typed last, milliseconds. */
  at: number
  form: T
}
/** Typing rests so long before it is written down, in milliseconds. */
export const REST_MS = 400
const LONGEST_DAYS = 30
const DAY_MS = 86_400_000
const keyOf = (user: number, what: string) => `haulwatch.draft.${user}.${what}`

export function readDraft<T>(key: string, now: number): Draft<T> | null {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Draft<T> | null
    if (kept !== null && typeof kept.at === 'number' && now - kept.at < LONGEST_DAYS * DAY_MS) return kept
    localStorage.removeItem(key)
  } catch {
    // Storage may be forbidden, or hold something else: then there is none.
  }
  return null
}

/**
 * Keeps a form on this computer while it says something else than what is stored, for this user alone, until it is sent. What was kept before is
 * offered, never put in unasked.
 *
 * @param what names the form among all forms
 * @param form as it is typed, reactive
 * @param stored the same fields as the server has them, or as an empty form has them
 */
export function useDraft<T extends object>(what: () => string, form: T, stored: () => T) {
  const session = useSession()
  const key = () => keyOf(session.user?.id ?? 0, what())
  const differs = () => JSON.stringify(form) !== JSON.stringify(stored())
  const kept = readDraft<T>(key(), Date.now())
  const offered = shallowRef<Draft<T> | null>(
    kept !== null && JSON.stringify(kept.form) !== JSON.stringify(stored()) ? kept : null,
  )
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Whether something was typed since it was written down or sent. */
  let typed = false

  function drop(): void {
    clearTimeout(timer)
    typed = false
    offered.value = null
    try {
      localStorage.removeItem(key())
    } catch {
      // There was none then.
    }
  }
  function write(): void {
    clearTimeout(timer)
    if (!typed) return
    typed = false
    // What is offered stays until somebody has typed something else.
    if (!differs()) {
      if (offered.value === null) drop()
      return
    }
    try {
      localStorage.setItem(key(), JSON.stringify({ at: Date.now(), form }))
    } catch {
      // Full or forbidden: the text then lasts as long as the page.
    }
  }
  watch(
    form,
    () => {
      clearTimeout(timer)
      typed = true
      timer = setTimeout(write, REST_MS)
    },
    { deep: true },
  )
  onMounted(() => window.addEventListener('pagehide', write))
  onBeforeUnmount(() => {
    window.removeEventListener('pagehide', write)
    write()
  })
  return {
    offered,
    /** Puts what was kept into the form. */
    take(): void {
      if (offered.value) Object.assign(form, offered.value.form)
      offered.value = null
    },
    /** It was sent, or nobody wants it any more. */
    drop,
  }
}
