/** Access to the API from a phone: lines that break off, a session that ends, a truck that moves, answers kept for lack of a network. */
import { ref } from 'vue'

export interface Problem {
  type?: string
  title?: string
  detail?: string
  error_id?: string
  [member: string]: unknown
}

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`)
  }
  /** The name of the rule that refused, such as `truck-moving`; empty without one. */
  get rule(): string {
    return (this.problem.type ?? '').replace('urn:haulwatch:problem:', '')
  }
  /** Nobody answered at all. */
  get unreachable(): boolean {
    return this.status === 0
  }
}
export const isUnreachable = (cause: unknown): boolean => cause instanceof Refused && cause.unreachable
export const ruleOf = (cause: unknown): string => (cause instanceof Refused ? cause.rule : '')

/** False from a call that nobody answered until the next one that somebody did. */
export const online = ref(true)

/** An answer of the service worker's store says when it came. */
export const KEPT_HEADER = 'x-haulwatch-kept'
export interface Read<T> {
  value: T
  /** When it came from the server, if that was earlier; null for a fresh one. */
  keptAt: string | null
}

const ROOT = '/api/v1'
const LONGEST_WAIT_MS = 20_000

let csrf = ''
let onSessionEnd: () => void = () => {}
let onMoving: () => void = () => {}

export function keepCsrf(token: string): void {
  csrf = token
}
export function whenSessionEnds(action: () => void): void {
  onSessionEnd = action
}
export function whenTruckMoves(action: () => void): void {
  onMoving = action
}

/** The wait for an answer ends, so that a dead line shows; the call itself may still arrive, which all callers can bear. */
function inTime(call: Promise<Response>): Promise<Response> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer in time')), LONGEST_WAIT_MS)
    call.then(
      (response) => {
        clearTimeout(timer)
        resolve(response)
      },
      (cause) => {
        clearTimeout(timer)
        reject(cause)
      },
    )
  })
}

async function answered(method: string, path: string, body: unknown, quietOn401: boolean): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (method !== 'GET' && csrf) headers['x-csrf-token'] = csrf
  let response: Response
  try {
    const init: RequestInit = { method, headers, credentials: 'same-origin' }
    if (body !== undefined) init.body = JSON.stringify(body)
    response = await inTime(fetch(ROOT + path, init))
  } catch {
    online.value = false
    throw new Refused(0, { title: 'unreachable' })
  }
  online.value = !response.headers.get(KEPT_HEADER)
  if (response.ok) return response
  const problem = (await response.json().catch(() => ({}))) as Problem
  const refused = new Refused(response.status, problem)
  if (response.status === 401 && !quietOn401) onSessionEnd()
  if (response.status === 423 && refused.rule === 'truck-moving') onMoving()
  throw refused
}

export async function read<T>(path: string, quietOn401 = false): Promise<Read<T>> {
  const response = await answered('GET', path, undefined, quietOn401)
  return { value: (await response.json()) as T, keptAt: response.headers.get(KEPT_HEADER) }
}
export const get = async <T>(path: string): Promise<T> => (await read<T>(path)).value

/** The session's proof against foreign pages lives in memory only: after a reload it is asked for again. */
async function withCsrf(): Promise<void> {
  if (csrf) return
  const session = await read<{ csrf_token: string }>('/driver/session')
  csrf = session.value.csrf_token
}

async function change<T>(method: string, path: string, body: unknown): Promise<T> {
  await withCsrf()
  const response = await answered(method, path, body, false)
  return response.status === 204 ? (undefined as T) : ((await response.json().catch(() => undefined)) as T)
}
export const post = <T>(path: string, body: unknown = {}): Promise<T> => change<T>('POST', path, body)
export const remove = (path: string): Promise<void> => change<void>('DELETE', path, undefined)

/** For what is asked before there is a session; a 401 answers the question and ends nothing. */
export async function postOpenly<T>(path: string, body: unknown): Promise<T> {
  const response = await answered('POST', path, body, true)
  return (await response.json()) as T
}
