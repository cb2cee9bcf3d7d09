import { shallowRef } from 'vue'

/**
 * What a page asks the server for and shows as one whole, or why that failed; what is there stays until there is something newer.
 *
 * @param failureStands until the question is asked again, or until it has been answered
 */
export function useAnswer<T>(ask: () => Promise<T>, failureStands: 'untilAsked' | 'untilAnswered' = 'untilAsked') {
  const answer = shallowRef<T | null>(null)
  const failure = shallowRef<unknown>(null)

  async function load(): Promise<void> {
    if (failureStands === 'untilAsked') failure.value = null
    try {
      answer.value = await ask()
      failure.value = null
    } catch (cause) {
      failure.value = cause
    }
  }
  return { answer, failure, load }
}
