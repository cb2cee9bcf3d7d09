import { ref, shallowRef } from 'vue'
import {
  isUnreachable,
  keepCsrf,
  postOpenly,
  read,
  Refused,
  remove,
  whenSessionEnds,
  whenTruckMoves,
} from './api/client'
import type { Driver, SessionView, Today } from './api/types'
import { KEPT_STORE } from './offline/rules'

const KEY = 'haulwatch.driver.session'

/** unknown until the server or the phone's memory said; out shows the sign-in. */
export const standing = ref<'unknown' | 'in' | 'out'>('unknown')
export const driver = shallowRef<Driver | null>(null)
/** He was signed in and is no more: the sign-in says so. */
export const ended = ref(false)
/** The truck that he drives moves: nothing but the clock is shown. */
export const locked = ref(false)

const remembered = (): Driver | null => {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null') as Driver | null
  } catch {
    return null
  }
}
const remember = (who: Driver | null): void => {
  try {
    if (who) localStorage.setItem(KEY, JSON.stringify(who))
    else localStorage.removeItem(KEY)
  } catch {
    // Without a memory the pages need a network to begin.
  }
}

async function enter(view: SessionView): Promise<void> {
  const isAnother = driver.value?.id !== view.driver.id
  keepCsrf(view.csrf_token)
  driver.value = view.driver
  if (isAnother) await forgetKept()
  remember(view.driver)
  ended.value = false
  standing.value = 'in'
}

/** Answers of the server that the service worker keeps belong to one driver. */
async function forgetKept(): Promise<void> {
  const worker = typeof navigator === 'undefined' ? undefined : navigator.serviceWorker
  worker?.controller?.postMessage('forget')
  // After a forced reload no worker listens, and what it kept is still there.
  if (typeof caches !== 'undefined') await caches.delete(KEPT_STORE).catch(() => false)
}

export async function start(): Promise<void> {
  whenSessionEnds(() => {
    keepCsrf('')
    ended.value = standing.value === 'in'
    standing.value = 'out'
  })
  whenTruckMoves(() => {
    refusals++
    locked.value = true
  })
  driver.value = remembered()
  try {
    await enter((await read<SessionView>('/driver/session', true)).value)
  } catch (cause) {
    // Without a network he goes on with what the phone has.
    standing.value = driver.value && isUnreachable(cause) ? 'in' : 'out'
  }
}

/** `told` where nothing sends codes, and somebody says them. */
export interface AskedCode {
  wait_seconds: number
  delivery: 'sent' | 'told'
}
export const askForCode = (phone: string): Promise<AskedCode> => postOpenly('/driver/codes', { phone })

export async function signIn(
  by: { phone: string; code: string; driver_id?: number } | { link: string },
): Promise<void> {
  await enter(await postOpenly<SessionView>('/driver/session', by))
}

/** Ends the session; what was answered and not yet sent stays on the phone for the next time. */
export async function signOut(): Promise<void> {
  try {
    await remove('/driver/session')
  } catch (cause) {
    // It ended before, by another phone of his: what is left to do is here.
    if (!(cause instanceof Refused) || cause.status !== 401) throw cause
  }
  keepCsrf('')
  await forgetKept()
  driver.value = null
  remember(null)
  ended.value = false
  standing.value = 'out'
}

/** Calls that the moving truck refused: an answer that was asked for before one of them does not unlock. */
let refusals = 0

export async function loadToday(): Promise<{ today: Today; keptAt: string | null }> {
  const before = refusals
  const { value, keptAt } = await read<Today>('/driver/today')
  if (!keptAt && (value.locked || before === refusals)) locked.value = value.locked
  return { today: value, keptAt }
}
