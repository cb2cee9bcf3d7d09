import { FrameType, readDelta, readDictionary, readGone, readHeader, readSnapshot, type FrameHeader } from './codec'
import type { Fleet } from './fleet'

/** What the connection should do after a frame. */
export type FrameOutcome = 'applied' | 'ignored' | 'gap'

/**
 * Applies frames to a fleet in order. A jump of `seq` or a new epoch means that something is missing: changes are ignored
 * until the next snapshot.
 */
export class FleetStream {
  epoch = -1
  private seq = -1
  private whole = false
  /** Server time of the newest data, milliseconds; 0 before the first. */
  dataTimeMs = 0
  /** Server clock minus local clock at the last frame, milliseconds. */
  clockOffsetMs = 0

  constructor(
    readonly fleet: Fleet,
    private readonly now: () => number = Date.now,
  ) {}

  /** True while changes are being ignored for want of a snapshot. */
  get waiting(): boolean {
    return !this.whole
  }

  /** To be called when a connection opens: what came before does not count towards its order. */
  restart(): void {
    this.whole = false
    this.seq = -1
  }

  accept(bytes: Uint8Array): FrameOutcome {
    const header = readHeader(bytes)
    this.clockOffsetMs = header.serverTimeMs - this.now()
    switch (header.type) {
      case FrameType.SNAPSHOT:
        return this.snapshot(bytes, header)
      case FrameType.DICT:
        this.fleet.name(readDictionary(bytes))
        return this.follows(header) ? 'applied' : 'gap'
      case FrameType.HEARTBEAT:
        return this.whole && header.epoch === this.epoch && header.seq === this.seq ? 'applied' : this.lost()
      case FrameType.AGG:
        return 'ignored'
      case FrameType.GONE:
        if (!this.follows(header)) return 'gap'
        readGone(bytes, header.count, (slot) => this.fleet.remove(slot))
        return 'applied'
      case FrameType.DELTA: {
        if (!this.follows(header)) return 'gap'
        const { fleet } = this
        const { serverTimeMs } = header
        readDelta(bytes, header.count, (slot, dLon, dLat, speed, heading, state, risk) =>
          fleet.move(slot, dLon, dLat, speed, heading, state, risk, serverTimeMs),
        )
        this.dataTimeMs = serverTimeMs
        return 'applied'
      }
    }
  }

  private snapshot(bytes: Uint8Array, header: FrameHeader): FrameOutcome {
    let leastAge = Infinity
    const { fleet } = this
    fleet.clear()
    readSnapshot(bytes, header.count, (slot, lon, lat, speed, heading, state, risk, age) => {
      fleet.place(slot, lon, lat, speed, heading, state, risk, header.serverTimeMs - age * 1000)
      if (age < leastAge) leastAge = age
    })
    fleet.snapshotDone()
    this.epoch = header.epoch
    this.seq = header.seq
    this.whole = true
    if (Number.isFinite(leastAge)) this.dataTimeMs = header.serverTimeMs - leastAge * 1000
    return 'applied'
  }

  private follows(header: FrameHeader): boolean {
    if (!this.whole) return false
    if (header.epoch !== this.epoch || header.seq !== (this.seq + 1) >>> 0) {
      this.whole = false
      return false
    }
    this.seq = header.seq
    return true
  }

  private lost(): FrameOutcome {
    this.whole = false
    return 'gap'
  }
}
