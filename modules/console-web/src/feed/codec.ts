/**
 * Reads the frames of the live feed; the layout is docs/live-feed.md. No DOM in here, so that it can move into a worker.
 * Frames are decoded into a sink call per truck: no object is made for a truck.
 */

export const HEADER_BYTES = 24
export const SNAPSHOT_ROW_BYTES = 18
const MAGIC = 0x48
const VERSION = 1

export const FrameType = { SNAPSHOT: 1, DELTA: 2, GONE: 3, DICT: 4, AGG: 5, HEARTBEAT: 6 } as const
export type FrameType = (typeof FrameType)[keyof typeof FrameType]

export const State = {
  ONLINE: 1,
  MOVING: 2,
  ACC: 4,
  FIX: 8,
  LOADED: 16,
  IN_ZONE: 32,
  CAMERA_FAULT: 64,
  NO_NEW_REPORT: 128,
} as const

export type FrameFault =
  | 'bad_magic'
  | 'bad_version'
  | 'bad_type'
  | 'truncated'
  | 'bad_length'
  | 'bad_varint'
  | 'bad_json'

/** A frame that does not follow the layout. The connection it came from cannot be trusted any more. */
export class FrameError extends Error {
  constructor(
    readonly fault: FrameFault,
    detail: string,
  ) {
    super(`${fault}: ${detail}`)
  }
}

export interface FrameHeader {
  type: FrameType
  flags: number
  epoch: number
  seq: number
  count: number
  /** Server clock, milliseconds since 1970, UTC. */
  serverTimeMs: number
}

/** [slot, vehicle id, plate, company id, vehicle class] */
export type DictionaryVehicle = [number, number, string, number, string]
export interface DictionaryPatch {
  vehicles: DictionaryVehicle[]
  companies: [number, string][]
}

export type SnapshotSink = (
  slot: number,
  lonMicrodeg: number,
  latMicrodeg: number,
  speed: number,
  heading: number,
  state: number,
  risk: number,
  ageSeconds: number,
) => void

/** Differences are in 1e-5 degrees against the last transmitted place of the slot. */
export type DeltaSink = (
  slot: number,
  dLon: number,
  dLat: number,
  speed: number,
  heading: number,
  state: number,
  risk: number,
) => void

export function readHeader(bytes: Uint8Array): FrameHeader {
  if (bytes.length < HEADER_BYTES) throw new FrameError('truncated', `length=${bytes.length}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes[0] !== MAGIC) throw new FrameError('bad_magic', `magic=${bytes[0]}`)
  if (bytes[1] !== VERSION) throw new FrameError('bad_version', `version=${bytes[1]}`)
  const type = bytes[2]
  if (type < FrameType.SNAPSHOT || type > FrameType.HEARTBEAT) throw new FrameError('bad_type', `type=${type}`)
  return {
    type: type as FrameType,
    flags: bytes[3],
    epoch: view.getUint32(4, true),
    seq: view.getUint32(8, true),
    count: view.getUint32(12, true),
    serverTimeMs: view.getFloat64(16, true),
  }
}

export function readSnapshot(bytes: Uint8Array, count: number, sink: SnapshotSink): void {
  if (bytes.length !== HEADER_BYTES + count * SNAPSHOT_ROW_BYTES) {
    throw new FrameError('bad_length', `count=${count} length=${bytes.length}`)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let i = 0, at = HEADER_BYTES; i < count; i++, at += SNAPSHOT_ROW_BYTES) {
    sink(
      view.getUint32(at, true),
      view.getInt32(at + 4, true),
      view.getInt32(at + 8, true),
      bytes[at + 12],
      bytes[at + 13],
      bytes[at + 14],
      bytes[at + 15],
      view.getUint16(at + 16, true),
    )
  }
}

/** Where a varint column is being read. */
class Cursor {
  constructor(
    readonly bytes: Uint8Array,
    public at: number,
  ) {}

  varint(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      if (this.at >= this.bytes.length) throw new FrameError('truncated', `offset=${this.at}`)
      const byte = this.bytes[this.at++]
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value >>> 0
    }
    throw new FrameError('bad_varint', `offset=${this.at}`)
  }

  zigzag(): number {
    const n = this.varint()
    return (n >>> 1) ^ -(n & 1)
  }
}

let slots = new Uint32Array(0)
let dLons = new Int32Array(0)
let dLats = new Int32Array(0)

function reserve(count: number): void {
  if (slots.length >= count) return
  const size = Math.max(4096, 1 << Math.ceil(Math.log2(count)))
  slots = new Uint32Array(size)
  dLons = new Int32Array(size)
  dLats = new Int32Array(size)
}

function readSlots(cursor: Cursor, count: number): void {
  // Each slot takes at least one byte: a count beyond the bytes is refused before memory is reserved for it.
  if (count > cursor.bytes.length - cursor.at) throw new FrameError('truncated', `count=${count}`)
  reserve(count)
  let slot = 0
  for (let i = 0; i < count; i++) {
    slot += cursor.varint()
    slots[i] = slot
  }
}

export function readDelta(bytes: Uint8Array, count: number, sink: DeltaSink): void {
  const cursor = new Cursor(bytes, HEADER_BYTES)
  readSlots(cursor, count)
  for (let i = 0; i < count; i++) dLons[i] = cursor.zigzag()
  for (let i = 0; i < count; i++) dLats[i] = cursor.zigzag()
  const speeds = cursor.at
  const left = bytes.length - speeds
  if (left < 4 * count) throw new FrameError('truncated', `count=${count} left=${left}`)
  if (left > 4 * count) throw new FrameError('bad_length', `count=${count} left=${left}`)
  for (let i = 0; i < count; i++) {
    sink(
      slots[i],
      dLons[i],
      dLats[i],
      bytes[speeds + i],
      bytes[speeds + count + i],
      bytes[speeds + 2 * count + i],
      bytes[speeds + 3 * count + i],
    )
  }
}

export function readGone(bytes: Uint8Array, count: number, sink: (slot: number) => void): void {
  const cursor = new Cursor(bytes, HEADER_BYTES)
  readSlots(cursor, count)
  if (cursor.at !== bytes.length) throw new FrameError('bad_length', `count=${count} length=${bytes.length}`)
  for (let i = 0; i < count; i++) sink(slots[i])
}

export function readDictionary(bytes: Uint8Array): DictionaryPatch {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(HEADER_BYTES))) as DictionaryPatch
  } catch (cause) {
    throw new FrameError('bad_json', String(cause))
  }
}
