import { computed, ref } from 'vue'
import { ApiError } from '@/api/client'
import { useSession } from './session'
import { useText } from './text'

type Step = 'password' | 'code' | 'provider-code'

/**
 * The two steps of a sign-in: the password, and the code of a second factor where the server asks for one. The organisation's provider may
 * have stood in for the password.
 */
export function useSignIn(first: Step = 'password') {
  const { t, of } = useText()
  const session = useSession()
  const password = ref('')
  const code = ref('')
  const step = ref<Step>(first)
  const busy = ref(false)
  const failure = ref('')
  const errorId = ref('')
  const unreachable = ref(false)

  function said(cause: unknown): string {
    if (!(cause instanceof ApiError)) return t('error.unexpected')
    // What one mistyped nobody looks up; an id helps where the service failed.
    errorId.value = cause.status === 401 ? '' : (cause.errorId ?? '')
    unreachable.value = cause.unreachable
    if (cause.unreachable) return t('error.unreachable')
    if (cause.rule === 'wrong-code') return t('signIn.wrongCode')
    if (cause.rule === 'sign-in-expired') return of('providerRefused', cause.rule)
    if (cause.status === 401) return t('signIn.wrong')
    return cause.status === 429 ? t('signIn.tooMany') : cause.message
  }
  /** Whether the user is in; otherwise `failure` says why, or `step` what is asked for next. */
  async function submit(username: string, remember: boolean): Promise<boolean> {
    failure.value = errorId.value = ''
    unreachable.value = false
    if (step.value !== 'provider-code' && (!username || !password.value)) {
      failure.value = t('signIn.incomplete')
      return false
    }
    if (step.value !== 'password' && !code.value.trim()) {
      failure.value = t('signIn.needsCode')
      return false
    }
    busy.value = true
    try {
      if (step.value === 'provider-code') await session.sayProviderCode(code.value.trim())
      else await session.signIn(username, password.value, remember, code.value.trim())
      password.value = code.value = ''
      return true
    } catch (cause) {
      if (cause instanceof ApiError && cause.rule === 'second-factor-needed') step.value = 'code'
      else failure.value = said(cause)
      if (cause instanceof ApiError && cause.rule === 'sign-in-expired') step.value = 'password'
      code.value = ''
      return false
    } finally {
      busy.value = false
    }
  }
  function again(): void {
    step.value = 'password'
    password.value = code.value = failure.value = errorId.value = ''
  }
  return {
    password,
    code,
    asksCode: computed(() => step.value !== 'password'),
    busy,
    failure,
    errorId,
    unreachable,
    submit,
    again,
  }
}
