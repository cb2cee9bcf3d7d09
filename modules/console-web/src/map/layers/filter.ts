import { State } from '@/feed/codec'
import type { Fleet } from '@/feed/fleet'
import type { RiskBand } from '@/look/tokens'

export type LiveState = 'moving' | 'stopped' | 'offline'

/** What is left out of the map. Everything is shown while all three sets are empty and no company is chosen. */
export interface MapFilter {
  hiddenStates: ReadonlySet<LiveState>
  /** 0 stands for trucks without an open alarm. */
  hiddenSeverities: ReadonlySet<number>
  hiddenBands: ReadonlySet<RiskBand>
  companyId: number | null
}

export const stateOf = (bits: number): LiveState =>
  (bits & State.ONLINE) === 0 ? 'offline' : bits & State.MOVING ? 'moving' : 'stopped'

export function visibleSlot(
  fleet: Fleet,
  filter: MapFilter,
  bands: ReadonlyMap<number, RiskBand | null>,
): (slot: number) => boolean {
  return (slot) => {
    if (!fleet.present[slot]) return false
    if (filter.companyId !== null && fleet.companyId[slot] !== filter.companyId) return false
    if (filter.hiddenStates.has(stateOf(fleet.state[slot]))) return false
    if (filter.hiddenSeverities.has(Math.min(4, fleet.risk[slot] & 7))) return false
    if (filter.hiddenBands.size > 0) {
      const band = bands.get(fleet.companyId[slot])
      if (band && filter.hiddenBands.has(band)) return false
    }
    return true
  }
}
