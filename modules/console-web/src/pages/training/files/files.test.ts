// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { useVisit } from '../../visit'
import PictureShelf from './PictureShelf.vue'
import VideoShelf from './VideoShelf.vue'

const MB = 1024 * 1024
const visit = useVisit()
const { answers, asked, part, parts } = visit
async function choose(mark: string, ...files: File[]): Promise<void> {
  Object.defineProperty(part(mark).element, 'files', { value: files, configurable: true })
  await part(mark).trigger('change')
  await flushPromises()
}
const file = (name: string, bytes: number) => new File([new Uint8Array(bytes)], name)

describe('pictures of a course', () => {
  const picture = (name: string, used = false) => ({ name, bytes: 2048, made_at: '2026-11-22T00:00:00Z', used })
  beforeEach(() => {
    answers['GET /api/v1/courses/7/pictures'] = { body: { pictures: [picture('a.svg', true), picture('b.png')] } }
  })
  test('are sent under a name that Markdown takes; what is none is refused by name', async () => {
    answers['PUT /api/v1/courses/7/pictures/blind-spot.jpg'] = { status: 204 }
    await visit.show(PictureShelf, { course: 7 })
    await choose('picture-file', file('Blind Spot.JPEG', 10), file('c.gif', 10), file('d.png', MB + 1))
    expect(asked.some((one) => one.name === 'PUT /api/v1/courses/7/pictures/blind-spot.jpg')).toBe(true)
    expect(parts('picture-refused').map((one) => one.text())).toEqual([
      'c.gif is no SVG, PNG or JPG',
      'd.png has more than 1 MB; make it smaller',
    ])
  })
  test('that a lesson shows stay, others are removed', async () => {
    answers['DELETE /api/v1/courses/7/pictures/b.png'] = { status: 204 }
    await visit.show(PictureShelf, { course: 7 })
    expect(parts('picture-row')[0].text()).toContain('Shown by a lesson')
    expect(parts('picture-remove')).toHaveLength(1)
    await part('picture-remove').trigger('click')
    await flushPromises()
    expect(asked.some((one) => one.name === 'DELETE /api/v1/courses/7/pictures/b.png')).toBe(true)
  })
  test('are none at first, and say so', async () => {
    answers['GET /api/v1/courses/7/pictures'] = { body: { pictures: [] } }
    await visit.show(PictureShelf, { course: 7 })
    expect(part('pictures-empty').exists()).toBe(true)
  })
})

/** The server's side of an upload: pieces of a megabyte, one after the other. */
class Videos {
  stored = new Map<string, { name: string; size: number; received: number }>()
  calls: string[] = []
  /** Cuts the line for so many pieces. */
  cuts = 0
  private readonly state = (id: string) => {
    const one = this.stored.get(id)!
    return { id, ...one, complete: one.received === one.size, type: null, made_at: '2026-11-22T00:00:00Z' }
  }
  fetch = async (path: string, init: RequestInit): Promise<Response> => {
    const method = init.method ?? 'GET'
    this.calls.push(`${method} ${path}`)
    const answer = (status: number, body?: unknown) =>
      new Response(body === undefined ? null : JSON.stringify(body), { status })
    const id = /course-videos\/(\w+)/.exec(path)?.[1] ?? ''
    if (path.endsWith('/courses/7/videos') && method === 'GET')
      return answer(200, { videos: [...this.stored.keys()].map(this.state) })
    if (method === 'POST') {
      const given = JSON.parse(String(init.body)) as { name: string; size: number }
      const made = `v${this.stored.size + 1}`
      this.stored.set(made, { ...given, received: 0 })
      return answer(201, { id: made, received: 0, size: given.size, piece_bytes: MB })
    }
    if (method === 'DELETE') return answer(this.stored.delete(id) ? 204 : 404)
    if (method === 'GET') return answer(200, this.state(id))
    if (this.cuts-- > 0) throw new TypeError('network')
    const one = this.stored.get(id)!
    const offset = Number(/offset=(\d+)/.exec(path)![1])
    if (offset !== one.received)
      return answer(409, { type: 'urn:haulwatch:problem:video-offset', received: one.received })
    one.received += (init.body as Blob).size
    return answer(200, this.state(id))
  }
}

describe('videos of a course', () => {
  let server: Videos
  beforeEach(() => {
    vi.useFakeTimers()
    server = new Videos()
    vi.stubGlobal('fetch', server.fetch)
  })
  afterEach(() => vi.useRealTimers())
  const pieces = () => server.calls.filter((one) => one.startsWith('PATCH'))

  test('arrive piece by piece and stand in the list then', async () => {
    await visit.show(VideoShelf, { course: 7 })
    expect(part('videos-empty').exists()).toBe(true)
    await choose('video-file', file('ice.mp4', 2.5 * MB))
    await vi.advanceTimersByTimeAsync(0)
    expect(pieces()).toHaveLength(3)
    expect(part('upload-row').exists()).toBe(false)
    expect(part('video-row').text()).toMatch(/ice\.mp4.*2\.5 MB/)
    expect(part('video-row').attributes('data-complete')).toBe('true')
  })
  test('wait and say why while the line is cut, and go on by themselves', async () => {
    server.cuts = 1
    await visit.show(VideoShelf, { course: 7 })
    await choose('video-file', file('ice.mp4', 2 * MB))
    expect(part('upload-row').attributes('data-stage')).toBe('waiting')
    expect(part('upload-why').text()).toContain('tried again in a moment')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(part('video-row').attributes('data-complete')).toBe('true')
  })
  test('wait for a button once the line stays cut', async () => {
    server.cuts = 7
    await visit.show(VideoShelf, { course: 7 })
    await choose('video-file', file('ice.mp4', 2 * MB))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(part('upload-row').attributes('data-stage')).toBe('cut')
    await part('upload-go').trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    expect(part('video-row').attributes('data-complete')).toBe('true')
  })
  test('go on where they were when the same file is chosen another day', async () => {
    server.stored.set('v1', { name: 'ice.mp4', size: 3 * MB, received: 2 * MB })
    await visit.show(VideoShelf, { course: 7 })
    expect(part('video-row').text()).toContain('choose the same file again')
    await choose('video-file', file('ice.mp4', 3 * MB))
    await vi.advanceTimersByTimeAsync(0)
    expect(pieces()).toEqual([`PATCH /api/v1/course-videos/v1?offset=${2 * MB}`])
    expect(server.stored.size).toBe(1)
  })
  test('are given up with what has arrived of them', async () => {
    server.cuts = 1
    await visit.show(VideoShelf, { course: 7 })
    await choose('video-file', file('ice.mp4', 2 * MB))
    await part('upload-pause').trigger('click')
    expect(part('upload-row').text()).toContain('Paused')
    await part('upload-cancel').trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    expect(server.stored.size).toBe(0)
    expect(part('upload-row').exists()).toBe(false)
  })
  test('are films, whatever else is chosen', async () => {
    await visit.show(VideoShelf, { course: 7 })
    await choose('video-file', file('ice.mov', MB))
    expect(part('video-failure').text()).toContain('no MP4 or WebM')
    expect(server.calls.filter((one) => one.startsWith('POST'))).toEqual([])
  })
})
