import { createPinia, setActivePinia } from 'pinia'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { NMessageProvider } from 'naive-ui'
import { afterEach, beforeEach, vi } from 'vitest'
import { defineComponent, h, type Component } from 'vue'
import type { Router } from 'vue-router'
import { i18n } from '@/i18n'

/** For tests of parts: a server that answers what it is told, and what it was asked, in English. */
export interface Answer {
  status?: number
  body?: unknown
}
export function useVisit() {
  const answers: Record<string, Answer> = {}
  const asked: { name: string; method: string; path: string; body: unknown; csrf: string | null }[] = []
  /** Addresses of what was asked, with their queries. */
  const paths: string[] = []
  let wrapper: VueWrapper | undefined

  beforeEach(() => {
    setActivePinia(createPinia())
    i18n.global.locale.value = 'en'
    for (const name of Object.keys(answers)) delete answers[name]
    asked.length = 0
    paths.length = 0
    vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
      const method = init.method ?? 'GET'
      const name = `${method} ${path.split('?')[0]}`
      paths.push(path)
      asked.push({
        name,
        method,
        path,
        body: typeof init.body === 'string' ? JSON.parse(init.body) : (init.body ?? null),
        csrf: (init.headers as Record<string, string> | undefined)?.['x-csrf-token'] ?? null,
      })
      const answer = answers[name]
      if (!answer) throw new TypeError('network')
      return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), {
        status: answer.status ?? 200,
      })
    })
  })
  afterEach(() => {
    wrapper?.unmount()
    vi.unstubAllGlobals()
  })
  return {
    answers,
    asked,
    paths,
    whole: () => wrapper!,
    part: (id: string) => wrapper!.find(`[data-testid=${id}]`),
    parts: (id: string) => wrapper!.findAll(`[data-testid=${id}]`),
    async show(component: Component, props: Record<string, unknown> = {}, router?: Router): Promise<void> {
      wrapper = mount(
        defineComponent({ render: () => h(NMessageProvider, null, { default: () => h(component, props) }) }),
        { global: { plugins: router ? [i18n, router] : [i18n] }, attachTo: document.body },
      )
      await flushPromises()
    },
    async send(): Promise<void> {
      await wrapper!.find('form').trigger('submit')
      await flushPromises()
    },
  }
}
