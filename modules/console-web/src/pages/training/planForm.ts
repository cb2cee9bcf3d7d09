import type { Cargo, NewPlan, PlanKind } from '@/api/training'
import { lastDay, monthAfter } from './words'

/** A plan as it is typed. */
export interface PlanForm {
  kind: PlanKind
  title: string
  courses: number[]
  begins: string | null
  due: string | null
  all: boolean
  companies: number[]
  cargo: Cargo[]
  hired: string | null
}
export type PlanFault = 'title' | 'courses' | 'dates' | 'order' | 'past' | 'companies'
export const LONGEST_TITLE = 100
export const MOST_COURSES = 20

/** A month's plan begins with it, or today where it has begun. */
export function periodOf(month: string, today: string): { begins: string; due: string } {
  const first = `${month}-01`
  return { begins: first < today ? today : first, due: lastDay(month) }
}
/** The plan of a month has to be there before it: from the 25th on the next one is meant. */
export const monthMeant = (today: string): string =>
  today.slice(8) >= '25' ? monthAfter(today.slice(0, 7), 1) : today.slice(0, 7)

/** What is still missing or cannot be, in the order of the fields. */
export function faultsOf(form: PlanForm, today: string): PlanFault[] {
  const faults: PlanFault[] = []
  if (!form.title.trim() || form.title.trim().length > LONGEST_TITLE) faults.push('title')
  if (form.courses.length === 0 || form.courses.length > MOST_COURSES) faults.push('courses')
  if (!form.begins || !form.due) faults.push('dates')
  else if (form.due < form.begins) faults.push('order')
  else if (form.due < today) faults.push('past')
  if (!form.all && form.companies.length === 0) faults.push('companies')
  return faults
}
export const planOf = (form: PlanForm): NewPlan => ({
  kind: form.kind,
  title: form.title.trim(),
  course_ids: form.courses,
  begins_on: form.begins ?? '',
  due_on: form.due ?? '',
  company_ids: form.all ? [] : form.companies,
  cargo: form.cargo,
  hired_from: form.hired,
})
/** How many drivers the chosen companies have: no plan of theirs reaches more. */
export const reachOf = (form: PlanForm, companies: readonly { id: number; drivers: number }[]): number =>
  companies.filter((one) => form.all || form.companies.includes(one.id)).reduce((sum, one) => sum + one.drivers, 0)
