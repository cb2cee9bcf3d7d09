/** Text that was shortened with an ellipsis is shown whole under the pointer. */
export function showWholeText(root: Document): void {
  root.addEventListener('pointerover', (event) => {
    const el = event.target instanceof Element ? event.target.closest<HTMLElement>('.clip') : null
    // A title that the page gave itself stays as it is.
    if (!el || (el.title && el.dataset.whole === undefined)) return
    if (el.scrollWidth > el.clientWidth) {
      el.title = el.textContent?.trim() ?? ''
      el.dataset.whole = ''
    } else if (el.dataset.whole !== undefined) {
      el.removeAttribute('title')
      delete el.dataset.whole
    }
  })
}
