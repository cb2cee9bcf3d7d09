import type { DeskAlarm } from '@/api/types'

/** So many alarms of one kind that follow each other hide all others. */
const MANY = 10
const APART_MS = 5 * 60_000

/** What alarms of one rule and one severity must have in common besides. */
export const GROUPINGS = ['company', 'area', 'model'] as const
export type Grouping = (typeof GROUPINGS)[number]

/** What an alarm has in common with others; null for one that is folded with none. */
export type KindOf = (row: DeskAlarm) => string | null
export const byCompany: KindOf = (row) => String(row.company.id)
export const byModel: KindOf = (row) => row.terminal_model || null

/** A line of the queue: an alarm, or what says that many are folded into the one below it. */
export type Line =
  | { key: string; row: DeskAlarm; storm: null }
  | { key: string; row: DeskAlarm; storm: { count: number; open: boolean } }

/** When the platform had it: a storm is what comes at once, whatever its trucks' clocks say. */
const came = (row: DeskAlarm): number => Date.parse(row.opened_at ?? row.started_at)
/** What nobody has taken up yet; the rest stays in sight. */
const untouched = (row: DeskAlarm): boolean => row.desk.handling === 'new'

/** The storm that each alarm is part of: of one rule, one severity and one kind, each within five minutes of the one before. */
function storms(rows: readonly DeskAlarm[], kindOf: KindOf): Map<string, { key: string; count: number }> {
  const alike = new Map<string, DeskAlarm[]>()
  for (const row of rows) {
    const of = kindOf(row)
    if (of === null) continue
    const kind = `${row.rule}|${of}|${row.severity}`
    alike.set(kind, [...(alike.get(kind) ?? []), row])
  }
  const found = new Map<string, { key: string; count: number }>()
  for (const [kind, all] of alike) {
    all.sort((a, b) => came(a) - came(b))
    for (let first = 0, i = 1; i <= all.length; i++) {
      if (i < all.length && came(all[i]) - came(all[i - 1]) <= APART_MS) continue
      // Named by its kind and its beginning, so that it stays what it is when more come and when some are handled.
      const members = all.slice(first, i)
      const left = members.filter(untouched)
      const storm = { key: `${kind}|${came(all[first])}`, count: left.length }
      if (members.length >= MANY && left.length > 1) for (const row of left) found.set(row.id, storm)
      first = i
    }
  }
  return found
}

/**
 * The lines of the queue: where a storm begins stands a line that counts it, and of its alarms the first, which the keys reach. The others are
 * there when it is unfolded; one that is looked at stays.
 */
export function linesOf(
  rows: readonly DeskAlarm[],
  unfolded: ReadonlySet<string>,
  openId: string | null,
  kindOf: KindOf = byCompany,
): Line[] {
  const storm = storms(rows, kindOf)
  const begun = new Set<string>()
  const lines: Line[] = []
  for (const row of rows) {
    const of = storm.get(row.id)
    if (of && !begun.has(of.key)) {
      begun.add(of.key)
      lines.push({ key: of.key, row, storm: { count: of.count, open: unfolded.has(of.key) } })
    } else if (of && !unfolded.has(of.key) && row.id !== openId) continue
    lines.push({ key: row.id, row, storm: null })
  }
  return lines
}
