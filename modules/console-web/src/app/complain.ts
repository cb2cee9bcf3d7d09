/** How long a page has to be still there after something failed, in milliseconds. */
const STILL_THERE = 500

/**
 * Writes what failed on the browser's console, unless the page goes away meanwhile: a page that is being left breaks off its downloads and its
 * workers, and that is nobody's fault.
 */
export function complain(what: string, cause: unknown): void {
  setTimeout(() => console.error(what, cause), STILL_THERE)
}
