import { beforeEach } from 'vitest'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { i18n } from '@/i18n'
import { useVisit } from './visit'

const PAGES = {
  map: '/',
  alarms: '/alarms/:id?',
  replay: '/vehicles/:id/day/:day',
  users: '/users/:id?',
  'sign-in': '/sign-in',
  companies: '/companies',
  company: '/companies/:id',
  'company-papers': '/companies/:id/papers',
  'company-duties': '/companies/:id/duties/:tab?',
  'company-report': '/companies/:id/report',
  'company-training': '/companies/:id/training',
  dispatch: '/dispatch',
}
const nothing = { render: () => null }

/** For tests of whole pages: a visit at an address, from where the pages lead to others, which are empty. */
export function useStage(pages: Record<string, string> = PAGES, locale: 'zh-CN' | 'en' = 'zh-CN') {
  const visit = useVisit()
  let router: Router

  beforeEach(() => {
    i18n.global.locale.value = locale
    router = createRouter({
      history: createMemoryHistory(),
      routes: Object.entries(pages).map(([name, path]) => ({ name, path, component: nothing })),
    })
  })
  return {
    ...visit,
    router: () => router,
    async show(component: Component, props: Record<string, unknown> = {}, path = '/'): Promise<void> {
      await router.push(path)
      await visit.show(component, props, router)
    },
  }
}

/** Somebody who is signed in. */
export const session = {
  user: {
    id: 1,
    username: 'zhoulan',
    display_name: '周岚',
    role: 'agent',
    scope: 'all',
    scope_label: '全部',
    locale: null,
  },
  csrf_token: 'token-1',
  second_factor_owed: false,
}

export const company = (id: number, name: string, score: number | null) => ({
  id,
  name,
  adcode: '500112',
  region: { zh: '重庆', en: 'Chongqing' },
  vehicles: 10,
  drivers: 12,
  online: 8,
  overdue_critical: id,
  papers_to_review: 0,
  open_alarms: 3,
  open_by_severity: {},
  km_7d: 20_000,
  open_per_1000km: 0.15,
  risk: { score, band: score === null ? null : 'orange' },
})
