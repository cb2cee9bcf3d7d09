import type { Company } from '@/api/types'

type Say = (key: string, named?: Record<string, unknown>) => string

/** The name of a user; the built-in administrator has none of his own and is named in the page's language. */
export const personName = (t: Say, person: { display_name: string | null; username?: string | null }): string =>
  person.display_name ?? (person.username === 'admin' || !person.username ? t('role.admin') : person.username)

/** What an account may see: everything, companies by their names, or regions. */
export function scopeWords(t: Say, scope: string, companies: readonly Company[]): string {
  if (scope === 'all') return t('scope.all')
  const [kind, value = ''] = scope.split(':')
  const words = value
    .split(',')
    .filter((word) => word !== '')
    .map((word) =>
      kind === 'company'
        ? (companies.find((c) => String(c.id) === word)?.name ?? t('users.companyNumber', { n: word }))
        : regionName(t, word),
    )
  return words.join(t('listSeparator'))
}

/** First two digits of the codes of GB/T 2260. */
export const PROVINCES: readonly string[] =
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'.split(' ')

/** A province by its name; what is smaller by its province and its code. */
export function regionName(t: Say, code: string): string {
  const province = code.slice(0, 2)
  if (!PROVINCES.includes(province)) return code
  const name = t(`province.${province}`)
  return code.length > 2 ? `${name} ${code}` : name
}
