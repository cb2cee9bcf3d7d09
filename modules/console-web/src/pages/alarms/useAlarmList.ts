import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import * as calls from '@/api/calls'
import type { AlarmCounts, AlarmRow } from '@/api/types'
import { useLive } from '@/app/live'
import type { AlarmFilter } from './useAlarmFilter'

const PAGE_SIZE = 100
const POLL_MS = 20_000

const WAITING = new Set(['new', 'claimed', 'acting', 'waiting'])

/** True when an arriving alarm belongs into the list as it is filtered. Open means that it waits for somebody, going on or not. */
export function matches(filter: AlarmFilter, alarm: AlarmRow): boolean {
  const status = filter.status ?? 'open'
  if (alarm.state === 'prewarned') return false
  const open = alarm.state !== 'withdrawn' && WAITING.has(alarm.handling)
  if (status === 'open' && !open) return false
  if (status === 'closed' && open) return false
  if (filter.company && String(alarm.company.id) !== filter.company) return false
  if (filter.vehicle && String(alarm.vehicle.id) !== filter.vehicle) return false
  if (filter.source && (alarm.evidence === 'terminal') !== (filter.source === 'terminal')) return false
  // What a terminal says of an alarm of the platform is that one's second evidence and no alarm of its own.
  if (alarm.ended_by === 'joined') return false
  if (filter.rule && alarm.rule !== filter.rule) return false
  if (filter.handling && alarm.handling !== filter.handling) return false
  if (filter.severity && !filter.severity.split(',').includes(String(alarm.severity))) return false
  if (filter.query && !alarm.vehicle.plate.includes(filter.query.replace('·', ''))) return false
  const started = Date.parse(alarm.started_at)
  if (filter.from && started < Date.parse(filter.from)) return false
  if (filter.to && started > Date.parse(filter.to)) return false
  return true
}

/** The list as the server gave it, with newer revisions written over known rows; new rows wait behind a bar. */
export function useAlarmList(filter: Ref<AlarmFilter>, key: Ref<string>) {
  const live = useLive()
  const rows = shallowRef<AlarmRow[]>([])
  const counts = shallowRef<AlarmCounts | null>(null)
  const total = shallowRef<AlarmCounts | null>(null)
  const loading = ref(false)
  const more = ref(false)
  const failure = shallowRef<unknown>(null)
  const next = ref<string | null>(null)
  const waiting = shallowRef<Map<string, AlarmRow>>(new Map())
  const waitingCount = computed(() => waiting.value.size)
  let running: AbortController | undefined
  /** What came over the stream while a page was under way, which may be older: done again on top of it. */
  let meanwhile: (() => void)[] = []

  async function load(): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    const since: (() => void)[] = (meanwhile = [])
    loading.value = true
    failure.value = null
    try {
      const asked = { status: 'open', ...filter.value }
      const page = await calls.alarms({ ...asked, limit: PAGE_SIZE }, mine.signal)
      rows.value = page.items
      total.value = page.counts ?? null
      counts.value = page.counts ?? null
      next.value = page.next_cursor
      waiting.value = new Map()
      for (const again of since) again()
      // The figures on the level buttons stay those of all levels while some are chosen.
      if (asked.severity) {
        counts.value = (await calls.alarms({ ...asked, severity: '', limit: 1 }, mine.signal)).counts ?? null
      }
    } catch (cause) {
      if (!mine.signal.aborted) failure.value = cause
    } finally {
      if (running === mine) loading.value = false
    }
  }
  async function loadMore(): Promise<void> {
    if (!next.value || more.value || loading.value) return
    more.value = true
    const asked = key.value
    try {
      const page = await calls.alarms({ status: 'open', ...filter.value, limit: PAGE_SIZE, cursor: next.value })
      if (asked !== key.value) return
      const known = new Set(rows.value.map((r) => r.id))
      rows.value = [...rows.value, ...page.items.filter((r) => !known.has(r.id))]
      next.value = page.next_cursor
    } catch (cause) {
      failure.value = cause
    } finally {
      more.value = false
    }
  }
  function take(alarm: AlarmRow): void {
    const at = rows.value.findIndex((r) => r.id === alarm.id)
    if (at >= 0) {
      if (Number(alarm.cursor ?? 0) < Number(rows.value[at].cursor ?? 0)) return
      // Its place in the list stays, whatever became of it: nothing moves under the pointer.
      rows.value = rows.value.map((r, i) =>
        i === at ? { ...r, ...alarm, opened_at: alarm.opened_at ?? r.opened_at } : r,
      )
      return
    }
    if (!matches(filter.value, alarm)) return
    waiting.value = new Map(waiting.value).set(alarm.id, alarm)
  }
  /** Writes a change made here over a row. */
  function patch(id: string, change: Partial<AlarmRow>): void {
    rows.value = rows.value.map((r) => (r.id === id ? { ...r, ...change } : r))
  }

  let seen = live.arrivalNumber
  watch(
    () => live.arrivalNumber,
    (number) => {
      const handled = live.lastHandled
      if (handled && live.touched.has(handled.id)) {
        const now = () => patch(handled.id, { handling: handled.handling })
        now()
        if (loading.value) meanwhile.push(now)
      }
      const fresh = live.arrivals.slice(0, Math.min(live.arrivals.length, number - seen))
      seen = number
      for (const alarm of [...fresh].reverse()) {
        take(alarm)
        if (loading.value) meanwhile.push(() => take(alarm))
      }
    },
  )
  watch(
    () => live.gaps,
    () => void load(),
  )
  // While the stream is away the list is asked for again now and then.
  const poll = setInterval(() => {
    if (live.alarmLink === 'lost') void load()
  }, POLL_MS)
  onScopeDispose(() => clearInterval(poll))
  watch(key, () => void load(), { immediate: true })
  onScopeDispose(() => running?.abort())
  return { rows, counts, total, loading, failure, more, waitingCount, load, loadMore, patch }
}
