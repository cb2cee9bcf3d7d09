import { describe, expect, test } from 'vitest'
import { ApiError } from '@/api/client'
import { BACKOFF_MS, SMALL_PIECE, Upload, type Clock, type Progress, type Wire } from './upload'

const MB = 1024 * 1024
const line = () => new ApiError(0, { title: 'unreachable' })
const film = (megabytes: number) => new File([new Uint8Array(megabytes * MB)], 'a.mp4')

/** Takes pieces as the server does: one that does not follow what is there is refused with where it stands. */
class Server implements Wire {
  received = 0
  begun = 0
  offsets: number[] = []
  /** What goes wrong with the piece to come: before it arrives, or its answer. */
  trouble: { before?: unknown; after?: unknown }[] = []
  constructor(
    readonly size: number,
    readonly pieceBytes: number | null = 2 * MB,
  ) {}
  state = () => ({
    id: 'v1',
    received: this.received,
    size: this.size,
    ...(this.pieceBytes === null ? {} : { piece_bytes: this.pieceBytes }),
  })
  begin = async () => {
    this.begun++
    return this.state()
  }
  look = async () => this.state()
  piece = async (_id: string, offset: number, bytes: Blob) => {
    const wrong = this.trouble.shift()
    if (wrong?.before) throw wrong.before
    if (offset !== this.received) throw new ApiError(409, { received: this.received })
    this.offsets.push(offset)
    this.received += bytes.size
    if (wrong?.after) throw wrong.after
    return { ...this.state(), complete: this.received === this.size }
  }
}
/** Each piece takes a second; waits are over at once and noted. */
class Hand implements Clock {
  at = 0
  waits: number[] = []
  now = () => (this.at += 1_000)
  wait = async (ms: number) => void this.waits.push(ms)
}
const send = (server: Wire, file: File, id: string | null = null) => {
  const said: Progress[] = []
  const clock = new Hand()
  const upload = new Upload(file, server, clock, (progress) => said.push(progress), id)
  return { upload, said, clock, last: () => said.at(-1)! }
}

describe('a file that is sent in pieces', () => {
  test('arrives whole, with the time that is left', async () => {
    const server = new Server(5 * MB)
    const { upload, said, last } = send(server, film(5))
    await upload.go()
    expect(server.offsets).toEqual([0, 2 * MB, 4 * MB])
    expect(last()).toMatchObject({ stage: 'done', received: 5 * MB, cause: null })
    // Two megabytes a second, three to go.
    expect(said.find((one) => one.received === 2 * MB)?.secondsLeft).toBe(2)
  })
  test('goes on where the server has arrived when an answer was lost', async () => {
    const server = new Server(4 * MB)
    server.trouble = [{ after: line() }]
    const { upload, clock, last } = send(server, film(4))
    await upload.go()
    expect(server.offsets).toEqual([0, 2 * MB])
    expect(clock.waits).toEqual([BACKOFF_MS[0]])
    expect(last().stage).toBe('done')
  })
  test('waits longer each time, and then for somebody', async () => {
    const server = new Server(4 * MB)
    server.trouble = Array.from({ length: BACKOFF_MS.length + 1 }, () => ({ before: line() }))
    const { upload, clock, said, last } = send(server, film(4))
    await upload.go()
    expect(clock.waits).toEqual(BACKOFF_MS)
    expect(said.filter((one) => one.stage === 'waiting')).toHaveLength(BACKOFF_MS.length)
    expect(last()).toMatchObject({ stage: 'cut', received: 0 })
    await upload.go()
    expect(last().stage).toBe('done')
    expect(server.begun).toBe(1)
  })
  test('waits no longer than before once a piece got through', async () => {
    const server = new Server(6 * MB)
    server.trouble = [{ before: line() }, {}, { before: line() }]
    const { upload, clock } = send(server, film(6))
    await upload.go()
    expect(clock.waits).toEqual([BACKOFF_MS[0], BACKOFF_MS[0]])
  })
  test('is not tried again when the server does not want it', async () => {
    const server = new Server(4 * MB)
    server.trouble = [{ before: new ApiError(422, { type: 'urn:haulwatch:problem:video-type' }) }]
    const { upload, clock, last } = send(server, film(4))
    await upload.go()
    expect(clock.waits).toEqual([])
    expect(last().stage).toBe('refused')
  })
  test('waits for a sign-in without trying on', async () => {
    const server = new Server(4 * MB)
    server.trouble = [{ before: new ApiError(401, {}) }]
    const { upload, clock, last } = send(server, film(4))
    await upload.go()
    expect(clock.waits).toEqual([])
    expect(last().stage).toBe('cut')
    await upload.go()
    expect(last().stage).toBe('done')
  })
  test('is not sent for ever to a server that never agrees where it stands', async () => {
    const server = new Server(4 * MB)
    server.piece = async () => {
      throw new ApiError(409, { received: 0 })
    }
    const { upload, last } = send(server, film(4))
    await upload.go()
    expect(last().stage).toBe('refused')
  })
  test('stands still when it is paused and goes on from there', async () => {
    const server = new Server(6 * MB)
    const { upload, last } = send(server, film(6))
    const piece = server.piece
    server.piece = async (id, offset, bytes) => {
      const found = await piece(id, offset, bytes)
      if (offset === 0) upload.pause()
      return found
    }
    await upload.go()
    expect(last()).toMatchObject({ stage: 'paused', received: 2 * MB })
    expect(server.offsets).toEqual([0])
    await upload.go()
    expect(last().stage).toBe('done')
    expect(server.offsets).toEqual([0, 2 * MB, 4 * MB])
  })
  test('is never sent twice at once, however fast somebody presses', async () => {
    const server = new Server(4 * MB)
    const { upload, last } = send(server, film(4))
    const first = upload.go()
    upload.pause()
    await Promise.all([first, upload.go(), upload.go()])
    expect(server.begun).toBe(1)
    expect(server.offsets).toEqual([0, 2 * MB])
    expect(last().stage).toBe('done')
  })
  test('of which only the end has to be said is through with a piece of nothing', async () => {
    const server = new Server(2 * MB)
    server.received = 2 * MB
    const state = server.state
    server.look = async () => ({ ...state(), complete: false })
    const { upload, last } = send(server, film(2), 'v1')
    await upload.go()
    expect(server.offsets).toEqual([2 * MB])
    expect(last().stage).toBe('done')
  })
  test('that was begun another day goes on after what is there', async () => {
    const server = new Server(3 * MB, null)
    server.received = 2 * MB
    const { upload, last } = send(server, film(3), 'v1')
    await upload.go()
    expect(server.begun).toBe(0)
    expect(server.offsets).toEqual([2 * MB])
    expect(SMALL_PIECE).toBe(MB)
    expect(last().stage).toBe('done')
  })
})
