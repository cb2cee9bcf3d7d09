import { Refused } from './api/client'
import { shortTime } from './format'
import { has, t } from './i18n'

/** What went wrong, for the driver: the rule that refused in his language, or what the server says. */
export function failureText(cause: unknown): string {
  if (!(cause instanceof Refused)) throw cause
  if (cause.unreachable) return t('failure.unreachable')
  if (cause.status >= 500) return t('failure.server', { id: cause.problem.error_id ?? '—' })
  const key = `problem.${cause.rule.replace(/-/g, '_')}`
  const until = cause.problem.until
  if (has(key)) return t(key, { until: typeof until === 'string' ? shortTime(until, Date.now()) : '—' })
  return t('failure.refused', { why: cause.message })
}
