import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import * as calls from '@/api/calls'
import type { ParameterKind, ParameterValue } from '@/api/types'
import { useText } from '@/app/text'
import { shownValue } from './orderForm'

/** The standard's table of parameters; asked for once. */
export const useParameters = defineStore('parameters', () => {
  const kinds = shallowRef<ParameterKind[]>([])
  const byId = computed(() => new Map(kinds.value.map((kind) => [kind.id, kind])))
  async function load(): Promise<void> {
    if (kinds.value.length === 0) kinds.value = (await calls.parameterKinds()).items
  }
  return { kinds, byId, load }
})

/** How parameters are named and shown in the chosen language. */
export function useParameterText() {
  const table = useParameters()
  const { t, te, locale } = useText()
  function name(id: number): string {
    const kind = table.byId.get(id)
    const key = `parameter.${kind?.name}`
    if (kind && te(key)) return t(key)
    if (!kind) return `0x${id.toString(16).toUpperCase().padStart(4, '0')}`
    return locale.value === 'zh-CN' ? kind.term : kind.name.replaceAll('_', ' ')
  }
  const value = (id: number, shown: ParameterValue | null) => shownValue(table.byId.get(id), shown)
  return { name, value }
}
