import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

const NUMBER = /^\d{1,9}$/

/** What a page is narrowed to stands in its address, so that a view can be shared and comes back with a reload. */
export function useAddress() {
  const route = useRoute()
  const router = useRouter()

  /** Empty where the address says nothing of it. */
  function word(name: string): string {
    const given = route.query[name]
    return typeof given === 'string' ? given : ''
  }
  const number = (name: string): number | null => (NUMBER.test(word(name)) ? Number(word(name)) : null)
  const oneOf = <T extends string>(name: string, words: readonly T[], otherwise: T): T =>
    words.find((one) => one === word(name)) ?? otherwise
  /** Says something else in the address; what is empty leaves it. */
  function put(changes: Record<string, string | null | undefined>): void {
    const query: Record<string, string> = {}
    for (const [name, value] of Object.entries({ ...route.query, ...changes }))
      if (typeof value === 'string' && value) query[name] = value
    void router.replace({ params: route.params, query })
  }
  return { word, number, oneOf, put }
}

/** The row of a list whose pane is open: its number ends the address of the page. */
export function useOpened(page: string, keeps: 'filters' | 'nothing' = 'nothing') {
  const route = useRoute()
  const router = useRouter()
  const opened = computed(() =>
    typeof route.params.id === 'string' && route.params.id ? Number(route.params.id) : null,
  )
  const open = (id: number | null): void =>
    void router.push({
      name: page,
      params: { id: id === null ? null : String(id) },
      query: keeps === 'filters' ? route.query : {},
    })
  return { opened, open }
}
