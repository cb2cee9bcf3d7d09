import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import * as calls from '@/api/calls'
import type { AlarmRow, DeskAlarm, DeskQueue, DeskState } from '@/api/types'
import { useLive } from '@/app/live'
import { useSession } from '@/app/session'

const PAGE_SIZE = 100
const POLL_MS = 20_000
const EMPTY_MS = 1_000
const OPEN = new Set(['new', 'claimed', 'acting', 'waiting'])

export type View = 'todo' | 'waiting' | 'mine'
export interface QueueFilter {
  view: View
  severity: string
}

/** Whether somebody has something to do about it still. */
export const isOpen = (row: DeskAlarm): boolean => OPEN.has(row.desk.handling) && row.state !== 'withdrawn'

/** Whether the queue shows alarms of a severity. */
const chosen = (filter: QueueFilter, severity: number): boolean =>
  !filter.severity || filter.severity.split(',').includes(String(severity))

/** Whether an alarm that comes belongs into a view: a new one that stands, of whatever level. */
const comesInto = (view: View, alarm: AlarmRow): boolean =>
  view === 'todo' &&
  ['open', 'closed', 'amended'].includes(alarm.state) &&
  alarm.ended_by !== 'joined' &&
  alarm.handling === 'new'

/** Whether an alarm that comes belongs into the queue: into its view, and of a chosen level. */
export const belongs = (filter: QueueFilter, alarm: AlarmRow): boolean =>
  comesInto(filter.view, alarm) && chosen(filter, alarm.severity)

/** Whether an alarm is among those that the server would show somebody in a view now, of whatever level. */
function staysIn(view: View, { state, ended_by, desk }: DeskAlarm, me: number, now: number): boolean {
  if (!OPEN.has(desk.handling) || state === 'withdrawn' || ended_by === 'joined') return false
  if (view === 'waiting') return desk.handling === 'waiting'
  if (view === 'mine') return desk.holder?.id === me
  if (desk.handling !== 'waiting') return true
  if (desk.waits_for === 'company') return desk.due_at !== null && Date.parse(desk.due_at) <= now
  if (desk.waits_for === 'second_person') return desk.asked_by !== me
  return desk.waits_for !== 'case'
}

/**
 * The queue as the server gave it. What becomes of its rows is written over them where they stand; what comes new waits behind a bar, so that
 * nothing moves under the cursor.
 */
export function useQueue(filter: Ref<QueueFilter>) {
  const live = useLive()
  const session = useSession()
  const rows = shallowRef<DeskAlarm[]>([])
  const answer = shallowRef<DeskQueue | null>(null)
  const loading = ref(false)
  const more = ref(false)
  const failure = shallowRef<unknown>(null)
  const next = ref<string | null>(null)
  const waiting = shallowRef<ReadonlySet<string>>(new Set())
  const waitingCount = computed(() => waiting.value.size)
  /** Under which severity the counts hold an alarm, so that none is counted twice however often the line tells of it. */
  const counted = new Map<string, number>()
  let running: AbortController | undefined

  /** Has an alarm counted under its severity, or not at all. */
  function count(id: string, severity: number | null): void {
    const before = counted.get(id) ?? null
    if (before === severity || !answer.value) return
    const { counts, counted_to } = answer.value
    const change = (level: number | null, by: 1 | -1) => {
      // More than the server counts to stays that.
      const n = level === null ? Infinity : (counts[level] ?? 0)
      return n > counted_to ? {} : { [level!]: n + by }
    }
    answer.value = { ...answer.value, counts: { ...counts, ...change(before, -1), ...change(severity, 1) } }
    if (severity === null) counted.delete(id)
    else counted.set(id, severity)
  }
  function recount(id: string): void {
    const row = rows.value.find((one) => one.id === id)
    if (!row) return
    const stays = staysIn(filter.value.view, row, session.user?.id ?? -1, live.serverNowMs)
    count(id, stays ? row.severity : null)
  }

  async function load(): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    loading.value = true
    failure.value = null
    const before = waiting.value
    try {
      const page = await calls.desk({ ...filter.value, limit: PAGE_SIZE }, mine.signal)
      rows.value = page.items
      answer.value = page
      next.value = page.next_cursor
      counted.clear()
      for (const row of page.items) counted.set(row.id, row.severity)
      // The stream is ahead of the database: what came and is not in the answer of an empty queue waits on.
      if (page.items.length > 0) {
        const known = new Set(page.items.map((row) => row.id))
        waiting.value = new Set([...waiting.value].filter((id) => !before.has(id) && !known.has(id)))
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
    const asked = filter.value
    try {
      const page = await calls.desk({ ...asked, limit: PAGE_SIZE, cursor: next.value })
      if (asked !== filter.value) return
      const known = new Set(rows.value.map((row) => row.id))
      const further = page.items.filter((row) => !known.has(row.id))
      for (const row of further) counted.set(row.id, row.severity)
      rows.value = [...rows.value, ...further]
      next.value = page.next_cursor
    } catch (cause) {
      failure.value = cause
    } finally {
      more.value = false
    }
  }
  function patch(id: string, change: (row: DeskAlarm) => DeskAlarm): boolean {
    const at = rows.value.findIndex((row) => row.id === id)
    if (at < 0) return false
    rows.value = rows.value.map((row, i) => (i === at ? change(row) : row))
    return true
  }
  /** How an alarm stands on the desk now. */
  function stands(id: string, desk: DeskState): void {
    if (patch(id, (row) => ({ ...row, handling: desk.handling, desk }))) recount(id)
  }
  function handled(id: string, handling: string, desk: DeskState | null): void {
    const before = rows.value.find((row) => row.id === id)?.desk
    // What one has begun took effect: one more done.
    if (before?.act && before.holder?.id === session.user?.id && !desk?.act && handling !== 'claimed' && answer.value) {
      const { done, median_s } = answer.value.shift
      answer.value = { ...answer.value, shift: { done: done + 1, median_s } }
    }
    // Somebody else had it first.
    if (waiting.value.has(id)) waiting.value = new Set([...waiting.value].filter((one) => one !== id))
    if (patch(id, (row) => ({ ...row, handling, desk: desk ?? { ...row.desk, handling, holder: null, act: null } })))
      recount(id)
    // One that came and is not in the list yet; of one that never was here nobody says how heavy it is.
    else if (!OPEN.has(handling)) count(id, null)
  }
  function arrived(alarm: AlarmRow): void {
    // What people made of it stays: a revision of the rules speaks of the truck alone.
    const known = patch(alarm.id, (row) => ({
      ...row,
      ...alarm,
      handling: row.handling,
      opened_at: alarm.opened_at ?? row.opened_at,
    }))
    if (known) recount(alarm.id)
    else if (!comesInto(filter.value.view, alarm)) count(alarm.id, null)
    else {
      // A later word of one that the server counted already, further down in the list or of another level, is no news.
      const whole = next.value === null && chosen(filter.value, alarm.severity)
      if (counted.has(alarm.id) || (!waiting.value.has(alarm.id) && (whole || alarm.state === 'open')))
        count(alarm.id, alarm.severity)
      if (belongs(filter.value, alarm)) waiting.value = new Set(waiting.value).add(alarm.id)
    }
  }
  /** In an empty queue nothing can move: what comes is shown at once, as soon as the server has it. */
  const whileEmpty = setInterval(() => {
    if (rows.value.length === 0 && waiting.value.size > 0 && !loading.value) void load()
  }, EMPTY_MS)
  onScopeDispose(() => clearInterval(whileEmpty))

  let newest = live.arrivals[0]
  watch(
    () => live.arrivalNumber,
    () => {
      const last = live.lastHandled
      if (last && live.touched.has(last.id)) handled(last.id, last.handling, last.desk)
      // Word of what somebody did brings no alarm: the newest is then the one that was there.
      const known = live.arrivals.indexOf(newest)
      const fresh = known < 0 ? live.arrivals : live.arrivals.slice(0, known)
      newest = live.arrivals[0]
      for (const alarm of [...fresh].reverse()) arrived(alarm)
    },
  )
  watch(
    () => live.gaps,
    () => void load(),
  )
  const poll = setInterval(() => {
    if (live.alarmLink === 'lost') void load()
  }, POLL_MS)
  onScopeDispose(() => clearInterval(poll))
  onScopeDispose(() => running?.abort())
  watch(
    filter,
    () => {
      waiting.value = new Set()
      void load()
    },
    { immediate: true },
  )
  return { rows, answer, loading, failure, waitingCount, load, loadMore, stands }
}
