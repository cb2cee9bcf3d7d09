import { ref, shallowRef } from 'vue'
import { post, Refused } from '../api/client'
import type { Beat, Study } from '../api/types'
import { randomName } from '../device'
import { LessonPlayer, type Pause } from './player'

/** What a lesson's page shows of its time. */
export interface Shown {
  position_s: number
  reached_s: number
  credited_s: number
  seconds: number
  playing: boolean
  done: boolean
  why: Pause | null
  check_until: string | null
  /** Beats that wait for a network. */
  waiting: number
}

const TICK_MS = 500

/** One lesson under way: the player, its timer and its calls. */
export function sitting(task: number, lesson: number, ownTime: () => boolean) {
  const shown = shallowRef<Shown | null>(null)
  const failure = shallowRef<unknown>(null)
  const busy = ref(false)
  let player: LessonPlayer | null = null
  let study: Study | null = null
  let sending = false
  let timer: ReturnType<typeof setInterval> | undefined

  const now = (): number => performance.now()
  function show(): void {
    if (!player) return
    shown.value = {
      position_s: player.positionS,
      reached_s: player.reachedS,
      credited_s: player.creditedS,
      seconds: player.seconds,
      playing: player.isPlaying,
      done: player.done,
      why: player.pausedBecause,
      check_until: player.checkUntil,
      waiting: player.pending.length,
    }
  }
  async function flush(): Promise<void> {
    const mine = player
    if (sending || !mine || !study) return
    sending = true
    try {
      for (let beats = mine.pending; beats.length > 0; beats = mine.pending) {
        mine.take(await post<Study>(`/driver/studies/${study.id}/beats`, { beats: beats as Beat[] }), beats)
        failure.value = null
      }
    } catch (cause) {
      if (!(cause instanceof Refused)) throw cause
      mine.notSent(now())
      if (!cause.unreachable) {
        mine.pause(now(), 'server')
        failure.value = cause
      }
    } finally {
      sending = false
      show()
    }
  }
  const spoken = (beat: Beat | null): void => {
    show()
    if (beat) void flush()
  }

  /** Begins, or goes on; where the server ended the sitting a new one is begun. */
  async function play(): Promise<void> {
    if (busy.value) return
    if (!player || player.needsNewSitting(now())) {
      busy.value = true
      try {
        study = await post<Study>(`/driver/tasks/${task}/lessons/${lesson}/begin`)
        player = new LessonPlayer(
          study,
          ownTime(),
          () => randomName(16),
          () => new Date().toISOString(),
        )
        failure.value = null
      } catch (cause) {
        if (!(cause instanceof Refused)) throw cause
        failure.value = cause
        return
      } finally {
        busy.value = false
      }
    }
    spoken(player.play(now()))
  }
  const pause = (why: Pause): void => {
    if (player) spoken(player.pause(now(), why, why !== 'hidden'))
  }
  async function present(): Promise<void> {
    if (!study || !player) return
    try {
      player.take(await post<Study>(`/driver/studies/${study.id}/present`), [])
      show()
    } catch (cause) {
      if (!(cause instanceof Refused)) throw cause
      failure.value = cause
    }
  }
  function watched(position_s: number): void {
    player?.watched(position_s)
    show()
  }
  function videoOver(): void {
    player?.videoOver(now())
    show()
  }
  const hide = () => {
    if (document.visibilityState === 'hidden') pause('hidden')
  }
  /** The server knows more of this lesson than the phone: the next play asks it. */
  function forget(): void {
    player = null
    study = null
    shown.value = null
  }
  function attach(): void {
    timer = setInterval(() => {
      if (player?.isPlaying) spoken(player.tick(now()))
    }, TICK_MS)
    document.addEventListener('visibilitychange', hide)
    window.addEventListener('pagehide', hide)
  }
  function detach(): void {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', hide)
    window.removeEventListener('pagehide', hide)
    pause('driver')
  }
  return { shown, failure, busy, play, pause, present, watched, videoOver, forget, attach, detach }
}
