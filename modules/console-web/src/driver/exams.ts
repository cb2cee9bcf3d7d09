import { shallowReactive } from 'vue'
import { get, online, post } from './api/client'
import type { Attempt } from './api/types'
import { deviceName } from './device'
import type { KeptAttempt } from './exam/attempt'
import { AnswerQueue } from './exam/queue'
import { keeping, type Kept } from './offline/kept'
import { driver, standing } from './session'
import { watch } from 'vue'

/** What the phone keeps of exams, as it changes; by attempt. */
export const attempts = shallowReactive<Record<string, KeptAttempt>>({})

let storeOf: Promise<Kept> | undefined
let queueOf: Promise<AnswerQueue> | undefined
const store = (): Promise<Kept> => (storeOf = storeOf ?? keeping())

export const device = async (): Promise<string> => deviceName(await store())
export function queue(): Promise<AnswerQueue> {
  queueOf =
    queueOf ??
    store().then(
      (kept) =>
        new AnswerQueue(
          kept,
          {
            attempt: (id) => get<Attempt>(`/attempts/${id}`),
            answers: (id, body) => post(`/attempts/${id}/answers`, body),
            close: (id, body) => post(`/attempts/${id}/close`, body),
          },
          device,
          Date.now,
          (id, k) => {
            attempts[id] = k
          },
          (driverId) => driver.value?.id === driverId,
        ),
    )
  return queueOf
}

const SOONEST_MS = 3_000
const LATEST_MS = 30_000
let delay = SOONEST_MS
let timer: ReturnType<typeof setTimeout> | undefined

/** Sends what waits, and again, less and less often, until nothing does. */
export async function sendWaiting(): Promise<void> {
  clearTimeout(timer)
  if (standing.value !== 'in' || !driver.value) return
  const result = await (await queue()).sendAll(driver.value.id)
  clearTimeout(timer)
  if (result === 'done') {
    delay = SOONEST_MS
    return
  }
  timer = setTimeout(sendQuietly, delay)
  delay = Math.min(LATEST_MS, delay * 2)
}
/** Where nobody waits for the end of it: whatever went wrong is tried again by the next answer, signal or sign-in. */
export const sendQuietly = (): void => {
  sendWaiting().catch((cause) => console.error('answers were not sent', cause))
}

export async function loadKept(driverId: number): Promise<void> {
  await forgetSent((other) => other !== driverId)
  for (const k of await (await queue()).all(driverId)) attempts[k.attempt.id] = k
}

/** Leaves on the phone of what drivers answered only what the server does not have. */
export async function forgetSent(of: (driverId: number) => boolean): Promise<void> {
  for (const id of await (await queue()).forgetSent(of)) delete attempts[id]
}

/** Answers are sent as soon as there is a network or a session again. */
export function keepSending(): void {
  const soon = () => {
    delay = SOONEST_MS
    sendQuietly()
  }
  window.addEventListener('online', soon)
  watch([online, standing], ([isOnline, at]) => {
    if (isOnline && at === 'in') soon()
  })
}
