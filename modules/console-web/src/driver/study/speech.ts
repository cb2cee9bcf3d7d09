import { ref } from 'vue'
import { locale } from '../i18n'
import { sentences } from './parts'

const voice = (): SpeechSynthesis | undefined => (typeof window === 'undefined' ? undefined : window.speechSynthesis)

/** Whether this phone reads aloud. */
export const canSpeak = (): boolean => voice() !== undefined && typeof SpeechSynthesisUtterance !== 'undefined'
export const speaking = ref(false)
let turn = 0

export function speak(text: string): void {
  const synthesis = voice()
  if (!synthesis) return
  quiet()
  const mine = ++turn
  const rest = sentences(text)
  speaking.value = rest.length > 0
  const next = () => {
    if (mine !== turn) return
    const sentence = rest.shift()
    if (sentence === undefined) {
      speaking.value = false
      return
    }
    const utterance = new SpeechSynthesisUtterance(sentence)
    utterance.lang = locale.value
    utterance.onend = next
    utterance.onerror = () => {
      if (mine === turn) speaking.value = false
    }
    synthesis.speak(utterance)
  }
  next()
}
export function quiet(): void {
  turn++
  speaking.value = false
  voice()?.cancel()
}
export const toggleSpeech = (text: string): void => (speaking.value ? quiet() : speak(text))
