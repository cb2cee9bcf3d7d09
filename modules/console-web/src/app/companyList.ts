import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import * as calls from '@/api/calls'
import type { Company } from '@/api/types'
import type { RiskBand } from '@/look/tokens'

const PAGE_SIZE = 200
const MOST_PAGES = 50
const FRESH_FOR_MS = 60_000

/** All companies of the user's scope, in the order of the server: overdue critical papers, then open alarms per 1,000 km. */
export const useCompanyList = defineStore('companyList', () => {
  const items = shallowRef<Company[]>([])
  const loading = ref(false)
  const failure = shallowRef<unknown>(null)
  const loadedAt = ref(0)
  const byId = computed(() => new Map(items.value.map((c) => [c.id, c])))
  const bands = computed(() => new Map<number, RiskBand | null>(items.value.map((c) => [c.id, c.risk?.band ?? null])))

  async function load(force = false): Promise<void> {
    if (loading.value || (!force && Date.now() - loadedAt.value < FRESH_FOR_MS)) return
    loading.value = true
    failure.value = null
    try {
      const all: Company[] = []
      let cursor: string | null = null
      for (let page = 0; page < MOST_PAGES; page++) {
        const answer: Awaited<ReturnType<typeof calls.companies>> = await calls.companies({ limit: PAGE_SIZE, cursor })
        all.push(...answer.items)
        cursor = answer.next_cursor
        if (!cursor) break
      }
      items.value = all
      loadedAt.value = Date.now()
    } catch (cause) {
      failure.value = cause
    } finally {
      loading.value = false
    }
  }
  function forget(): void {
    items.value = []
    loadedAt.value = 0
  }
  return { items, byId, bands, loading, failure, loadedAt, load, forget }
})
