// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { nextTick, ref } from 'vue'
import { afterEach, expect, test } from 'vitest'
import { vDialogFocus } from './dialogFocus'

const open = ref(false)
const wrapper = mount(
  {
    directives: { dialogFocus: vDialogFocus },
    setup: () => ({ open }),
    template: `<button id="opener" /><div v-if="open" role="dialog"><button id="close" />
      <form v-dialog-focus><input id="name" /><div id="passed" tabindex="-1" /><button id="send" /></form></div>
      <input id="beside" />`,
  },
  { attachTo: document.body },
)
const at = () => document.activeElement?.id
const focus = (id: string) => document.getElementById(id)!.focus()
const tab = (shiftKey = false) => {
  const event = new KeyboardEvent('keydown', { key: 'Tab', shiftKey, cancelable: true, bubbles: true })
  document.dispatchEvent(event)
  return event.defaultPrevented
}
async function show(): Promise<void> {
  focus('opener')
  open.value = true
  await nextTick()
}
afterEach(async () => {
  open.value = false
  await nextTick()
})

test('the first field has the focus when a dialog opens, and who opened it when it closes', async () => {
  await show()
  expect(at()).toBe('name')
  open.value = false
  await nextTick()
  expect([at(), tab()]).toEqual(['opener', false])
})
test('Tab goes round within the dialog', async () => {
  await show()
  expect(tab()).toBe(false)
  focus('send')
  expect([tab(), at()]).toEqual([true, 'close'])
  expect([tab(true), at()]).toEqual([true, 'send'])
})
test('what opened beside it keeps the focus, and what lost it finds back', async () => {
  await show()
  focus('beside')
  expect([tab(), at()]).toEqual([false, 'beside'])
  ;(document.activeElement as HTMLElement).blur()
  expect([tab(), at()]).toEqual([true, 'close'])
  expect(wrapper.find('form').exists()).toBe(true)
})
