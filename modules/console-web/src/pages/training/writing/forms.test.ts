import { describe, expect, test } from 'vitest'
import type { Lesson } from '@/api/courses'
import { begunBefore, PICTURE_NAME, pictureFault, pictureName } from '../files/names'
import { blankCourse, conditionsOf, courseFaults, examOf, nextCode, type CourseForm } from './courseForm'
import {
  blankLesson,
  insertBlock,
  lessonFaults,
  lessonFormOf,
  lessonTextOf,
  saysElse,
  type LessonForm,
} from './lessonForm'

describe('a course as it is typed', () => {
  const whole = (more: Partial<CourseForm> = {}): CourseForm => ({
    ...blankCourse(),
    code: 'ice',
    topic: 'weather',
    title: '冰雪',
    ...more,
  })
  test('that is whole has no fault', () => expect(courseFaults(whole())).toEqual([]))
  test('that is new says all that it needs', () =>
    expect(courseFaults(blankCourse())).toEqual(['code', 'topic', 'title']))
  test.each(['i', 'Ice', '-ice', 'ice road', 'x'.repeat(41)])('has no code such as %s', (code) =>
    expect(courseFaults(whole({ code }))).toEqual(['code']),
  )
  test('has an exam of which every number is there and within its bounds', () => {
    const exam = blankCourse().exam
    expect(examOf(exam)).toEqual(exam)
    expect(examOf({ ...exam, minutes: null })).toBeNull()
    expect(examOf({ ...exam, questions: 4 })).toBeNull()
    expect(examOf({ ...exam, questions: 5, pass_percent: 100 })).not.toBeNull()
    expect(courseFaults(whole({ exam: { ...exam, attempts: 11 } }))).toEqual(['exam'])
  })
})

describe('what a draft lacks', () => {
  const course = (lessons: number, questions: number) => ({
    lessons,
    questions,
    title_en: 'Ice',
    exam: { questions: 5, minutes: 15, pass_percent: 80, attempts: 3, valid_months: 12 },
  })
  const missing = (lessons: number, questions: number, english: (string | null)[] = []) =>
    conditionsOf(
      course(lessons, questions),
      english.map((body_en) => ({ body_en })),
    )
      .filter((one) => !one.met)
      .map((one) => `${one.what} ${one.n}/${one.of} ${one.needed}`)
  test('is a lesson, and as many questions as its exam asks', () => {
    expect(missing(0, 4)).toEqual(['lessons 0/1 true', 'questions 4/5 true'])
    expect(missing(2, 5, ['a', 'b'])).toEqual([])
  })
  test('is never its English, but that is said', () =>
    expect(missing(2, 5, ['a', null])).toEqual(['english 1/2 false']))
})

describe('codes', () => {
  test('go on after those that are there', () => {
    expect(nextCode('lesson', [])).toBe('lesson-1')
    expect(nextCode('lesson', ['lesson-1', 'lesson-3'])).toBe('lesson-4')
  })
})

describe('a lesson as it is typed', () => {
  const whole = (more: Partial<LessonForm> = {}): LessonForm => ({
    ...blankLesson('lesson-1'),
    title: '起步',
    body: '慢。',
    ...more,
  })
  const stored = {
    code: 'lesson-1',
    title: '起步',
    title_en: null,
    body: '慢。',
    body_en: null,
    seconds: 120,
    video: null,
  } as Lesson
  test('that is whole has no fault', () => expect(lessonFaults(whole())).toEqual([]))
  test.each<[string, Partial<LessonForm>, string[]]>([
    ['words', { title: ' ', body: '' }, ['title', 'body']],
    ['ten seconds', { seconds: 9 }, ['seconds']],
    ['three minutes at most', { seconds: 181 }, ['seconds']],
    ['its length', { seconds: null }, ['seconds']],
    ['a video where one is meant', { from: 'file' }, ['file']],
    ['an address that is safe', { from: 'address', video: 'http://a.example/x.mp4' }, ['address']],
    ['an address of one word', { from: 'address', video: 'https://a.example/x y' }, ['address']],
    ['a text that one call can hold', { body: '冰'.repeat(20_000), body_en: 'x'.repeat(9_000) }, ['size']],
  ])('needs %s', (_what, more, faults) => expect(lessonFaults(whole(more))).toEqual(faults))
  test('is sent without an address that was typed and then not meant', () =>
    expect(lessonTextOf(whole({ from: 'none', video: 'https://a.example/x.mp4' })).video).toBeNull())
  test('says the same as its version until something is changed', () => {
    expect(saysElse(lessonFormOf(stored), stored)).toBe(false)
    expect(saysElse(whole({ body: '慢。 \n' }), stored)).toBe(false)
    expect(saysElse(whole({ title_en: 'Start' }), stored)).toBe(true)
  })
  test('knows an address from a video that was uploaded', () => {
    expect(lessonFormOf({ ...stored, video: 'https://a.example/x.mp4' }).from).toBe('address')
    expect(lessonFormOf({ ...stored, video: '4a4a4a4a-4a4a-4a4a-8a4a-4a4a4a4a4a4a' }).from).toBe('file')
  })
})

describe('a picture put into a text', () => {
  const put = (text: string, start: number, end = start) => insertBlock(text, start, end, '![](a.svg)')
  test('stands on lines of its own wherever the cursor is', () => {
    expect(put('', 0).text).toBe('![](a.svg)\n')
    expect(put('Slow down.', 4).text).toBe('Slow\n\n![](a.svg)\n\ndown.')
    expect(put('Slow\n', 5).text).toBe('Slow\n\n![](a.svg)\n')
    expect(put('Slow\n\n\n\ndown', 6).text).toBe('Slow\n\n![](a.svg)\n\ndown')
    expect(put('a ![](b.svg) c', 2, 12).text).toBe('a\n\n![](a.svg)\n\nc')
  })
  test('is followed by the cursor', () => {
    const { text, at } = put('Slow down.', 4)
    expect(text.slice(at)).toBe('down.')
  })
})

describe('names of pictures', () => {
  test.each([
    ['Blind Spot 1.JPEG', 'blind-spot-1.jpg'],
    ['mirror.en.svg', 'mirror.en.svg'],
    ['盲区 A1 图.png', 'a1.png'],
    ['盲区.png', 'picture-2.png'],
    [`${'x'.repeat(70)}.svg`, `${'x'.repeat(60)}.svg`],
  ])('%s is called %s', (file, name) => {
    expect(pictureName(file, ['picture-1.svg'])).toBe(name)
    expect(name).toMatch(PICTURE_NAME)
  })
  test('only pictures of at most one megabyte are taken', () => {
    expect(pictureFault({ name: 'a.png', size: 1024 * 1024 })).toBeNull()
    expect(pictureFault({ name: 'a.png', size: 1024 * 1024 + 1 })).toBe('large')
    expect(pictureFault({ name: 'a.gif', size: 10 })).toBe('type')
    expect(pictureFault({ name: 'a.svg', size: 0 })).toBe('empty')
  })
})

describe('a video that is chosen again', () => {
  const there = (name: string, size: number, complete: boolean) => ({
    id: `${name}-${size}`,
    name,
    size,
    received: complete ? size : 1,
    complete,
    type: null,
    made_at: '2026-11-22T00:00:00Z',
  })
  test('goes on only where name and size are the same and something is missing', () => {
    const videos = [there('a.mp4', 10, true), there('b.mp4', 10, false), there('a.mp4', 20, false)]
    expect(begunBefore({ name: 'a.mp4', size: 20 }, videos)?.id).toBe('a.mp4-20')
    expect(begunBefore({ name: 'a.mp4', size: 10 }, videos)).toBeNull()
    expect(begunBefore({ name: 'c.mp4', size: 10 }, videos)).toBeNull()
  })
})
