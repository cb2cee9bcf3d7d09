import { expect, test } from 'vitest'
import type { CabText } from '@/api/shift'
import { gbkBytes, placesOf, spoken, wrongWith } from './cabTexts'

test('a text is measured as a terminal gets it: a letter one byte, a character two, the limit at its longest', () => {
  expect(gbkBytes('Slow 减速')).toBe(9)
  expect(gbkBytes(spoken(' 限速{limit} '))).toBe(7)
})
test.each([
  ['speeding', 'Limit {limit}', 1000, null],
  ['speeding', 'Limit {speed}', 1000, 'braces'],
  ['speeding', 'Limit {limit', 1000, 'braces'],
  ['fatigue', 'Limit {limit}', 1000, 'no_limit'],
  ['any', '慢行', 4, null],
  ['any', '慢行!', 4, 'too_long'],
] as const)('of %s the text %s within %i bytes: %s', (rule, words, most, wrong) => {
  expect(wrongWith(rule, words, most)).toBe(wrong)
})
test('a free place stands where there is room, and none where there is not', () => {
  const text = (place: number) => ({ rule: 'papers', language: 'en', place, words: 'x' }) as CabText
  expect(placesOf([text(1)], 'papers', 'en').map((one) => [one.place, one.words])).toEqual([
    [1, 'x'],
    [2, ''],
  ])
  expect(placesOf([text(2)], 'papers', 'en').map((one) => one.place)).toEqual([1, 2])
  expect(placesOf([text(1), text(2), text(3)], 'papers', 'en')).toHaveLength(3)
  expect(placesOf([text(1)], 'papers', 'zh-CN')).toHaveLength(1)
})
