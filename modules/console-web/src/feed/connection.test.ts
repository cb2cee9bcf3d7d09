import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Connection, waitBeforeAttempt } from './connection'

class FakeSocket {
  static made: FakeSocket[] = []
  binaryType = ''
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  closedWith = 0
  constructor(readonly url: string) {
    FakeSocket.made.push(this)
  }
  close(code: number): void {
    this.closedWith = code
  }
}
const lost: number[] = []
let ended = 0
let got = 0
let connection: Connection

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.spyOn(Math, 'random').mockReturnValue(0)
  FakeSocket.made = []
  lost.length = 0
  ended = got = 0
  connection = new Connection(() => 'ws://host/ws/fleet', {
    opened() {},
    message: () => got++,
    lost: (at) => lost.push(at - Date.now()),
    sessionEnded: () => ended++,
  })
})
afterEach(() => {
  connection.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})
const latest = () => FakeSocket.made[FakeSocket.made.length - 1]

describe('the line to the server', () => {
  test('waits 1, 2, 4, 8 and then 15 seconds, at most a fifth less', () => {
    expect([0, 1, 2, 3, 4, 50].map((n) => waitBeforeAttempt(n, 0))).toEqual([1000, 2000, 4000, 8000, 15000, 15000])
    expect(waitBeforeAttempt(0, 1)).toBe(800)
  })

  test('tries again after each closing and starts over once something was heard', () => {
    connection.start()
    latest().onclose?.({ code: 1006 })
    vi.advanceTimersByTime(1000)
    latest().onclose?.({ code: 1006 })
    vi.advanceTimersByTime(2000)
    expect(FakeSocket.made).toHaveLength(3)
    latest().onmessage?.({ data: 'x' })
    latest().onclose?.({ code: 1006 })
    expect(lost).toEqual([1000, 2000, 1000])
    expect(got).toBe(1)
  })

  test('silence for 15 seconds counts as a lost line', () => {
    connection.start()
    vi.advanceTimersByTime(15_000)
    expect(latest().closedWith).toBe(4000)
    expect(lost).toEqual([1000])
  })

  test('the end of the session stops all attempts', () => {
    connection.start()
    latest().onclose?.({ code: 4001 })
    vi.advanceTimersByTime(60_000)
    expect(ended).toBe(1)
    expect(FakeSocket.made).toHaveLength(1)
  })

  test('a stopped connection stays stopped', () => {
    connection.start()
    connection.stop()
    vi.advanceTimersByTime(60_000)
    expect(FakeSocket.made).toHaveLength(1)
  })
})
