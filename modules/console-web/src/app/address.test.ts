// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView, type Router } from 'vue-router'
import { useAddress, useOpened } from './address'

/** A list under `/list/:id?` that stands at an address. */
async function at(path: string, keeps?: 'filters') {
  let found: (ReturnType<typeof useAddress> & ReturnType<typeof useOpened>) | undefined
  const page = defineComponent({
    setup() {
      found = { ...useAddress(), ...useOpened('list', keeps) }
      return () => h('i')
    },
  })
  const router: Router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/list/:id?', name: 'list', component: page }],
  })
  await router.push(path)
  mount(RouterView, { global: { plugins: [router] } })
  return { ...found!, path: () => router.currentRoute.value.fullPath }
}

test('a word, a number and one of several words are read, and what makes no sense is not there', async () => {
  const { word, number, oneOf } = await at('/list?query=abc&company=12&plan=x1&state=done&sort=a&sort=b')
  expect([word('query'), word('nothing'), word('sort')]).toEqual(['abc', '', ''])
  expect([number('company'), number('plan'), number('nothing')]).toEqual([12, null, null])
  expect(oneOf('state', ['open', 'done'], 'open')).toBe('done')
  expect(oneOf('query', ['open', 'done'], 'open')).toBe('open')
})

test('what is said keeps the rest of the address and the open row, and what is empty leaves it', async () => {
  const { put, path } = await at('/list/7?query=abc&company=12')
  put({ state: 'done', query: '', company: undefined })
  await flushPromises()
  expect(path()).toBe('/list/7?state=done')
})

test('a row is opened and closed again; filters go along where the page keeps them', async () => {
  const bare = await at('/list?state=done')
  expect(bare.opened.value).toBe(null)
  bare.open(7)
  await flushPromises()
  expect([bare.opened.value, bare.path()]).toEqual([7, '/list/7'])
  const narrowed = await at('/list/7?state=done', 'filters')
  narrowed.open(null)
  await flushPromises()
  expect([narrowed.opened.value, narrowed.path()]).toEqual([null, '/list?state=done'])
})
