import { beforeEach, vi } from 'vitest'
import type { Component } from 'vue'
import type { Role } from '@/api/types'
import { useSession } from '@/app/session'
import { useStage } from '../stage'

const PAGES = {
  training: '/training',
  'training-plans': '/training/plans',
  'training-courses': '/training/courses',
  'training-course': '/training/courses/:id(\\d+)',
  'training-course-new': '/training/courses/new',
  'training-course-edit': '/training/courses/:id/edit',
  'training-lesson': '/training/courses/:id/lessons/:lesson',
  'training-certificates': '/training/certificates',
  'training-effect': '/training/effect',
  company: '/companies/:id',
  'company-training': '/companies/:id/training',
  'company-ledger': '/companies/:id/ledger',
  'company-at-the-wheel': '/companies/:id/at-the-wheel',
  replay: '/vehicles/:id/day/:day',
  'company-duties': '/companies/:id/duties/:tab?',
}
/** Signs somebody in. */
export const as = (role: Role, scope = 'all') =>
  useSession().$patch({
    phase: 'in',
    user: { id: 1, username: 'zhoulan', display_name: null, role, scope, scope_label: '', locale: null },
  })
/** Is in the page, or in what lies over it. */
export const inBody = (id: string) => document.querySelector<HTMLElement>(`[data-testid=${id}]`)
export const page = (items: unknown[], more: object = {}) => ({ body: { items, next_cursor: null, ...more } })

/** For tests of the pages of training: two companies and no plan, seen by a lead. */
export function useTraining() {
  const stage = useStage(PAGES, 'en')
  const { answers, asked, paths } = stage

  beforeEach(() => {
    vi.useRealTimers()
    answers['GET /api/v1/companies'] = page([
      { id: 1, name: 'Yujie', drivers: 12 },
      { id: 2, name: 'Shulian', drivers: 30 },
    ])
    answers['GET /api/v1/training-plans'] = page([])
    as('lead')
  })
  return {
    ...stage,
    show: (component: Component, path: string) => stage.show(component, {}, path),
    askedFor: (name: string) => asked.filter((one) => one.name === name),
    query: (name: string) => new URL(paths[asked.findLastIndex((one) => one.name === name)], 'http://x').searchParams,
  }
}

export const course = (id: number, more: object = {}) => ({
  id,
  code: `c${id}`,
  topic: 'speeding',
  title: `课程${id}`,
  title_en: `Course ${id}`,
  summary: '',
  summary_en: null,
  built_in: true,
  state: 'published',
  published_at: '2026-11-01T00:00:00Z',
  retired_at: null,
  lessons: 4,
  seconds: 590,
  questions: 60,
  exam: { questions: 10, minutes: 15, pass_percent: 80, attempts: 3, valid_months: 12 },
  open_tasks: 7,
  ...more,
})
export const plan = (id: number, more: object = {}) => ({
  id,
  kind: 'monthly',
  title: `Plan ${id}`,
  course_ids: [1],
  begins_on: '2026-11-01',
  due_on: '2026-11-30',
  company_ids: [],
  cargo: [],
  hired_from: null,
  wanted: 100,
  assigned: 100,
  assigned_at: '2026-11-01T00:00:00Z',
  state: 'running',
  made_by: 'Zhou Lan',
  made_at: '2026-10-28T02:00:00Z',
  withdrawn_at: null,
  reason: null,
  ...more,
})
