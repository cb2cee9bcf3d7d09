import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiError, get, post } from './client'

/** A server that takes every question and never answers. */
function silent(): AbortSignal[] {
  const signals: AbortSignal[] = []
  vi.stubGlobal('fetch', (_path: string, init: RequestInit) => {
    if (init.signal) signals.push(init.signal)
    return new Promise((_answer, refuse) => init.signal?.addEventListener('abort', () => refuse(init.signal?.reason)))
  })
  return signals
}

describe('questions that nobody answers', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })

  it('end as unreachable when the limit passes', async () => {
    const limit = new AbortController()
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal)
    silent()
    const asked = get('/api/v1/companies')
    limit.abort(new DOMException('30 s', 'TimeoutError'))
    const error = await asked.catch((cause: unknown) => cause)
    expect(error).toBeInstanceOf(ApiError)
    expect((error as ApiError).unreachable).toBe(true)
  })

  it('end without a complaint when who asked takes them back', async () => {
    silent()
    const mine = new AbortController()
    const asked = get('/api/v1/companies', {}, mine.signal)
    mine.abort()
    const error = await asked.catch((cause: unknown) => cause)
    expect(error).not.toBeInstanceOf(ApiError)
  })

  it('have no limit when they change something', () => {
    const signals = silent()
    void post('/api/v1/companies', {})
    expect(signals).toHaveLength(0)
  })
})
