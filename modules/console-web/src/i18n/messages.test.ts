import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createI18n } from 'vue-i18n'
import { describe, expect, test } from 'vitest'
import en from './en.json'
import zh from './zh-CN.json'

type Tree = { [key: string]: string | Tree }
const flat = (tree: Tree, prefix = ''): Record<string, string> =>
  Object.entries(tree).reduce<Record<string, string>>((out, [key, value]) => {
    if (typeof value === 'string') out[prefix + key] = value
    else Object.assign(out, flat(value, `${prefix}${key}.`))
    return out
  }, {})
/** One form, or the ones for one and for several. */
const forms = (text: string): string[] => text.split(' | ')
const source = fileURLToPath(new URL('..', import.meta.url))
const files = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? files(path) : [path]
  })
const [chinese, english] = [flat(zh as Tree), flat(en as Tree)]
// The driver's phone has messages of its own.
const code = files(source).filter(
  (f) => /\.(vue|ts)$/.test(f) && !/(\.test|\/stage)\.ts$/.test(f) && !f.startsWith(join(source, 'driver')),
)

describe('messages', () => {
  test('both languages have the same keys', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort())
  })
  test('both languages name the same values in each message', () => {
    const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort()
    for (const key of Object.keys(chinese))
      for (const form of forms(english[key])) expect([key, holes(form)]).toEqual([key, holes(chinese[key])])
  })
  test('English messages contain no Chinese, apart from the name of the other language', () => {
    const mixed = Object.entries(english).filter(
      ([key, text]) => /\p{Script=Han}/u.test(text) && key !== 'signIn.otherLanguage',
    )
    expect(mixed).toEqual([])
  })
  test('every message compiles and shows its values', () => {
    const i18n = (createI18n as (options: object) => { global: { locale: unknown; t: unknown } })({
      legacy: false,
      locale: 'zh-CN',
      messages: { 'zh-CN': zh, en },
    })
    const translate = i18n.global.t as unknown as (key: string, named: object, n: number) => string
    for (const locale of ['zh-CN', 'en']) {
      ;(i18n.global.locale as { value: string }).value = locale
      for (const [key, text] of Object.entries(locale === 'en' ? english : chinese)) {
        const named = Object.fromEntries([...text.matchAll(/\{(\w+)\}/g)].map((m) => [m[1], 'x']))
        for (const [i, form] of forms(text).entries())
          expect(translate(key, { ...named }, i + 1)).toBe(form.replace(/\{\w+\}/g, 'x'))
      }
    }
  })
  test('English tells one from several', () => {
    const i18n = createI18n({ legacy: false, locale: 'en', messages: { en } })
    const translate = i18n.global.t as unknown as (key: string, named: object, n: number) => string
    const told = (n: number) => translate('act.hazards_general', { n: String(n) }, n)
    expect([told(1), told(2)]).toEqual(['Put 1 overdue general hazard right', 'Put 2 overdue general hazards right'])
    expect(translate('alarms.title.all', { n: '0' }, 0)).toBe('0 alarms')
  })
  test('every key that the code names exists', () => {
    const missing = code.flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/\bt\(\s*'([\w.]+)'/g)]
        .map((m) => m[1])
        .filter((key) => !(key in chinese))
        .map((key) => `${path.slice(source.length)}: ${key}`),
    )
    expect(missing).toEqual([])
  })
  test('no text stands outside the message files', () => {
    const found: string[] = []
    for (const path of code) {
      const text = readFileSync(path, 'utf8')
      // Characters of plates and comments in a trade's own words are not text of the page.
      const bare = text
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .replace(/^\s*\/\/.*$/gm, '')
        .replace(/<!--[\s\S]*?-->/g, '')
      if (/\p{Script=Han}/u.test(bare)) found.push(`${path.slice(source.length)}: Chinese`)
      if (!path.endsWith('.vue')) continue
      const template = /<template>([\s\S]*)<\/template>/.exec(bare)?.[1] ?? ''
      const words = template
        .replace(/\{\{[\s\S]*?\}\}/g, '')
        .replace(/<(?:"[^"]*"|'[^']*'|[^>"'])*>/g, '\n')
        .split('\n')
        .map((line) => line.replace(/&\w+;/g, '').trim())
        // Units, key caps and signs are the same in every language.
        .filter((line) => /[A-Za-z]{2,}/.test(line) && !/^(km\/h|km|Enter|Esc)$/.test(line))
      const attributes = [...template.matchAll(/\s(?:title|aria-label|placeholder|alt)="([^"]+)"/g)].map((m) => m[1])
      if (words.length || attributes.length)
        found.push(`${path.slice(source.length)}: ${[...words, ...attributes].join(' | ')}`)
    }
    expect(found).toEqual([])
  })
})
