import { onBeforeUnmount, ref, watch, type Ref } from 'vue'

export const RATES = [1, 10, 30, 60] as const
/** After the browser slept the clock goes on from where it was. */
const LONGEST_FRAME_MS = 250

/** The clock of a replay: while it plays, `step` is called with each frame until it says that the end is reached. */
export function usePlayer(step: (elapsedMs: number, rate: number) => 'on' | 'end'): {
  playing: Ref<boolean>
  rate: Ref<number>
} {
  const playing = ref(false)
  const rate = ref<number>(30)
  let frame = 0
  let before = 0
  function tick(stamp: number): void {
    frame = 0
    if (!playing.value) return
    const elapsed = Math.min(LONGEST_FRAME_MS, Math.max(0, stamp - before))
    before = stamp
    if (step(elapsed, rate.value) === 'end') playing.value = false
    else frame = requestAnimationFrame(tick)
  }
  watch(playing, (on) => {
    if (on && frame === 0) {
      before = performance.now()
      frame = requestAnimationFrame(tick)
    }
  })
  onBeforeUnmount(() => cancelAnimationFrame(frame))
  return { playing, rate }
}
