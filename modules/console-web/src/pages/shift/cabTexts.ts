import { LANGUAGES, type CabText } from '@/api/shift'

/** Rules in the order of the page; any is offered after a rule's own. */
export const RULES = [
  'speeding',
  'fatigue',
  'fatigue_night',
  'cum24',
  'papers',
  'card_change_moving',
  'speed_source_mismatch',
  'terminal_alarm',
  'any',
] as const
const PLACES = 3
export const LIMIT = '{limit}'
/** Rules whose alarms have a limit. */
const WITH_LIMIT: ReadonlySet<string> = new Set(['speeding'])
/** As long as a limit gets. */
const LONGEST_LIMIT = '120'

/** Bytes of a text in GBK, the encoding of JT/T 808: one for a letter, two for everything else that it has. */
export const gbkBytes = (words: string): number =>
  [...words].reduce((sum, sign) => sum + (sign.charCodeAt(0) < 0x80 ? 1 : 2), 0)

/** What the cab hears; a limit at its longest, so that no alarm makes it longer. */
export const spoken = (words: string): string => words.trim().replaceAll(LIMIT, LONGEST_LIMIT)

export const holdsLimit = (rule: string): boolean => WITH_LIMIT.has(rule)

/** Why a text cannot be kept; the server has the last word. */
export function wrongWith(rule: string, words: string, most: number): 'braces' | 'no_limit' | 'too_long' | null {
  const braces = words.match(/\{[^{}]*\}|[{}]/g) ?? []
  if (braces.some((one) => one !== LIMIT)) return 'braces'
  if (braces.length > 0 && !holdsLimit(rule)) return 'no_limit'
  return gbkBytes(spoken(words)) > most ? 'too_long' : null
}

/** The texts of a rule and language in their places, and an empty place behind them as long as there is room. */
export function placesOf(texts: readonly CabText[], rule: string, language: (typeof LANGUAGES)[number]): CabText[] {
  const found = texts.filter((one) => one.rule === rule && one.language === language)
  const free = Array.from({ length: PLACES }, (_, i) => i + 1).find((n) => !found.some((one) => one.place === n))
  if (free === undefined) return found
  const empty = { rule, language, place: free, words: '', built_in: null, bytes: 0, changed_by: null, changed_at: null }
  return [...found, empty].sort((a, b) => a.place - b.place)
}
