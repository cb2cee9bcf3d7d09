// Text that a reader cannot read, as sentences. Text may be shortened with an ellipsis when its title holds all of it, and text that
// has left its box on purpose stands below data-overflow="ok".
() => {
  const faults = []
  const EDGE = 1.5
  const excused = (el) => el.closest('[data-overflow="ok"], .visually-hidden, .maplibregl-map, .n-scrollbar-rail') !== null
  const seen = (el) => el.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  const name = (el) => {
    const mark = el.closest('[data-testid]')
    return `<${el.tagName.toLowerCase()}${el.className && el.className.baseVal === undefined ? '.' + String(el.className).trim().replace(/\s+/g, '.') : ''}>` +
      (mark ? ` in ${mark.dataset.testid}` : '')
  }
  const words = (el) => `"${el.textContent.trim().replace(/\s+/g, ' ').slice(0, 60)}"`
  const ownText = (el) => [...el.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE && n.data.trim() !== '')
  const titled = (el) => {
    for (let e = el, i = 0; e && i < 3; e = e.parentElement, i++) if (e.title) return true
    return false
  }
  const clips = (value) => value === 'hidden' || value === 'clip'
  const scrolls = (value) => value === 'auto' || value === 'scroll'

  const painted = (style) =>
    style.display !== 'inline' && (style.backgroundColor !== 'rgba(0, 0, 0, 0)' || parseFloat(style.borderLeftWidth) > 0)

  const texts = [...document.body.querySelectorAll('*')].filter(
    (el) => ownText(el).length > 0 && !['SCRIPT', 'STYLE', 'OPTION', 'TITLE'].includes(el.tagName) && seen(el) && !excused(el),
  )
  for (const el of texts) {
    const range = document.createRange()
    const rects = []
    for (const node of ownText(el)) {
      range.selectNodeContents(node)
      rects.push(...range.getClientRects())
    }
    if (rects.length === 0) continue
    const box = {
      left: Math.min(...rects.map((r) => r.left)),
      right: Math.max(...rects.map((r) => r.right)),
      top: Math.min(...rects.map((r) => r.top)),
      bottom: Math.max(...rects.map((r) => r.bottom)),
    }
    let freeX = false
    let freeY = false
    for (let at = el; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at)
      const r = at.getBoundingClientRect()
      if (style.position === 'fixed' && at !== el) break
      if (!freeX && painted(style) && style.overflowX === 'visible' && (box.right > r.right + EDGE || box.left < r.left - EDGE)) {
        faults.push(`${words(el)} ${name(el)} spills out of ${name(at)}`)
        break
      }
      if (scrolls(style.overflowX) && !freeX) {
        if (at.scrollWidth > at.clientWidth + 1 && box.right > r.left + at.clientLeft + at.scrollWidth - at.scrollLeft + EDGE)
          faults.push(`${words(el)} ${name(el)} cannot be scrolled to in ${name(at)}`)
        freeX = true
      }
      if (scrolls(style.overflowY)) freeY = true
      if (clips(style.overflowX) && !freeX && (box.right > r.right + EDGE || box.left < r.left - EDGE)) {
        const shortened = style.textOverflow === 'ellipsis'
        // The page gives a shortened text its title when the pointer comes.
        if (shortened) at.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))
        if (!shortened) faults.push(`${words(el)} ${name(el)} is cut off by ${name(at)} at its side`)
        else if (!titled(el) && !titled(at)) faults.push(`${words(el)} ${name(el)} is shortened and no title holds all of it`)
        freeX = true
      }
      if (clips(style.overflowY) && !freeY && (box.bottom > r.bottom + EDGE + 1 || box.top < r.top - EDGE - 1)) {
        faults.push(`${words(el)} ${name(el)} is cut off by ${name(at)} above or below`)
        freeY = true
      }
    }
    if (!freeX && (box.left < -EDGE || box.right > innerWidth + EDGE)) {
      const clipped = el.closest('.clip')
      if (!clipped) faults.push(`${words(el)} ${name(el)} leaves the window at its side`)
    }
    if (!freeY && (box.top < -EDGE || box.bottom > innerHeight + EDGE)) faults.push(`${words(el)} ${name(el)} leaves the window above or below`)
  }

  // A page that scrolls sideways hides something at its right.
  for (const el of document.querySelectorAll('main *, main')) {
    const style = getComputedStyle(el)
    if (scrolls(style.overflowX) && el.scrollWidth > el.clientWidth + 1 && seen(el) && !excused(el))
      faults.push(`${name(el)} scrolls sideways: ${el.scrollWidth} in ${el.clientWidth}`)
  }

  // Neighbours in a row or a grid do not lie on each other.
  const rows = [...document.body.querySelectorAll('*')].filter((el) => {
    const display = getComputedStyle(el).display
    return (display.endsWith('flex') || display.endsWith('grid')) && el.children.length > 1 && el.textContent.trim() !== '' && seen(el) && !excused(el)
  })
  for (const row of rows) {
    const parts = [...row.children]
      .filter((c) => seen(c) && !['absolute', 'fixed'].includes(getComputedStyle(c).position))
      .map((c) => ({ c, r: c.getBoundingClientRect() }))
      .filter(({ r }) => r.width > 0 && r.height > 0)
    for (let i = 0; i < parts.length; i++)
      for (let k = i + 1; k < parts.length; k++) {
        const [a, b] = [parts[i].r, parts[k].r]
        const x = Math.min(a.right, b.right) - Math.max(a.left, b.left)
        const y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
        if (x > 2 && y > 2) faults.push(`${words(parts[i].c)} and ${words(parts[k].c)} lie on each other in ${name(row)}`)
      }
  }

  // Words in a drawn figure neither leave it nor lie on each other.
  for (const figure of document.querySelectorAll('svg')) {
    const edge = figure.getBoundingClientRect()
    const labels = [...figure.querySelectorAll('text')]
      .filter((text) => text.textContent.trim() !== '' && seen(text) && !excused(text))
      .map((text) => ({ text, r: text.getBoundingClientRect() }))
    for (const { text, r } of labels)
      if (getComputedStyle(figure).overflow !== 'visible' && (r.left < edge.left - EDGE || r.right > edge.right + EDGE))
        faults.push(`${words(text)} in a figure of ${name(figure.parentElement)} leaves the figure`)
    for (let i = 0; i < labels.length; i++)
      for (let k = i + 1; k < labels.length; k++) {
        const [a, b] = [labels[i].r, labels[k].r]
        const x = Math.min(a.right, b.right) - Math.max(a.left, b.left)
        const y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
        if (x > 2 && y > 4)
          faults.push(`${words(labels[i].text)} and ${words(labels[k].text)} lie on each other in a figure of ${name(figure.parentElement)}`)
      }
  }
  return [...new Set(faults)]
}
