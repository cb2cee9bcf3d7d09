// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest'
import { useVisit } from '../visit'
import DrawFrame from './DrawFrame.vue'
import type { Frame } from './frame'

const { part, show } = useVisit()
let done: Frame[] = []
let cancelled = 0
beforeEach(async () => {
  done = []
  cancelled = 0
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1000)
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600)
})
const begin = (from: { clientX: number; clientY: number } | null) =>
  show(DrawFrame, { from, onDone: (frame: Frame) => done.push(frame), onCancel: () => cancelled++ })
const pointer = (name: string, clientX: number, clientY: number) =>
  window.dispatchEvent(new PointerEvent(name, { clientX, clientY }))

test('by keys it has the focus at once, is moved, and taken by Enter, but not by the Enter that is still held', async () => {
  await begin(null)
  expect(document.activeElement).toBe(part('area-cover').element)
  await part('area-cover').trigger('keydown', { key: 'Enter', repeat: true })
  expect(done).toEqual([])
  await part('area-cover').trigger('keydown', { key: 'ArrowRight' })
  await part('area-cover').trigger('keydown', { key: 'Enter' })
  expect(done).toEqual([{ left: 316, top: 180, width: 400, height: 240 }])
})

test('Escape ends it without an area', async () => {
  await begin(null)
  await part('area-cover').trigger('keydown', { key: 'Escape' })
  expect([done, cancelled]).toEqual([[], 1])
})

test('a drag from where Shift was held takes it when the button is let go; a click does not', async () => {
  await begin({ clientX: 100, clientY: 80 })
  pointer('pointermove', 103, 81)
  pointer('pointerup', 103, 81)
  expect(done).toEqual([])
  await part('area-cover').trigger('pointerdown', { button: 0, clientX: 300, clientY: 200 })
  pointer('pointermove', 200, 260)
  pointer('pointerup', 150, 290)
  expect(done).toEqual([{ left: 150, top: 200, width: 150, height: 90 }])
})
