import { day } from '@/format/time'
import { shortDay } from './format'
import { t } from './i18n'

/** Until when something is to be done, in a word; late ones say so. */
export function dueWord(at: string, overdue: boolean, now: number): string {
  if (overdue) return t('due.overdue')
  return day(at) === day(now) ? t('due.today') : t('due.by', { day: shortDay(at, now) })
}
