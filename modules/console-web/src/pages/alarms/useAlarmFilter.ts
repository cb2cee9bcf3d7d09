import { computed } from 'vue'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'

export const FILTER_NAMES = [
  'status',
  'handling',
  'company',
  'vehicle',
  'rule',
  'source',
  'severity',
  'from',
  'to',
  'query',
] as const
export type FilterName = (typeof FILTER_NAMES)[number]
export type AlarmFilter = Partial<Record<FilterName, string>>

/** The list's filters as they stand in the address; without `status` the list shows open alarms. */
export function readFilter(query: LocationQuery): AlarmFilter {
  const filter: AlarmFilter = {}
  for (const name of FILTER_NAMES) {
    const value = query[name]
    if (typeof value === 'string' && value !== '') filter[name] = value
  }
  return filter
}

export function useAlarmFilter() {
  const route = useRoute()
  const router = useRouter()
  const filter = computed(() => readFilter(route.query))
  const key = computed(() => JSON.stringify(filter.value))
  const narrowed = computed(() => Object.keys(filter.value).length > 0)

  function set(changes: AlarmFilter): void {
    const next: AlarmFilter = { ...filter.value, ...changes }
    const query: Record<string, string> = {}
    for (const name of FILTER_NAMES) if (next[name]) query[name] = next[name]
    void router.replace({ params: route.params, query })
  }
  const clear = () => void router.replace({ params: route.params, query: {} })
  return { filter, key, narrowed, set, clear }
}
