import { onBeforeUnmount, onMounted } from 'vue'
import { useRouter } from 'vue-router'
import { dialogOpen, isTyping } from './keys'
import { usePreferences } from './preferences'
import { useSession } from './session'

/** Pages by the letter after G. */
export const GO: Readonly<Record<string, string>> = { a: 'alarms', m: 'map', r: 'companies', t: 'training' }
/** How long the second letter may take, in milliseconds. */
const SECOND_LETTER_MS = 1_500

/** G and a letter lead to a page, wherever one is. The second letter is nobody else's: pages listen on the way up, this one on the way down. */
export function useGoKeys(): void {
  const router = useRouter()
  const preferences = usePreferences()
  const session = useSession()
  let begun: number | null = null

  function keys(event: KeyboardEvent): void {
    const second = begun !== null && event.timeStamp - begun <= SECOND_LETTER_MS
    begun = null
    if (!preferences.shortcuts || !session.mayWatch || session.phase === 'ended') return
    if (isTyping(event) || dialogOpen()) return
    const letter = event.key.toLowerCase()
    if (second && letter in GO) {
      event.preventDefault()
      event.stopImmediatePropagation()
      void router.push({ name: GO[letter] })
    } else if (letter === 'g') begun = event.timeStamp
  }
  onMounted(() => window.addEventListener('keydown', keys, { capture: true }))
  onBeforeUnmount(() => window.removeEventListener('keydown', keys, { capture: true }))
}
