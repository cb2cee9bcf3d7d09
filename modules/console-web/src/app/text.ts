import { useI18n } from 'vue-i18n'
import { enumText } from '@/i18n'

/** Translation plus the text of enumeration values. */
export function useText() {
  const { t, te, locale } = useI18n({ useScope: 'global' })
  const of = (group: string, value: string | null | undefined): string =>
    enumText(t as never, te as never, group, value)
  return { t, te, of, locale }
}
