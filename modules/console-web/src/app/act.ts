import { ref } from 'vue'
import { failureText } from '@/format/failure'
import { useText } from './text'

/** One thing that a form or a row of buttons does at a time, and why it did not work, in one sentence. */
export function useAct(afterFailure: () => void = () => {}) {
  const { t } = useText()
  const busy = ref(false)
  const failure = ref('')

  async function act(work: () => Promise<void>): Promise<void> {
    // Enter twice is one wish.
    if (busy.value) return
    busy.value = true
    failure.value = ''
    try {
      await work()
    } catch (cause) {
      failure.value = failureText(t, cause)
      afterFailure()
    } finally {
      busy.value = false
    }
  }
  return { busy, failure, act }
}
