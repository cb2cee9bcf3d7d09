/**
 * A WebSocket that is opened again and again until it is told to stop: after 1, 2, 4, 8, at most 15 s, each with up to 20 % taken
 * off so that a restarted server is not met by all desks at once.
 */
export const CLOSE_SESSION_ENDED = 4001
export const CLOSE_BROKEN_FRAME = 4002
const SILENCE_MS = 15_000
const LONGEST_WAIT_MS = 15_000

export interface ConnectionEvents {
  opened(): void
  message(data: ArrayBuffer | string): void
  /** The line is gone; the next attempt is made at the given local time. */
  lost(nextAttemptAt: number): void
  sessionEnded(): void
}

export function waitBeforeAttempt(attempt: number, random: number): number {
  const base = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** Math.min(attempt, 10))
  return Math.round(base * (1 - 0.2 * random))
}

export class Connection {
  private socket: WebSocket | null = null
  private attempt = 0
  private retryTimer: ReturnType<typeof setTimeout> | undefined
  private silenceTimer: ReturnType<typeof setTimeout> | undefined
  private stopped = true

  constructor(
    /** Asked anew before each attempt, because an alarm stream resumes after its newest cursor. */
    private readonly address: () => string,
    private readonly events: ConnectionEvents,
    private readonly silenceMs = SILENCE_MS,
    /** Asked for beside the one that needs no name; asked anew before each attempt. */
    private readonly protocols: () => string[] = () => [],
  ) {}

  start(): void {
    if (!this.stopped) return
    this.stopped = false
    this.attempt = 0
    this.open()
  }

  stop(): void {
    this.stopped = true
    clearTimeout(this.retryTimer)
    clearTimeout(this.silenceTimer)
    const socket = this.socket
    this.socket = null
    socket?.close(1000)
  }

  /** Tries at once instead of waiting for the next attempt. */
  retryNow(): void {
    if (this.stopped || this.socket) return
    clearTimeout(this.retryTimer)
    this.open()
  }

  /** Drops the line and connects again, for instance after a frame that could not be read. */
  restart(code: number): void {
    const socket = this.socket
    if (!socket) return
    this.forget(socket)
    socket.close(code)
    this.scheduleRetry()
  }

  private open(): void {
    let socket: WebSocket
    try {
      socket = new WebSocket(this.address(), this.protocols())
    } catch {
      this.scheduleRetry()
      return
    }
    socket.binaryType = 'arraybuffer'
    this.socket = socket
    this.listenForSilence(socket)
    socket.onopen = () => {
      if (socket !== this.socket) return
      this.events.opened()
    }
    socket.onmessage = (event: MessageEvent<ArrayBuffer | string>) => {
      if (socket !== this.socket) return
      this.attempt = 0
      this.listenForSilence(socket)
      this.events.message(event.data)
    }
    socket.onclose = (event) => {
      if (socket !== this.socket) return
      this.forget(socket)
      if (event.code === CLOSE_SESSION_ENDED) {
        this.stopped = true
        this.events.sessionEnded()
      } else {
        this.scheduleRetry()
      }
    }
  }

  private listenForSilence(socket: WebSocket): void {
    clearTimeout(this.silenceTimer)
    this.silenceTimer = setTimeout(() => {
      if (socket === this.socket) this.restart(4000)
    }, this.silenceMs)
  }

  private forget(socket: WebSocket): void {
    clearTimeout(this.silenceTimer)
    socket.onopen = socket.onmessage = socket.onclose = null
    this.socket = null
  }

  private scheduleRetry(): void {
    if (this.stopped) return
    const wait = waitBeforeAttempt(this.attempt++, Math.random())
    this.events.lost(Date.now() + wait)
    clearTimeout(this.retryTimer)
    this.retryTimer = setTimeout(() => this.open(), wait)
  }
}

export const socketAddress = (path: string): string =>
  `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}`
