import { describe, expect, test } from 'vitest'
import { stamped, surplus, wayOf } from './rules'

const ORIGIN = 'https://hw.example'
const way = (path: string, more: Partial<{ method: string; mode: string; range: boolean }> = {}) =>
  wayOf(
    {
      method: more.method ?? 'GET',
      mode: more.mode ?? 'cors',
      url: path.startsWith('http') ? path : ORIGIN + path,
      headers: { has: (name) => name === 'range' && Boolean(more.range) },
    },
    ORIGIN,
  )

describe('the service worker', () => {
  test('gives the page and its files from the phone', () => {
    expect(way('/driver/', { mode: 'navigate' })).toBe('shell')
    expect(way('/driver/assets/index-abc.js')).toBe('shell')
    expect(way('/driver/manifest.webmanifest')).toBe('shell')
  })
  test('keeps the last answers of what is looked at without a network', () => {
    for (const path of ['today', 'tasks', 'tasks/12', 'papers', 'messages'])
      expect(way(`/api/v1/driver/${path}`)).toBe('kept')
    expect(way('/api/v1/course-pictures/downhill/slope.svg')).toBe('picture')
  })
  test('keeps nothing of a session, an exam, a foreign certificate, or what is written', () => {
    for (const path of [
      'driver/session',
      'driver/clock',
      'attempts/a1',
      'certificate-checks/HW1',
      'driver/tasks/12/x',
      'users',
    ]) {
      expect(way(`/api/v1/${path}`)).toBe('browser')
    }
    expect(way('/api/v1/driver/tasks', { method: 'POST' })).toBe('browser')
  })
  test('leaves videos, the console and other servers to the browser', () => {
    expect(way('/api/v1/course-pictures/a/b.mp4', { range: true })).toBe('browser')
    expect(way('/map', { mode: 'navigate' })).toBe('browser')
    expect(way('https://elsewhere.example/driver/x.js')).toBe('browser')
  })
  test('drops the oldest answers above its limit', () => {
    expect(surplus(['a', 'b', 'c'], 2)).toEqual(['a'])
    expect(surplus(['a'], 2)).toEqual([])
  })
  test('says when a kept answer came', async () => {
    const answer = await stamped(
      new Response('{"a":1}', { headers: { etag: 'x' } }),
      'x-haulwatch-kept',
      '2026-11-20T02:00:00Z',
    )
    expect([answer.headers.get('x-haulwatch-kept'), answer.headers.get('etag'), await answer.json()]).toEqual([
      '2026-11-20T02:00:00Z',
      'x',
      { a: 1 },
    ])
  })
})
