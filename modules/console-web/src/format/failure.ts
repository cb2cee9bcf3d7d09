import { ApiError } from '@/api/client'

/** Rules that the server names, so that the page says them in its own language. */
const SAID_HERE = new Set([
  'password-length',
  'password-plain',
  'password-name',
  'password-first-tried',
  'password-same',
  'wrong-password',
  'name-taken',
  'last-administrator',
  'user-disabled',
  'own-password',
  'file-not-a-table',
  'file-old-or-locked',
  'file-damaged',
  'file-unpacks-too-large',
  'file-too-many-lines',
  'too-large',
  'import-wrong',
  'import-settled',
  'import-overtaken',
  'order-empty',
  'order-counted-otherwise',
  'order-second-person',
  'order-too-old',
  'order-state',
  'no-frames',
  'wrong-code',
  'register-not-there',
  'register-there',
  'register-in-use',
  'reason-needed',
  'too-many-tokens',
  'factor-there',
  'factor-required',
  'no-factor',
  'own-factor',
  'no-password',
  'no-provider',
  'provider-away',
  'provider-setup',
  'provider-linked',
  'provider-not-linked',
  'provider-name-taken',
  'provider-no-such-name',
  'second-factor-owed',
  'paper-dates',
  'paper-no-day',
  'paper-there',
  'reason-missing',
  'duty-there',
  'hazard-state',
  'attachment-type',
  'attachment-there',
  'attachment-full',
  'area-too-large',
  'area-too-many',
  'no-zone',
  'zone-too-large',
  'zone-with-holes',
  'zone-across-hemispheres',
  'alarm-held',
  'alarm-acting',
  'alarm-waits',
  'alarm-settled',
  'alarm-withdrawn',
  'note-needed',
  'undo-too-late',
  'undo-overtaken',
  'act-of-another',
  'alarm-second-person',
  'truck-gone',
  'too-many-commands',
  'bulk-not-one-kind',
  'notice-answered',
  'case-one-company',
  'case-steps-open',
  'case-closed',
  'step-done',
  'step-of-another',
  'printer-busy',
  'month-not-begun',
  'no-mail-server',
  'target-closed',
  'target-plain',
  'too-many-receivers',
  'receiver-paused',
  'no-secret',
  'company-open-work',
  'no-colleague',
  'handover-of-another',
  'handover-read',
  'step-of-order',
  'order-changed',
  'order-not-later',
  'order-one-case',
  'figure-not-there',
  'inspection-too-many',
  'plan-dates',
  'course-not-published',
  'plan-of-nobody',
  'plan-of-others',
  'plan-withdrawn',
  'task-closed',
  'certificate-revoked',
  'ledger-too-long',
  'course-too-few-questions',
  'course-empty',
  'course-state',
  'course-built-in',
  'question-there',
  'question-same',
  'question-retired',
  'question-wrong',
])

/** What went wrong, in one sentence of the chosen language; the server's own words only where it named a value. */
export function failureText(t: (key: string, named?: Record<string, unknown>) => string, cause: unknown): string {
  if (!(cause instanceof ApiError)) return t('error.unexpected')
  if (cause.unreachable) return t('error.unreachable')
  if (SAID_HERE.has(cause.rule)) return t(`problem.${cause.rule.replaceAll('-', '_')}`, { ...cause.problem })
  switch (cause.status) {
    case 401:
      return t('sessionEnd.title')
    case 403:
      return t('error.forbidden')
    case 404:
      return t('error.notFound')
    case 409:
      return t('error.conflict')
    case 429:
      return t('error.tooMany')
    case 503:
      return t('error.unavailable')
  }
  return cause.status >= 500 ? t('error.status', { status: cause.status }) : cause.message
}
