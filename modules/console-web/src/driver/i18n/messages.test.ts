import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import en from './en.json'
import zh from './zh-CN.json'
import { locale, t, tn, word } from './index'

type Tree = { [key: string]: string | Tree }
const flat = (tree: Tree, prefix = ''): Record<string, string> =>
  Object.entries(tree).reduce<Record<string, string>>((out, [key, value]) => {
    if (typeof value === 'string') out[prefix + key] = value
    else Object.assign(out, flat(value, `${prefix}${key}.`))
    return out
  }, {})
const source = fileURLToPath(new URL('..', import.meta.url))
const files = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? files(path) : [path]
  })
const [chinese, english] = [flat(zh as Tree), flat(en as Tree)]
const code = files(source)
  .filter((f) => /\.(vue|ts)$/.test(f) && !/(\.test|\/stage)\.ts$/.test(f))
  .map((path) => ({ name: path.slice(source.length), text: readFileSync(path, 'utf8') }))

describe("messages of the driver's phone", () => {
  test('both languages have the same keys and name the same values', () => {
    expect(Object.keys(english)).toEqual(Object.keys(chinese))
    const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort()
    for (const key of Object.keys(chinese)) expect([key, holes(english[key])]).toEqual([key, holes(chinese[key])])
  })
  test('English messages contain no Chinese, apart from the name of the other language', () => {
    const mixed = Object.keys(english).filter((key) => /\p{Script=Han}/u.test(english[key]) && key !== 'otherLanguage')
    expect(mixed).toEqual([])
  })
  test('what is counted has a form for one and a form for others', () => {
    for (const key of Object.keys(english).filter((k) => k.endsWith('.one'))) {
      expect(Object.keys(english)).toContain(key.replace(/one$/, 'other'))
    }
    locale.value = 'en'
    expect([tn('papers.days', 1), tn('papers.days', 2)]).toEqual(['1 day left', '2 days left'])
    locale.value = 'zh-CN'
    expect(tn('papers.days', 1)).toBe('剩 1 天')
  })
  test('a value of the API that has no word yet is shown as it came', () => {
    expect([word('paperKind', 'drv.licence'), word('rule', 'brand_new'), word('rule', null)]).toEqual([
      '驾驶证',
      'brand_new',
      '—',
    ])
    expect(t('rest.driven', { t: '1:40' })).toBe('已驾驶 1:40')
  })
  test('every key that the code names exists, and every message is named by it', () => {
    const named = new Set<string>()
    const groups = new Set<string>()
    for (const { text } of code) {
      for (const m of text.matchAll(/'([a-zA-Z_]+(?:\.[\w]+)+)'/g)) named.add(m[1])
      for (const m of text.matchAll(/\bt\(\s*'([\w]+)'/g)) named.add(m[1])
      for (const m of text.matchAll(/`([\w.]+)\.\$\{/g)) groups.add(m[1])
      for (const m of text.matchAll(/word\(\s*'(\w+)'/g)) groups.add(m[1])
    }
    const called = code.flatMap(({ name, text }) =>
      [...text.matchAll(/\bt\(\s*'([\w.]+)'/g)].map((m) => [name, m[1]] as const),
    )
    expect(called.filter(([, key]) => !(key in chinese))).toEqual([])
    const counted = code.flatMap(({ text }) => [...text.matchAll(/\btn\(\s*'([\w.]+)'/g)].map((m) => `${m[1]}.one`))
    expect(counted.filter((key) => !(key in chinese))).toEqual([])
    const used = (key: string) =>
      named.has(key) ||
      named.has(key.replace(/\.(one|other)$/, '')) ||
      groups.has(key.split('.').slice(0, -1).join('.'))
    expect(Object.keys(chinese).filter((key) => !used(key))).toEqual([])
  })
  test('no text stands outside the message files', () => {
    const found: string[] = []
    for (const { name, text } of code) {
      const bare = text
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .replace(/^\s*\/\/.*$/gm, '')
        .replace(/<!--[\s\S]*?-->/g, '')
      // The mark between sentences read aloud or listed is the language's own.
      if (/\p{Script=Han}/u.test(bare)) found.push(`${name}: Chinese`)
      if (!name.endsWith('.vue')) continue
      const template = /<template>([\s\S]*)<\/template>/.exec(bare)?.[1] ?? ''
      const words = template
        .replace(/\{\{[\s\S]*?\}\}/g, '')
        .replace(/<(?:"[^"]*"|'[^']*'|[^>"'])*>/g, '\n')
        .split('\n')
        .filter((line) => /[A-Za-z]{2,}/.test(line))
      const attributes = [...template.matchAll(/\s(?:title|aria-label|placeholder|alt)="([^"]+)"/g)].map((m) => m[1])
      if (words.length || attributes.length) found.push(`${name}: ${[...words, ...attributes].join(' | ')}`)
    }
    expect(found).toEqual([])
  })
  test('the code calls nothing that web views of 2017 do not have', () => {
    const newer =
      /\.(at|flat|flatMap|replaceAll|matchAll|finally|allSettled|any|findLast|toSorted|replaceChildren|toggleAttribute)\(|Object\.fromEntries|structuredClone|AbortSignal|globalThis|randomUUID|queueMicrotask|\\p\{|\(\?<|import\(/
    const found = code
      .filter(({ text }) => newer.test(text))
      .map(({ name, text }) => `${name}: ${newer.exec(text)![0]}`)
    expect(found).toEqual([])
    const css = code.concat(
      files(source)
        .filter((f) => f.endsWith('.css'))
        .map((path) => ({ name: path, text: readFileSync(path, 'utf8') })),
    )
    expect(css.filter(({ text }) => /(^|\s)(gap|inset|aspect-ratio):/m.test(text)).map((f) => f.name)).toEqual([])
  })
})
