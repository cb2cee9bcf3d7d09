/** What the service worker does with a request; pure, so that it can be tried without one. */
export type Way =
  /** Left to the browser. */
  | 'browser'
  /** The page itself: from the phone, whatever the network does. */
  | 'shell'
  /** From the server; the last answer where it does not answer. */
  | 'kept'
  /** A picture: the same, but its own, larger store. */
  | 'picture'

/** The store of one driver's answers. */
export const KEPT_STORE = 'kept-1'

const KEPT =
  /^\/api\/v1\/driver\/(today|tasks|tasks\/\d+|alarms|alarms\/[0-9a-f-]+\/track|papers|hours|messages|certificates)$/
const PICTURE = /^\/api\/v1\/course-pictures\/[^/]+\/[^/]+$/

export function wayOf(
  request: { method: string; mode: string; url: string; headers: { has(name: string): boolean } },
  origin: string,
): Way {
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== origin || request.headers.has('range')) return 'browser'
  if (request.mode === 'navigate') return /^\/driver(\/[^.]*)?$/.test(url.pathname) ? 'shell' : 'browser'
  if (/^\/driver\//.test(url.pathname)) return 'shell'
  if (KEPT.test(url.pathname)) return 'kept'
  return PICTURE.test(url.pathname) ? 'picture' : 'browser'
}

/** Which of the kept ones have to go so that not more than `most` stay; `keys` are in the order in which they came. */
export const surplus = <T>(keys: readonly T[], most: number): T[] => keys.slice(0, Math.max(0, keys.length - most))

/** A copy of an answer that says when it came. */
export function stamped(answer: Response, header: string, at: string): Promise<Response> {
  return answer.arrayBuffer().then((body) => {
    const headers = new Headers(answer.headers)
    headers.set(header, at)
    return new Response(body, { status: answer.status, statusText: answer.statusText, headers })
  })
}
