// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import { lessonText, partAt, sentences } from './parts'
import { strip } from './track'

const HTML = `<h2>一</h2>\n<p>${'字'.repeat(60)}</p>\n<p><img src="/p/a.svg" alt="图" /></p>\n<h2>二</h2>\n<p>${'字'.repeat(
  58,
)}</p><p><img src="/p/b.svg" alt="又" /></p>`

describe('the text of a lesson', () => {
  test('has a part for each heading, opened by the time that the parts before it take', () => {
    const { parts } = lessonText(HTML, 160)
    expect(parts.map((p) => [p.title, p.opensAt])).toEqual([
      ['一', 0],
      ['二', 61],
    ])
    expect([partAt(parts, 0), partAt(parts, 60.9), partAt(parts, 61), partAt(parts, 160)]).toEqual([0, 0, 1, 1])
  })
  test('gives its first drawing to the top of the page and leaves no empty paragraph behind', () => {
    const { picture, parts } = lessonText(HTML, 160)
    expect(picture).toEqual({ src: '/p/a.svg', alt: '图' })
    expect(parts[0].html).toBe(`<h2>一</h2><p>${'字'.repeat(60)}</p>`)
    expect(parts[1].html).toContain('/p/b.svg')
  })
  test('without headings is one part that is open at once', () => {
    const { parts, picture } = lessonText('<p>字</p><ul><li>字</li></ul>', 60)
    expect(parts.map((p) => p.opensAt)).toEqual([0])
    expect(picture).toBeNull()
    expect(lessonText('', 60).parts).toEqual([])
  })
  test('is read aloud sentence by sentence', () => {
    expect(sentences('先减速。挂低挡！\nLet go; cool. ')).toEqual(['先减速。', '挂低挡！', 'Let go;', 'cool.'])
    expect(sentences('')).toEqual([])
  })
})

describe("the driver's own track", () => {
  const at = (s: number) => new Date(Date.parse('2026-11-20T02:00:00Z') + s * 1000).toISOString()
  const points = [70, 80, 100, 80, 70].map((speed_kmh, i) => ({ at: at(i * 10), speed_kmh, lat: 30, lon: 107 }))
  test('is drawn against the limit, with what lies above it and the highest speed', () => {
    const s = strip({ from: at(0), to: at(40), limit_kmh: 80, points })
    expect(s.peak).toMatchObject({ x: 160, kmh: 100 })
    expect(s.over).toHaveLength(1)
    expect(s.over[0].endsWith(`${s.limitY}Z`)).toBe(true)
    expect(s.line.match(/L/g)).toHaveLength(4)
  })
  test('has nothing red without a limit or above one that was kept', () => {
    expect(strip({ from: at(0), to: at(40), limit_kmh: null, points })).toMatchObject({ over: [], limitY: null })
    expect(strip({ from: at(0), to: at(40), limit_kmh: 100, points }).over).toEqual([])
  })
  test('ends the excess at the last point where it goes on', () => {
    const s = strip({ from: at(0), to: at(40), limit_kmh: 75, points: points.slice(0, 4) })
    expect(s.over).toHaveLength(1)
  })
})
