import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { RISK_BANDS, type RiskBand } from '@/look/tokens'
import type { LiveState, MapFilter } from '@/map/layers/filter'

const STATES: readonly LiveState[] = ['moving', 'stopped', 'offline']

/** What the map leaves out, kept in the address: `hide=offline,s1,blue`, `company=3`. */
export function parseHidden(text: unknown): Pick<MapFilter, 'hiddenStates' | 'hiddenSeverities' | 'hiddenBands'> {
  const words = new Set(typeof text === 'string' ? text.split(',') : [])
  return {
    hiddenStates: new Set(STATES.filter((s) => words.has(s))),
    hiddenSeverities: new Set([0, 1, 2, 3, 4].filter((s) => words.has(`s${s}`))),
    hiddenBands: new Set<RiskBand>(RISK_BANDS.filter((b) => words.has(b))),
  }
}

export function useMapFilter() {
  const route = useRoute()
  const router = useRouter()
  const filter = computed<MapFilter>(() => ({
    ...parseHidden(route.query.hide),
    companyId: route.query.company ? Number(route.query.company) : null,
  }))
  const active = computed(() => !!route.query.hide || !!route.query.company)

  function toggle(word: string): void {
    const words = new Set(typeof route.query.hide === 'string' && route.query.hide ? route.query.hide.split(',') : [])
    if (words.has(word)) words.delete(word)
    else words.add(word)
    const query = { ...route.query }
    if (words.size > 0) query.hide = [...words].join(',')
    else delete query.hide
    void router.replace({ query })
  }
  function clear(): void {
    const query = { ...route.query }
    delete query.hide
    delete query.company
    void router.replace({ query })
  }
  return { filter, active, toggle, clear }
}
