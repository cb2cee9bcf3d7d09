import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, watch } from 'vue'
import type { AlarmRow } from '@/api/types'
import { useLive } from '@/app/live'
import { useSession } from '@/app/session'
import { CriticalBell } from './bell'
import { Chime, type Player } from './chime'

/** off: no shift has begun in this window; blocked: the browser lets nothing be heard. */
export type SoundState = 'off' | 'on' | 'muted' | 'blocked'

const MUTED = 'haulwatch.sound'
function storedMute(): boolean {
  try {
    return localStorage.getItem(MUTED) === 'muted'
  } catch {
    return false
  }
}
function storeMute(muted: boolean): void {
  try {
    localStorage.setItem(MUTED, muted ? 'muted' : 'on')
  } catch {
    // Storage may be forbidden: the choice then lasts as long as the page.
  }
}

/** The sound of the desk: begun by a click, for critical alarms only. @param clock milliseconds that nobody sets */
export function soundOf(player: Player, clock: () => number) {
  const begun = ref(false)
  const heard = ref(false)
  const muted = ref(storedMute())
  const state = computed<SoundState>(() =>
    !begun.value ? 'off' : muted.value ? 'muted' : heard.value ? 'on' : 'blocked',
  )
  const bell = new CriticalBell(() => {
    if (!muted.value) player.ring()
  })

  /** Only out of a click. It sounds once, so that one knows what to listen for and that the loudspeaker is on. */
  async function begin(): Promise<void> {
    begun.value = true
    heard.value = await player.begin((running) => (heard.value = running))
    if (heard.value && !muted.value) player.ring()
  }
  function toggleMute(): void {
    muted.value = !muted.value
    storeMute(muted.value)
  }
  function end(): void {
    begun.value = heard.value = false
    player.end()
  }
  function came(alarm: AlarmRow): void {
    if (begun.value) bell.came(alarm, clock())
    else bell.knows([alarm])
  }
  return {
    state,
    begin,
    toggleMute,
    end,
    came,
    knows: (alarms: readonly AlarmRow[]) => bell.knows(alarms),
    handled: (id: string) => bell.handled(id),
    look: () => bell.look(clock()),
  }
}

export const useSound = defineStore('sound', () => soundOf(new Chime(), () => performance.now()))

/** Listens for whoever works at the desk, whichever page is open. */
export function useCriticalSound(): void {
  const live = useLive()
  const session = useSession()
  const sound = useSound()
  let seen = live.arrivalNumber
  watch(
    () => live.arrivalNumber,
    (number) => {
      const fresh = live.arrivals.slice(0, Math.min(live.arrivals.length, number - seen))
      seen = number
      if (session.mayWorkAtDesk) for (const alarm of [...fresh].reverse()) sound.came(alarm)
    },
  )
  watch(
    () => live.lastHandled,
    (last) => last && sound.handled(last.id),
  )
  watch(
    () => live.nowMs,
    () => sound.look(),
  )
  onScopeDispose(() => sound.end())
}
