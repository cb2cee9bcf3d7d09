import { createI18n } from 'vue-i18n'
import en from './en.json'
import zh from './zh-CN.json'

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: false,
  messages: { 'zh-CN': zh, en: en as typeof zh },
})

export type Translate = (key: string, named?: Record<string, unknown>) => string

/** Text of an enumeration value; a value this version does not know is shown as it came. */
export function enumText(
  t: Translate,
  te: (key: string) => boolean,
  group: string,
  value: string | null | undefined,
): string {
  if (!value) return '—'
  const key = `${group}.${value.replace(/[.\s-]/g, '_')}`
  return te(key) ? t(key) : value
}
