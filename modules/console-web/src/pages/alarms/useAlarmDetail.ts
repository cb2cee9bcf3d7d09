import { onBeforeUnmount, onMounted, shallowRef, watch } from 'vue'
import * as calls from '@/api/calls'
import type { AlarmDetail } from '@/api/types'
import { useLive } from '@/app/live'

const REVISIONS_MS = 1500

/** An alarm with its evidence, read again when it changes; `more` is read along with it each time. */
export function useAlarmDetail(
  id: string,
  loaded: (alarm: AlarmDetail) => void = () => {},
  more: (signal: AbortSignal) => Promise<void> = async () => {},
) {
  const live = useLive()
  const alarm = shallowRef<AlarmDetail | null>(null)
  const failure = shallowRef<unknown>(null)
  const stop = new AbortController()

  async function load(): Promise<void> {
    try {
      const [found] = await Promise.all([calls.alarm(id, stop.signal), more(stop.signal)])
      alarm.value = found
      failure.value = null
      loaded(found)
    } catch (cause) {
      if (!stop.signal.aborted) failure.value = cause
    }
  }
  onMounted(load)
  onBeforeUnmount(() => stop.abort())
  let reload: ReturnType<typeof setTimeout> | undefined
  watch(
    () => live.arrivalNumber,
    () => {
      // A new revision of the alarm in view: fetched once for a burst of revisions.
      if (!live.touched.has(id) || reload !== undefined) return
      reload = setTimeout(() => {
        reload = undefined
        void load()
      }, REVISIONS_MS)
    },
  )
  onBeforeUnmount(() => clearTimeout(reload))
  return { alarm, failure, load }
}
