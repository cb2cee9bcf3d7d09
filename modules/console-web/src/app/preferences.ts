import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { ThemeName } from '@/look/tokens'

export type Locale = 'zh-CN' | 'en'
/** Desks are read all day and start light; the map starts dark. Each keeps its own choice; the wall is always dark. */
export type Surface = 'desk' | 'map' | 'wall'

const read = (key: string): string | null => {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
const write = (key: string, value: string): void => {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Storage may be forbidden: the choice then lasts as long as the page.
  }
}
const themeOr = (value: string | null, other: ThemeName): ThemeName =>
  value === 'light' || value === 'dark' ? value : other

export const usePreferences = defineStore('preferences', () => {
  const stored = read('haulwatch.locale')
  /** What was chosen on this computer; without a choice the account's own language counts. */
  const chosenLocale = ref<Locale | null>(stored === 'en' || stored === 'zh-CN' ? stored : null)
  const locale = ref<Locale>(chosenLocale.value ?? 'zh-CN')
  const surface = ref<Surface>('desk')
  const themes = ref<Record<Surface, ThemeName>>({
    desk: themeOr(read('haulwatch.theme.desk'), 'light'),
    map: themeOr(read('haulwatch.theme.map'), 'dark'),
    wall: 'dark',
  })
  /** Single-key shortcuts can be switched off (WCAG 2.1.4). */
  const shortcuts = ref(read('haulwatch.shortcuts') !== 'off')
  const theme = computed(() => themes.value[surface.value])

  function toggleTheme(): void {
    const next: ThemeName = theme.value === 'dark' ? 'light' : 'dark'
    themes.value = { ...themes.value, [surface.value]: next }
    write(`haulwatch.theme.${surface.value}`, next)
  }
  function toggleLocale(): void {
    locale.value = chosenLocale.value = locale.value === 'en' ? 'zh-CN' : 'en'
    write('haulwatch.locale', locale.value)
  }
  function toggleShortcuts(): void {
    shortcuts.value = !shortcuts.value
    write('haulwatch.shortcuts', shortcuts.value ? 'on' : 'off')
  }
  return { shortcuts, toggleShortcuts, locale, chosenLocale, surface, themes, theme, toggleTheme, toggleLocale }
})
