import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef } from 'vue'
import { complain } from '@/app/complain'
import * as calls from '@/api/calls'
import type { AlarmRow, DeskState, FleetSummary, Status } from '@/api/types'
import { FrameError } from '@/feed/codec'
import { CLOSE_BROKEN_FRAME, Connection, socketAddress, type ConnectionEvents } from '@/feed/connection'
import { Fleet, type FleetCounts } from '@/feed/fleet'
import { FleetStream } from '@/feed/stream'
import { freshness } from '@/format/time'
import { isKiosk, socketProtocols } from './kiosk'
import { useSession } from './session'

const COUNT_EVERY_MS = 500
const SUMMARY_EVERY_MS = 15_000
const GAP_PATIENCE_MS = 5_000
const KEPT_ARRIVALS = 500

export type Link = 'connecting' | 'live' | 'lost'

interface AlarmMessage {
  type?: 'episode' | 'handling' | 'gap' | 'status'
  cursor?: string | number
  episode?: AlarmRow
  episode_id?: string
  handling?: string
  desk?: DeskState | null
  status?: Status
}

/** The live connections of a signed-in user: positions, alarms, and what the server says of itself. */
export const useLive = defineStore('live', () => {
  const fleet = markRaw(new Fleet())
  const stream = markRaw(new FleetStream(fleet))

  const link = ref<Link>('connecting')
  const alarmLink = ref<Link>('connecting')
  const lostSince = ref(0)
  const retryAt = ref(0)
  const dataTimeMs = ref(0)
  const nowMs = ref(Date.now())
  const clockOffsetMs = ref(0)
  /** Raised after each applied frame; whoever draws watches it. */
  const tick = shallowRef(0)
  /** Raised when names arrived. */
  const named = shallowRef(0)
  const counts = shallowRef<FleetCounts>({ total: 0, moving: 0, stopped: 0, offline: 0, bySeverity: [0, 0, 0, 0, 0] })
  const summary = shallowRef<FleetSummary | null>(null)
  const status = shallowRef<Status | null>(null)
  /** Newest first; what arrived over the alarm stream since the page was opened. */
  const arrivals = shallowRef<AlarmRow[]>([])
  const arrivalNumber = ref(0)
  /** Alarms that the newest message was about. */
  const touched = shallowRef<ReadonlySet<string>>(new Set())
  const lastHandled = shallowRef<{ id: string; handling: string; desk: DeskState | null } | null>(null)
  /** Raised when more happened than the stream sends again: lists read anew. */
  const gaps = ref(0)

  const serverNowMs = computed(() => nowMs.value + clockOffsetMs.value)
  const age = computed(() => freshness(dataTimeMs.value, serverNowMs.value))

  let running = false
  let countTimer: ReturnType<typeof setInterval> | undefined
  let clockTimer: ReturnType<typeof setInterval> | undefined
  let summaryTimer: ReturnType<typeof setInterval> | undefined
  let summarySoon: ReturnType<typeof setTimeout> | undefined
  let gapTimer: ReturnType<typeof setTimeout> | undefined
  let dirty = false
  let namesFor = -1
  let alarmCursor = ''

  const feedEvents: ConnectionEvents = {
    opened() {
      stream.restart()
    },
    message(data) {
      if (typeof data === 'string') return
      try {
        const outcome = stream.accept(new Uint8Array(data))
        if (outcome === 'gap') expectSnapshot()
        else if (!stream.waiting) {
          clearTimeout(gapTimer)
          gapTimer = undefined
        }
      } catch (cause) {
        if (!(cause instanceof FrameError) && !(cause instanceof RangeError)) throw cause
        complain('live feed frame refused', cause)
        feed.restart(CLOSE_BROKEN_FRAME)
        return
      }
      link.value = 'live'
      dataTimeMs.value = stream.dataTimeMs
      clockOffsetMs.value = stream.clockOffsetMs
      // A big screen is told no names.
      if (!isKiosk() && stream.epoch !== -1 && stream.epoch !== namesFor) void loadNames()
      dirty = true
      tick.value++
    },
    lost(nextAttemptAt) {
      if (link.value !== 'lost') lostSince.value = Date.now()
      link.value = 'lost'
      retryAt.value = nextAttemptAt
      clearTimeout(gapTimer)
      gapTimer = undefined
    },
    sessionEnded: () => useSession().ended(),
  }
  const feed = new Connection(() => socketAddress('/ws/fleet'), feedEvents, undefined, socketProtocols)

  const alarmStream = new Connection(
    () => socketAddress(`/ws/alarms${alarmCursor ? `?after=${encodeURIComponent(alarmCursor)}` : ''}`),
    {
      opened() {
        // What others handled meanwhile is never sent again, and without a cursor nothing is: the list of the server has both.
        if (alarmLink.value === 'lost' || !alarmCursor) gaps.value++
        alarmLink.value = 'live'
      },
      message(data) {
        if (typeof data !== 'string') return
        const message = JSON.parse(data) as AlarmMessage
        if (message.cursor !== undefined) alarmCursor = String(message.cursor)
        switch (message.type) {
          case 'status':
            if (message.status) status.value = message.status
            break
          case 'handling':
            if (message.episode_id && message.handling)
              handled(message.episode_id, message.handling, message.desk ?? null)
            break
          case 'gap':
            gaps.value++
            refreshSummarySoon()
            break
          default:
            if (message.episode) arrived(message.episode)
        }
      },
      lost() {
        alarmLink.value = 'lost'
      },
      sessionEnded: () => useSession().ended(),
    },
    // Alarms may be rare: silence of this line says nothing while status messages are far apart.
    45_000,
  )

  function arrived(alarm: AlarmRow): void {
    arrivals.value = [alarm, ...arrivals.value].slice(0, KEPT_ARRIVALS)
    touched.value = new Set([alarm.id])
    arrivalNumber.value++
    refreshSummarySoon()
  }
  /** Somebody acted on an alarm: its newest known row is told again with the new word. */
  function handled(id: string, handling: string, desk: DeskState | null): void {
    touched.value = new Set([id])
    lastHandled.value = { id, handling, desk }
    arrivalNumber.value++
    refreshSummarySoon()
  }

  function expectSnapshot(): void {
    if (gapTimer !== undefined) return
    gapTimer = setTimeout(() => {
      gapTimer = undefined
      if (stream.waiting) feed.restart(4000)
    }, GAP_PATIENCE_MS)
  }

  async function loadNames(): Promise<void> {
    const epoch = stream.epoch
    namesFor = epoch
    try {
      const dictionary = await calls.fleetDictionary()
      if (epoch !== stream.epoch) return
      if (dictionary.epoch !== epoch) {
        // The server dealt out slots between the two answers; ask again a little later.
        setTimeout(() => {
          if (stream.epoch === epoch) namesFor = -1
        }, 1000)
        return
      }
      fleet.forgetNames()
      fleet.name(dictionary)
      named.value++
      tick.value++
    } catch {
      setTimeout(() => {
        if (namesFor === epoch) namesFor = -1
      }, 3000)
    }
  }

  async function refreshSummary(): Promise<void> {
    try {
      summary.value = await calls.fleetSummary()
    } catch {
      // The figures stay as they were; the data time in the top bar shows their age.
    }
  }
  function refreshSummarySoon(): void {
    if (summarySoon !== undefined) return
    summarySoon = setTimeout(() => {
      summarySoon = undefined
      void refreshSummary()
    }, 1500)
  }

  async function refreshStatus(): Promise<void> {
    try {
      status.value = await calls.status()
    } catch {
      // Unreachable is shown by the feed's own state.
    }
  }

  function start(): void {
    if (running) return
    running = true
    feed.start()
    countTimer = setInterval(() => {
      if (!dirty) return
      dirty = false
      counts.value = fleet.counts()
    }, COUNT_EVERY_MS)
    clockTimer = setInterval(() => (nowMs.value = Date.now()), 1000)
    // A big screen has no more than positions, and figures of its own.
    if (isKiosk()) return
    alarmStream.start()
    void refreshSummary()
    void refreshStatus()
    summaryTimer = setInterval(() => {
      void refreshSummary()
      void refreshStatus()
    }, SUMMARY_EVERY_MS)
  }

  function stop(): void {
    running = false
    feed.stop()
    alarmStream.stop()
    clearInterval(countTimer)
    clearInterval(clockTimer)
    clearInterval(summaryTimer)
    clearTimeout(summarySoon)
    clearTimeout(gapTimer)
    gapTimer = summarySoon = undefined
    fleet.clear()
    fleet.forgetNames()
    namesFor = -1
    alarmCursor = ''
    arrivals.value = []
    summary.value = null
    dataTimeMs.value = 0
    link.value = alarmLink.value = 'connecting'
  }

  return {
    fleet,
    stream,
    link,
    alarmLink,
    lostSince,
    retryAt,
    dataTimeMs,
    nowMs,
    serverNowMs,
    age,
    tick,
    named,
    counts,
    summary,
    status,
    arrivals,
    arrivalNumber,
    touched,
    lastHandled,
    gaps,
    start,
    stop,
    retryNow: () => feed.retryNow(),
  }
})
