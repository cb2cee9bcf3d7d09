import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import * as api from '@/api/shift'
import type { Storm } from '@/api/shift'
import { areaAt, loadAreas, type Area } from '@/map/core/places'
import { complain } from './complain'

const EVERY_MS = 20_000

/** Whether it storms among the alarms, as the server sees it, and the names of places that storms are told with. */
export const useStorms = defineStore('storms', () => {
  const storm = shallowRef<Storm | null>(null)
  const areas = shallowRef<readonly Area[]>([])
  /** A row of the queue is told again and again and stays where it was. */
  const known = new WeakMap<object, Area | null>()
  let timer: ReturnType<typeof setInterval> | undefined
  let asked = false

  async function look(): Promise<void> {
    try {
      storm.value = (await api.storm()).storm
      if (storm.value && storm.value.areas.length > 0) void wantAreas()
    } catch {
      // What was told stands; the desk itself says that the service does not answer.
    }
  }
  /** Outlines are large and only fetched for somebody who groups by them. */
  async function wantAreas(): Promise<void> {
    if (asked) return
    asked = true
    try {
      areas.value = await loadAreas()
    } catch (cause) {
      asked = false
      complain('names of places could not be loaded', cause)
    }
  }
  /** Where something was; null before the outlines are there, and where there are none. */
  function areaOf(place: { lat: number; lon: number }): Area | null {
    if (areas.value.length === 0) return null
    const before = known.get(place)
    if (before !== undefined) return before
    const area = areaAt(areas.value, place.lat, place.lon)
    known.set(place, area)
    return area
  }
  function start(): void {
    if (timer !== undefined) return
    void look()
    timer = setInterval(() => void look(), EVERY_MS)
  }
  function stop(): void {
    clearInterval(timer)
    timer = undefined
    storm.value = null
  }
  return { storm, areaOf, wantAreas, start, stop }
})
