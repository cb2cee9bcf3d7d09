/** Keeps the pages and the last answers on the phone, so that lessons and exams open without a network. */
import { KEPT_STORE as KEPT, stamped, surplus, wayOf } from './rules'

declare const SHELL_ID: string
declare const SHELL_FILES: string[]

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Fetching extends Extendable {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
const worker = self as unknown as {
  addEventListener(type: 'install' | 'activate', how: (event: Extendable) => void): void
  addEventListener(type: 'fetch', how: (event: Fetching) => void): void
  addEventListener(type: 'message', how: (event: Extendable & { data: unknown }) => void): void
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void> }
  location: Location
}

const SHELL = `shell-${SHELL_ID}`
const PICTURES = 'pictures-1'
const MOST_KEPT = 60
const MOST_PICTURES = 80
const KEPT_HEADER = 'x-haulwatch-kept'
/** So long a call waits for the server before the kept answer is shown. */
const PATIENCE_MS = 6_000

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(SHELL)
      .then((shell) => shell.addAll(SHELL_FILES))
      .then(() => worker.skipWaiting()),
  )
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names.filter((name) => [SHELL, KEPT, PICTURES].indexOf(name) < 0).map((name) => caches.delete(name)),
        ),
      )
      .then(() => worker.clients.claim()),
  )
})

/** Counts drivers who have left: what was on its way for one of them is not kept for the next. */
let left = 0
worker.addEventListener('message', (event) => {
  if (event.data !== 'forget') return
  left++
  event.waitUntil(caches.delete(KEPT))
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const way = wayOf(request, worker.location.origin)
  if (way === 'shell') event.respondWith(fromShell(request))
  else if (way === 'kept') event.respondWith(newest(event, KEPT, MOST_KEPT))
  else if (way === 'picture') event.respondWith(newest(event, PICTURES, MOST_PICTURES))
})

async function fromShell(request: Request): Promise<Response> {
  const shell = await caches.open(SHELL)
  const found =
    request.mode === 'navigate' ? await shell.match('/driver/') : await shell.match(request, { ignoreVary: true })
  return found || fetch(request)
}

async function newest(event: Fetching, name: string, most: number): Promise<Response> {
  const { request } = event
  const before = left
  const isHis = () => name !== KEPT || before === left
  const fresh = fetch(request)
  const kept = fresh.then((answer) =>
    answer.status === 200 ? keep(name, most, request, answer.clone(), isHis) : undefined,
  )
  event.waitUntil(kept.catch(() => undefined))
  const found = await (await caches.open(name)).match(request, { ignoreVary: true })
  if (!found) return fresh
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(found), PATIENCE_MS))
  // A server in trouble is no better than none; a refusal of it is an answer.
  return Promise.race([fresh.then((answer) => (answer.status >= 500 ? found : answer)).catch(() => found), late])
}

async function keep(
  name: string,
  most: number,
  request: Request,
  answer: Response,
  isHis: () => boolean,
): Promise<void> {
  const copy = await stamped(answer, KEPT_HEADER, new Date().toISOString())
  if (!isHis()) return
  const cache = await caches.open(name)
  // Put anew, so that the order of the keys is the order in which they came.
  await cache.delete(request)
  await cache.put(request, copy)
  await Promise.all(surplus(await cache.keys(), most).map((old) => cache.delete(old)))
}
