import type { AlarmRow } from '@/api/types'

/** So long after a sound there is none. What comes meanwhile sounds once when it is over. */
export const QUIET_MS = 15_000
const CRITICAL = 4
/** A desk stays open for weeks. */
const MOST_KNOWN = 10_000
const SETTLED = new Set(['resolved', 'false', 'appealed', 'overturned'])

type Sounding = Pick<AlarmRow, 'id' | 'severity' | 'state' | 'ended_by' | 'handling'>

/** Whether an alarm is critical and somebody has to do something about it. */
const calls = (alarm: Sounding): boolean =>
  alarm.severity === CRITICAL &&
  ['open', 'closed', 'amended'].includes(alarm.state) &&
  alarm.ended_by !== 'joined' &&
  !SETTLED.has(alarm.handling)

/**
 * Which alarms sound: a critical one when it comes, one that grows critical when it does, and each once. Times are milliseconds of a clock that
 * nobody sets.
 */
export class CriticalBell {
  private readonly known = new Set<string>()
  private readonly due = new Set<string>()
  private lastAt = Number.NEGATIVE_INFINITY

  constructor(
    private readonly ring: () => void,
    private readonly quietMs = QUIET_MS,
  ) {}

  /** What stands already is no news. */
  knows(alarms: readonly Sounding[]): void {
    for (const alarm of alarms) if (calls(alarm)) this.remember(alarm.id)
  }
  came(alarm: Sounding, now: number): void {
    if (!calls(alarm) || this.known.has(alarm.id)) return
    this.remember(alarm.id)
    this.due.add(alarm.id)
    this.look(now)
  }
  /** Somebody has it: it need not sound any more. */
  handled(id: string): void {
    this.due.delete(id)
  }
  /** To be asked now and then: what had to wait sounds as soon as it may. */
  look(now: number): void {
    if (this.due.size === 0 || now - this.lastAt < this.quietMs) return
    this.due.clear()
    this.lastAt = now
    this.ring()
  }

  private remember(id: string): void {
    if (this.known.size >= MOST_KNOWN) this.known.clear()
    this.known.add(id)
  }
}
