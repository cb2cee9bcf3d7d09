import { describe, expect, test } from 'vitest'
import { boxOf, momentOf } from './area'
import { cutFilm, FilmPlayer } from './film'

const T0 = 1_763_700_000_000

/** A frame by hand, from docs/live-feed.md: header, then the body's bytes. */
function frame(type: number, seq: number, count: number, at: number, body: number[]): number[] {
  const bytes = new Uint8Array(24 + body.length)
  const view = new DataView(bytes.buffer)
  bytes.set([0x48, 1, type, 0])
  view.setUint32(4, 1, true)
  view.setUint32(8, seq, true)
  view.setUint32(12, count, true)
  view.setFloat64(16, at, true)
  bytes.set(body, 24)
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, bytes.length, true)
  return [...length, ...bytes]
}
const le32 = (n: number) => [n & 255, (n >> 8) & 255, (n >> 16) & 255, (n >> 24) & 255]
const json = [...new TextEncoder().encode('{"vehicles":[[0,7,"渝B12345",1,"GENERAL"]],"companies":[[1,"甲"]]}')]
const film = new Uint8Array([
  ...frame(1, 0, 1, T0, [...le32(0), ...le32(106_500_000), ...le32(29_500_000), 60, 0, 11, 248, 5, 0]),
  ...frame(4, 1, 1, T0, json),
  // 0.001 degrees east: zigzag 200, as a varint C8 01.
  ...frame(2, 2, 1, T0 + 10_000, [0, 0xc8, 0x01, 0, 72, 64, 11, 248]),
  ...frame(3, 3, 1, T0 + 20_000, [0]),
  ...frame(6, 3, 0, T0 + 60_000, []),
]).buffer

describe('the film of an area', () => {
  test('is cut at its lengths and knows its span and its trucks', () => {
    const cut = cutFilm(film)
    expect(cut.frames.length).toBe(5)
    expect([cut.from, cut.to, cut.trucks]).toEqual([T0, T0 + 60_000, 1])
  })
  test('plays forward and back by the same code as the live line', () => {
    const player = new FilmPlayer()
    player.load(cutFilm(film))
    expect(player.fleet.lon5[0]).toBe(10_650_000)
    expect(player.fleet.plate[0]).toBe('渝B12345')
    player.seek(T0 + 10_000)
    expect([player.fleet.lon5[0], player.fleet.speed[0]]).toEqual([10_650_100, 72])
    player.seek(T0 + 25_000)
    expect(player.fleet.present[0]).toBe(0)
    player.seek(T0 + 5_000)
    expect([player.fleet.present[0], player.fleet.lon5[0]]).toEqual([1, 10_650_000])
    player.seek(T0 + 9_999_999)
    expect(player.at).toBe(T0 + 60_000)
  })
  test('is refused when it ends early', () => {
    expect(() => cutFilm(film.slice(0, 60))).toThrow('ends early')
    expect(() => cutFilm(new ArrayBuffer(0))).toThrow('empty')
  })
})
test('addresses name a box and a moment, or nothing', () => {
  expect(boxOf('106,29,107,30')).toEqual([106, 29, 107, 30])
  for (const bad of ['107,29,106,30', '1,2,3', 'a,b,c,d', undefined]) expect(boxOf(bad)).toBeNull()
  expect(momentOf('2026-11-21 03:10')).toBe('2026-11-21 03:10')
  for (const bad of ['2026-11-21', '2026-13-41 03:10', undefined]) expect(momentOf(bad)).toBeNull()
})
