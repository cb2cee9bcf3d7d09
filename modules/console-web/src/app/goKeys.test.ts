// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { GO, useGoKeys } from './goKeys'
import { useSession } from './session'

describe('G and a letter', () => {
  let router: Router
  const press = async (key: string, target: EventTarget = window) => {
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    await flushPromises()
  }
  beforeEach(async () => {
    setActivePinia(createPinia())
    useSession().$patch({ phase: 'in', user: { role: 'lead', scope: 'all' } as never })
    router = createRouter({
      history: createMemoryHistory(),
      routes: ['home', ...Object.values(GO)].map((name) => ({
        name,
        path: `/${name}`,
        component: { render: () => null },
      })),
    })
    await router.push('/home')
  })
  const shown = () => {
    const taken: string[] = []
    const own = (event: KeyboardEvent) => taken.push(event.key)
    window.addEventListener('keydown', own)
    const wrapper = mount(
      defineComponent({
        setup: () => {
          useGoKeys()
          return () => h('input')
        },
      }),
      { global: { plugins: [router] }, attachTo: document.body },
    )
    return {
      taken,
      input: wrapper.find('input').element,
      end: () => {
        wrapper.unmount()
        window.removeEventListener('keydown', own)
      },
    }
  }
  test('lead to training, and the page below never sees the letter', async () => {
    const { taken, end } = shown()
    await press('g', document.body)
    await press('t', document.body)
    expect(router.currentRoute.value.name).toBe('training')
    expect(taken).toEqual(['g'])
    end()
  })
  test('do nothing while something is typed', async () => {
    const { input, taken, end } = shown()
    await press('g', input)
    await press('t', input)
    expect(router.currentRoute.value.name).toBe('home')
    expect(taken).toEqual(['g', 't'])
    end()
  })
  test('another letter ends it', async () => {
    const { taken, end } = shown()
    for (const key of ['g', 'x', 't']) await press(key, document.body)
    expect(router.currentRoute.value.name).toBe('home')
    expect(taken).toEqual(['g', 'x', 't'])
    end()
  })
})
