import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'

const ORIGIN = 'https://hw.example'
type Handler = (event: Record<string, unknown>) => void
const handlers: Record<string, Handler> = {}
let stores: Record<string, Map<string, Response>>
let network: (url: string) => Promise<Response>

const pathOf = (request: Request | string): string => (typeof request === 'string' ? request : request.url)
const opened = (name: string) => {
  const store = (stores[name] = stores[name] ?? new Map())
  return {
    match: async (request: Request | string) => store.get(pathOf(request))?.clone(),
    put: async (request: Request, answer: Response) => void store.set(pathOf(request), answer),
    delete: async (request: Request) => store.delete(pathOf(request)),
    keys: async () => Array.from(store.keys()),
  }
}
const keptPaths = () => Array.from(stores['kept-1']?.keys() ?? [])

/** What a page gets, and the end of what the worker goes on with. */
function ask(path: string): { answer: Promise<Response>; over: () => Promise<unknown> } {
  let answer!: Promise<Response>
  const work: Promise<unknown>[] = []
  handlers.fetch({
    request: { method: 'GET', mode: 'cors', url: ORIGIN + path, headers: { has: () => false } },
    respondWith: (given: Promise<Response>) => (answer = given),
    waitUntil: (more: Promise<unknown>) => work.push(more),
  })
  return { answer, over: () => Promise.all([answer, ...work]) }
}
async function forget(): Promise<void> {
  const work: Promise<unknown>[] = []
  handlers.message({ data: 'forget', waitUntil: (more: Promise<unknown>) => work.push(more) })
  await Promise.all(work)
}

beforeAll(async () => {
  vi.stubGlobal('SHELL_ID', 'x')
  vi.stubGlobal('SHELL_FILES', [])
  vi.stubGlobal('self', {
    addEventListener: (type: string, how: Handler) => (handlers[type] = how),
    location: { origin: ORIGIN },
  })
  vi.stubGlobal('caches', {
    open: async (name: string) => opened(name),
    delete: async (name: string) => delete stores[name],
    keys: async () => Object.keys(stores),
  })
  vi.stubGlobal('fetch', (request: Request) => network(request.url))
  await import('./worker')
})
beforeEach(() => {
  stores = {}
  network = async (url) => new Response(url)
})

describe('what the service worker keeps of a driver', () => {
  test('is shown without a network, until he leaves', async () => {
    await ask('/api/v1/driver/papers').over()
    expect(keptPaths()).toEqual([`${ORIGIN}/api/v1/driver/papers`])
    network = () => Promise.reject(new TypeError('network'))
    expect((await ask('/api/v1/driver/papers').answer).headers.get('x-haulwatch-kept')).not.toBeNull()
    await forget()
    await expect(ask('/api/v1/driver/papers').answer).rejects.toThrow('network')
  })
  test('is not what comes for him after he has left', async () => {
    let come!: (answer: Response) => void
    network = () => new Promise((resolve) => (come = resolve))
    const slow = ask('/api/v1/driver/papers')
    await forget()
    come(new Response('his'))
    await slow.over()
    expect(keptPaths()).toEqual([])
  })
  test('has nothing to do with pictures of courses', async () => {
    await ask('/api/v1/course-pictures/900/clock.svg').over()
    await forget()
    expect(Array.from(stores['pictures-1'].keys())).toHaveLength(1)
  })
})
