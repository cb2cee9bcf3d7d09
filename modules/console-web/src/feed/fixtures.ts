import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Bytes of a fixture: hex digits, blanks and comment lines do not count. Used by tests only. */
export function fixtureBytes(name: string): Uint8Array {
  const path = fileURLToPath(new URL(`./fixtures/${name}.hex`, import.meta.url))
  const digits = readFileSync(path, 'utf8').replace(/^#.*$/gm, '').replace(/\s+/g, '')
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16))
}

export function fixtureMeaning<T>(name: string): T {
  return JSON.parse(readFileSync(fileURLToPath(new URL(`./fixtures/${name}.json`, import.meta.url)), 'utf8')) as T
}

/** Mulberry32, so that a printed seed replays a test. */
export function seeded(seed: number): () => number {
  let a = seed | 0
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A slow, plain encoder for property tests; the layout is docs/live-feed.md. */
export interface PlainUpdate {
  slot: number
  dLon: number
  dLat: number
  speed: number
  heading: number
  state: number
  risk: number
}
export function frame(
  type: number,
  seq: number,
  count: number,
  body: number[],
  epoch = 7,
  time = 1_795_200_000_000,
): Uint8Array {
  const bytes = new Uint8Array(24 + body.length)
  const view = new DataView(bytes.buffer)
  bytes.set([0x48, 1, type, 0])
  view.setUint32(4, epoch, true)
  view.setUint32(8, seq, true)
  view.setUint32(12, count, true)
  view.setFloat64(16, time, true)
  bytes.set(body, 24)
  return bytes
}
export function plainVarint(value: bigint): number[] {
  const out: number[] = []
  let rest = value
  do {
    const low = Number(rest & 127n)
    rest >>= 7n
    out.push(rest > 0n ? low | 128 : low)
  } while (rest > 0n)
  return out
}
export const plainZigzag = (n: number): number[] => plainVarint(n >= 0 ? BigInt(n) * 2n : BigInt(-n) * 2n - 1n)
export function plainDelta(updates: PlainUpdate[], seq = 1, epoch = 7, time?: number): Uint8Array {
  const body = [
    ...updates.flatMap((u, i) => plainVarint(BigInt(u.slot - (i === 0 ? 0 : updates[i - 1].slot)))),
    ...updates.flatMap((u) => plainZigzag(u.dLon)),
    ...updates.flatMap((u) => plainZigzag(u.dLat)),
    ...updates.map((u) => u.speed),
    ...updates.map((u) => u.heading),
    ...updates.map((u) => u.state),
    ...updates.map((u) => u.risk),
  ]
  return frame(2, seq, updates.length, body, epoch, time)
}
