import { onBeforeUnmount, onMounted, ref } from 'vue'

/** How long something that the server cannot take back waits for an undo, in milliseconds. */
export const UNDO_MS = 5_000

/** One thing at a time that is done a moment later, so that it can be undone; leaving the page does it at once. The work says itself why it failed. */
export function useHeldBack() {
  const words = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined
  let work: (() => Promise<void>) | null = null

  function take(): (() => Promise<void>) | null {
    clearTimeout(timer)
    const held = work
    work = null
    words.value = ''
    return held
  }
  const now = (): void => void take()?.()
  function hold(what: string, doing: () => Promise<void>): void {
    now()
    words.value = what
    work = doing
    timer = setTimeout(now, UNDO_MS)
  }
  onMounted(() => window.addEventListener('pagehide', now))
  onBeforeUnmount(() => {
    window.removeEventListener('pagehide', now)
    now()
  })
  return { words, hold, undo: () => void take() }
}
