import { shallowRef } from 'vue'

/** Places of the phone's pages. All stand behind the hash, so that one file serves them, with and without a network. */
export type Place =
  | { name: 'today' | 'learn' | 'alarms' | 'me' | 'papers' | 'hours' | 'certificates' | 'messages' }
  | { name: 'task' | 'exam'; task: number }
  | { name: 'lesson'; task: number; lesson: number }
  | { name: 'alarm'; alarm: string }
  | { name: 'entry'; token: string }
  | { name: 'verify'; number: string }

const PLAIN = ['today', 'learn', 'alarms', 'me', 'papers', 'hours', 'certificates', 'messages'] as const
const ID = /^[1-9]\d{0,15}$/

/** Undoes the escaping of an address; what was escaped wrongly is taken as it stands. */
function unescape(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The place that a hash names; anything else leads to today. */
export function placeOf(hash: string): Place {
  const text = hash.replace(/^#\/?/, '')
  const given = /^(entry|verify)=(.{1,300})$/.exec(text)
  if (given) {
    const value = unescape(given[2])
    return given[1] === 'entry' ? { name: 'entry', token: value } : { name: 'verify', number: value.trim() }
  }
  // Whoever checks a certificate types its number himself.
  if (text === 'verify') return { name: 'verify', number: '' }
  const [first, second, third, fourth] = text.split('/')
  if (first === 'learn' && ID.test(second ?? '')) {
    const task = Number(second)
    return third === 'lesson' && ID.test(fourth ?? '')
      ? { name: 'lesson', task, lesson: Number(fourth) }
      : { name: 'task', task }
  }
  if (first === 'exam' && ID.test(second ?? '')) return { name: 'exam', task: Number(second) }
  if (first === 'alarms' && /^[0-9a-f-]{8,40}$/.test(second ?? '')) return { name: 'alarm', alarm: second }
  const plain = PLAIN.filter((name) => name === first)[0]
  return { name: plain ?? 'today' }
}

export function hashOf(place: Place): string {
  switch (place.name) {
    case 'task':
      return `#/learn/${place.task}`
    case 'lesson':
      return `#/learn/${place.task}/lesson/${place.lesson}`
    case 'exam':
      return `#/exam/${place.task}`
    case 'alarm':
      return `#/alarms/${place.alarm}`
    case 'entry':
      return `#entry=${encodeURIComponent(place.token)}`
    case 'verify':
      return `#verify=${encodeURIComponent(place.number)}`
    default:
      return `#/${place.name}`
  }
}

export const place = shallowRef<Place>({ name: 'today' })

export function startRouter(): void {
  const read = () => {
    place.value = placeOf(location.hash)
    window.scrollTo(0, 0)
  }
  window.addEventListener('hashchange', read)
  read()
}

export function go(to: Place): void {
  if (location.hash === hashOf(to)) place.value = to
  else location.hash = hashOf(to)
}

/** Goes there without a way back to here: what stood in the address is gone, such as a link that works once. */
export function replace(to: Place): void {
  history.replaceState(null, '', hashOf(to))
  place.value = to
}
