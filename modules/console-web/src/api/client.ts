/** Access to the HTTP API: JSON in, JSON out, problems (RFC 9457) as ApiError. */

export interface Problem {
  type?: string
  title?: string
  status?: number
  detail?: string
  instance?: string
  error_id?: string
  /** Bytes that are there, where a piece was sent that does not follow them. */
  received?: number
  /** The most that is taken, in bytes, where more was sent. */
  most?: number
  /** The newest version, where somebody changed an older one. */
  version?: number
}

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`)
  }
  get errorId(): string | undefined {
    return this.problem.error_id
  }
  /** The name of the rule that refused, such as `wrong-password`; empty without one. */
  get rule(): string {
    return this.problem.type?.replace('urn:haulwatch:problem:', '') ?? ''
  }
  /** True when nothing answered at all. */
  get unreachable(): boolean {
    return this.status === 0
  }
}

let csrfToken = ''
let bearer = ''
let onSessionEnd: () => void = () => {}

export function setCsrfToken(token: string): void {
  csrfToken = token
}
/** The token of a big screen, which no cookie speaks for; empty for somebody who signs in. */
export function setBearer(token: string): void {
  bearer = token
}
/** Called on every 401 except the answer to a sign-in. */
export function whenSessionEnds(action: () => void): void {
  onSessionEnd = action
}

export type Query = Record<string, string | number | boolean | null | undefined>

export function withQuery(path: string, query: Query): string {
  const parts = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') parts.set(name, String(value))
  }
  const text = parts.toString()
  return text ? `${path}?${text}` : path
}

export async function request<T>(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  options: { signal?: AbortSignal; keepOn401?: boolean; keepalive?: boolean; headers?: Record<string, string> } = {},
): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json', ...options.headers }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (method !== 'GET' && csrfToken) headers['x-csrf-token'] = csrfToken
  if (bearer) headers.authorization = `Bearer ${bearer}`
  const response = await answered(
    path,
    {
      method,
      headers,
      credentials: 'same-origin',
      body: body === undefined ? null : JSON.stringify(body),
      keepalive: options.keepalive ?? false,
      // What changes something has no limit: nobody could say whether it was done.
      signal: method === 'GET' ? limited(options.signal) : (options.signal ?? null),
    },
    options.keepOn401,
  )
  if (response.status === 204) return undefined as T
  return (await response.json()) as T
}

/** Longest wait for an answer to a question: a line that is dead without saying so is shown as one. */
const LONGEST_WAIT_MS = 30_000

function limited(signal?: AbortSignal): AbortSignal {
  const limit = AbortSignal.timeout(LONGEST_WAIT_MS)
  return signal ? AbortSignal.any([signal, limit]) : limit
}

const isTimeout = (reason: unknown): boolean => reason instanceof DOMException && reason.name === 'TimeoutError'

/** An answer with a good status; everything else becomes an ApiError. */
async function answered(path: string, init: RequestInit, keepOn401 = false): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, init)
  } catch (cause) {
    // A question without an answer for too long is as good as none; only who asked may take it back in silence.
    if (init.signal?.aborted && !isTimeout(init.signal.reason)) throw cause
    throw new ApiError(0, { title: 'unreachable' })
  }
  if (!response.ok) {
    const problem = (await response.json().catch(() => ({}))) as Problem
    if (response.status === 401 && !keepOn401) onSessionEnd()
    throw new ApiError(response.status, problem)
  }
  return response
}

/** Sends a file as it is. */
export async function upload<T>(
  path: string,
  file: Blob,
  signal: AbortSignal,
  method: 'POST' | 'PUT' | 'PATCH' = 'POST',
): Promise<T> {
  const headers = { accept: 'application/json', 'content-type': 'application/octet-stream', 'x-csrf-token': csrfToken }
  const response = await answered(path, { method, headers, credentials: 'same-origin', body: file, signal })
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T)
}

/** A file to be shown; a refusal becomes an ApiError. */
export async function blob(path: string): Promise<Blob> {
  return (await answered(path, { method: 'GET', headers: {}, credentials: 'same-origin' })).blob()
}

/** Saves a file under the name that the server gave it; a refusal becomes an ApiError and no file. */
export async function download(path: string): Promise<void> {
  const response = await answered(path, { method: 'GET', headers: {}, credentials: 'same-origin' })
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? ''
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = name
  link.click()
  // The browser has taken the file over once the click is done.
  setTimeout(() => URL.revokeObjectURL(link.href), 0)
}

/** Bytes that are no JSON. */
export async function getBytes(path: string, query: Query, signal?: AbortSignal): Promise<ArrayBuffer> {
  const init: RequestInit = { method: 'GET', headers: {}, credentials: 'same-origin', signal: limited(signal) }
  return (await answered(withQuery(path, query), init)).arrayBuffer()
}

export const get = <T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> =>
  request<T>('GET', withQuery(path, query), undefined, signal ? { signal } : {})
export const post = <T>(path: string, body: unknown): Promise<T> => request<T>('POST', path, body)
