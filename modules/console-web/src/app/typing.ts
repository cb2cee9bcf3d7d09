import { onScopeDispose, ref, watch } from 'vue'

const PAUSE_MS = 250

/** What is typed into a search field; whoever looks it up is told once the typing pauses. */
export function useTyping(begun: string, paused: (text: string) => void) {
  const typed = ref(begun)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(typed, (text) => {
    clearTimeout(timer)
    timer = setTimeout(() => paused(text.trim()), PAUSE_MS)
  })
  onScopeDispose(() => clearTimeout(timer))
  return typed
}
