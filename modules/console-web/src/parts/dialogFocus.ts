import type { ObjectDirective } from 'vue'

const REACHED =
  'input:not(:disabled), textarea:not(:disabled), select:not(:disabled), button:not(:disabled), a[href], [tabindex]'
const fields = (within: Element): HTMLElement[] =>
  [...within.querySelectorAll<HTMLElement>(REACHED)].filter((one) => one.tabIndex >= 0)

interface Held {
  before: Element | null
  tab: (event: KeyboardEvent) => void
}
const held = new WeakMap<HTMLElement, Held>()

/**
 * For the fields of a dialog: takes the focus to the first, keeps Tab inside and gives the focus back in the end. What opens beside the
 * dialog, such as a list that is searched by typing, may have the focus meanwhile.
 */
export const vDialogFocus: ObjectDirective<HTMLElement> = {
  created(el) {
    const tab = (event: KeyboardEvent) => {
      if (event.key !== 'Tab') return
      const all = fields(el.closest('[role=dialog]') ?? el)
      if (all.length === 0) return
      const [first, last] = [all[0], all[all.length - 1]]
      const at = document.activeElement
      // What had the focus may be gone: then it is the page's.
      const outside = at === null || at === document.body
      if (!outside && at !== (event.shiftKey ? first : last)) return
      event.preventDefault()
      ;(event.shiftKey ? last : first).focus()
    }
    held.set(el, { before: document.activeElement, tab })
  },
  mounted(el) {
    document.addEventListener('keydown', held.get(el)!.tab)
    fields(el)[0]?.focus()
  },
  unmounted(el) {
    const { before, tab } = held.get(el)!
    document.removeEventListener('keydown', tab)
    if (before instanceof HTMLElement && before.isConnected) before.focus()
  },
}
