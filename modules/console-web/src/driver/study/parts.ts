/** A lesson's text in parts, one a heading, each opened by the time that the ones before it take to read. */
export interface Part {
  html: string
  /** Its heading; empty where the text begins without one. */
  title: string
  /** Second of the lesson from which it is open. */
  opensAt: number
}
export interface LessonText {
  /** The drawing that stands above the lesson, taken out of the text. */
  picture: { src: string; alt: string } | null
  parts: Part[]
}

/** Pictures take a look as long as this many characters take to read. */
const PICTURE_CHARACTERS = 40

export function lessonText(html: string, seconds: number): LessonText {
  const body = new DOMParser().parseFromString(html, 'text/html').body
  const first = body.querySelector('img')
  let picture: LessonText['picture'] = null
  if (first) {
    picture = { src: first.getAttribute('src') ?? '', alt: first.getAttribute('alt') ?? '' }
    const around = first.parentElement
    first.parentNode!.removeChild(first)
    if (around && around !== body && !around.children.length && !(around.textContent ?? '').trim()) {
      around.parentNode!.removeChild(around)
    }
  }
  const groups: Element[][] = []
  for (const child of Array.from(body.children)) {
    if (groups.length === 0 || /^H[1-3]$/.test(child.tagName)) groups.push([])
    groups[groups.length - 1].push(child)
  }
  const weights = groups.map((group) =>
    group.reduce(
      (sum, e) =>
        sum +
        (e.textContent ?? '').length +
        PICTURE_CHARACTERS * (e.tagName === 'IMG' ? 1 : e.querySelectorAll('img').length),
      0,
    ),
  )
  const total = weights.reduce((a, b) => a + b, 0) || 1
  let before = 0
  return {
    picture,
    parts: groups.map((group, i) => {
      const opensAt = Math.floor((seconds * before) / total)
      before += weights[i]
      const title = /^H[1-3]$/.test(group[0].tagName) ? (group[0].textContent ?? '').trim() : ''
      return { html: group.map((e) => e.outerHTML).join(''), title, opensAt }
    }),
  }
}

/** Which part is being read at a second of the lesson. */
export function partAt(parts: Part[], position_s: number): number {
  let at = 0
  parts.forEach((part, i) => {
    if (part.opensAt <= position_s) at = i
  })
  return at
}

/** Sentences to read aloud one after the other: long utterances break off in many browsers. */
export function sentences(plain: string): string[] {
  return (plain.match(/[^。！？；.!?;\n]+[。！？；.!?;]*/g) ?? []).map((s) => s.trim()).filter((s) => s.length > 0)
}
