import { ref } from 'vue'
import en from './en.json'
import zh from './zh-CN.json'

export type Locale = 'zh-CN' | 'en'
type Tree = { [key: string]: string | Tree }
export type Named = Record<string, string | number>

const flat = (tree: Tree, prefix: string, out: Record<string, string>): Record<string, string> => {
  for (const key of Object.keys(tree)) {
    const value = tree[key]
    if (typeof value === 'string') out[prefix + key] = value
    else flat(value, `${prefix}${key}.`, out)
  }
  return out
}
const messages: Record<Locale, Record<string, string>> = {
  'zh-CN': flat(zh as Tree, '', {}),
  en: flat(en as Tree, '', {}),
}

const KEY = 'haulwatch.driver.language'
/** Chinese unless the driver chose otherwise or his phone speaks neither Chinese nor anything but English. */
export function firstLocale(kept: string | null, phone: readonly string[]): Locale {
  if (kept === 'zh-CN' || kept === 'en') return kept
  return phone.length > 0 && phone.every((tag) => /^en\b/i.test(tag)) ? 'en' : 'zh-CN'
}
const remembered = (): string | null => {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

export const locale = ref<Locale>(
  typeof navigator === 'undefined' ? 'zh-CN' : firstLocale(remembered(), navigator.languages ?? [navigator.language]),
)
export function chooseLocale(to: Locale): void {
  locale.value = to
  document.documentElement.lang = to
  try {
    localStorage.setItem(KEY, to)
  } catch {
    // A phone that keeps nothing asks again next time.
  }
}

const filled = (text: string, named: Named | undefined): string =>
  named ? text.replace(/\{(\w+)\}/g, (hole, name: string) => (name in named ? String(named[name]) : hole)) : text

export const has = (key: string): boolean => key in messages[locale.value]
export const t = (key: string, named?: Named): string => filled(messages[locale.value][key] ?? key, named)
/** A message that has a form for one and a form for others. */
export const tn = (key: string, n: number, named?: Named): string =>
  t(`${key}.${n === 1 ? 'one' : 'other'}`, { n, ...named })
/** The word for a value of the API; one that this version does not know is shown as it came. */
export const word = (group: string, value: string | null | undefined): string => {
  if (!value) return '—'
  const key = `${group}.${value.replace(/[.\s-]/g, '_')}`
  return has(key) ? t(key) : value
}
/** A text of a course in the driver's language, in Chinese where there is none. */
export const textOf = (chinese: string, english: string | null | undefined): string =>
  locale.value === 'en' && english ? english : chinese
