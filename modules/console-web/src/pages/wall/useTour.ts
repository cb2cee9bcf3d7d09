import { onBeforeUnmount, onMounted, ref, shallowRef, watch } from 'vue'
import type { Wall } from '@/api/wall'
import { complain } from '@/app/complain'
import { provinceBox, type Box } from '@/map/core/places'
import { nextStop, STAY_MS, stopsOf, type Stop } from './tour'

/**
 * Leads the map of a wall from one hot province to the next. It stands still for whoever wants no motion, while it is paused by the space bar, and
 * over data that nobody may believe.
 */
export function useTour(rates: () => Wall['rates_7d'], believed: () => boolean) {
  const stop = shallowRef<Stop>(null)
  const box = shallowRef<Box | null>(null)
  const paused = ref(window.matchMedia('(prefers-reduced-motion: reduce)').matches)
  let timer: ReturnType<typeof setInterval> | undefined

  async function go(to: Stop): Promise<void> {
    stop.value = to
    try {
      const found = to ? await provinceBox(to.code) : null
      // Meanwhile it may have gone on.
      if (stop.value === to) box.value = found
    } catch (cause) {
      complain('the tour found no province', cause)
    }
  }
  function begin(): void {
    clearInterval(timer)
    timer = setInterval(() => {
      if (!paused.value && believed()) void go(nextStop(stopsOf(rates()), stop.value))
    }, STAY_MS)
  }
  function keys(event: KeyboardEvent): void {
    if (event.key !== ' ') return
    event.preventDefault()
    paused.value = !paused.value
    begin()
  }
  watch(believed, (yes) => {
    if (!yes) void go(null)
  })
  onMounted(() => {
    begin()
    window.addEventListener('keydown', keys)
  })
  onBeforeUnmount(() => {
    clearInterval(timer)
    window.removeEventListener('keydown', keys)
  })
  return { stop, box, paused }
}
