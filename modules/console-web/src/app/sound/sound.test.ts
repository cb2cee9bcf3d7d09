// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest'
import type { AlarmRow } from '@/api/types'
import { QUIET_MS } from './bell'
import type { Player } from './chime'
import { soundOf } from './sound'

const alarm = (id: string): AlarmRow =>
  ({ id, severity: 4, state: 'open', handling: 'new', ended_by: null }) as unknown as AlarmRow
class Loudspeaker implements Player {
  rung = 0
  ended = 0
  changed: (running: boolean) => void = () => {}
  constructor(private readonly lets: boolean) {}
  begin(changed: (running: boolean) => void): Promise<boolean> {
    this.changed = changed
    return Promise.resolve(this.lets)
  }
  ring(): void {
    this.rung++
  }
  end(): void {
    this.ended++
  }
}
let now = 0
const made = (lets = true) => {
  const player = new Loudspeaker(lets)
  return { player, sound: soundOf(player, () => now) }
}
beforeEach(() => {
  now = 0
  localStorage.clear()
})

test('before a shift begins nothing sounds, and what came then is no news afterwards', async () => {
  const { player, sound } = made()
  expect(sound.state.value).toBe('off')
  sound.came(alarm('a'))
  expect(player.rung).toBe(0)
  await sound.begin()
  expect(sound.state.value).toBe('on')
  expect(player.rung).toBe(1)
  sound.came(alarm('a'))
  expect(player.rung).toBe(1)
  sound.came(alarm('b'))
  expect(player.rung).toBe(2)
})
test('muted it says so, makes no sound and does not make up for it; the choice is kept', async () => {
  const { player, sound } = made()
  await sound.begin()
  sound.toggleMute()
  expect(sound.state.value).toBe('muted')
  sound.came(alarm('a'))
  sound.toggleMute()
  now = QUIET_MS
  sound.look()
  expect(player.rung).toBe(1)
  sound.toggleMute()
  const next = made()
  await next.sound.begin()
  expect(next.sound.state.value).toBe('muted')
  expect(next.player.rung).toBe(0)
})
test('a browser that lets nothing be heard is told of, at the begin and later', async () => {
  const { player, sound } = made(false)
  await sound.begin()
  expect(sound.state.value).toBe('blocked')
  expect(player.rung).toBe(0)
  const other = made()
  await other.sound.begin()
  other.player.changed(false)
  expect(other.sound.state.value).toBe('blocked')
})
test('it ends with the shift', async () => {
  const { player, sound } = made()
  await sound.begin()
  sound.end()
  expect(sound.state.value).toBe('off')
  expect(player.ended).toBe(1)
})
