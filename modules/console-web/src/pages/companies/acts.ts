import type { RouteLocationRaw } from 'vue-router'
import type { RiskAct } from '@/api/types'

/** A paper that counts in full against the score; the word of the papers' address. */
const GAPS = 'overdue,lapsed,suspended,missing'

/** The page where an act is done, narrowed to what it is about. Services stand in the list of papers, and lead on from there. */
export function placeOfAct(act: Pick<RiskAct, 'code' | 'kind'>, company: string): RouteLocationRaw {
  const params = { id: company }
  switch (act.code) {
    case 'papers':
      return { name: 'company-papers', params, query: { kind: act.kind, state: GAPS } }
    case 'papers_all':
      return { name: 'company-papers', params, query: { state: GAPS } }
    case 'hazards_general':
    case 'hazards_major':
      return { name: 'company-duties', params: { ...params, tab: 'hazards' } }
    case 'training':
      return { name: 'company-training', params }
    case 'handling':
      return { name: 'alarms', params: { id: '' }, query: { company } }
    case 'drivers':
      return { name: 'alarms', params: { id: '' }, query: { company, status: 'all' } }
  }
}

/** What keeps the score up under a veto; a word of a later server leads nowhere. */
export function placeOfVeto(code: string, company: string): RouteLocationRaw | null {
  const params = { id: company }
  switch (code) {
    case 'overdue_driving':
      return { name: 'alarms', params: { id: '' }, query: { company, rule: 'papers', status: 'all' } }
    case 'company_licence':
      return { name: 'company-papers', params, query: { kind: 'co.licence' } }
    case 'major_hazard':
      return { name: 'company-duties', params: { ...params, tab: 'hazards' } }
    case 'fatal_accident':
      return { name: 'company-duties', params: { ...params, tab: 'accidents' } }
  }
  return null
}
