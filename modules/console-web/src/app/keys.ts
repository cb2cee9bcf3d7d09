/** Single-key shortcuts are off while something is being typed and with a modifier held. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return true
  const target = event.target as HTMLElement | null
  return !!target && (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable)
}

/** While a dialog is open, keys belong to it and not to the page below. */
export const dialogOpen = (): boolean => document.querySelector('[aria-modal=true]') !== null

/** What was clicked with the mouse does not keep the keys: they go on to work what is looked at. */
export function release(event: MouseEvent): void {
  if (event.detail > 0) (event.target as Element).closest<HTMLElement>('button')?.blur()
}
