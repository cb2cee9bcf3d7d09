import { State, type DictionaryPatch } from './codec'

/** Slots above this are a broken frame, not a fleet. */
const MAX_SLOTS = 1 << 20
const NO_REPORT_YET = -1

export interface FleetCounts {
  total: number
  moving: number
  stopped: number
  offline: number
  /** Trucks by their highest open severity, index 0 = none … 4 = critical. */
  bySeverity: [number, number, number, number, number]
}

/** What a batch of updates touched; slots between lowest and highest may be untouched. */
export interface FleetListener {
  /** Everything changed: read all again. */
  reset(): void
  changed(slot: number): void
  gone(slot: number): void
}

/**
 * The newest place and state of each truck, one typed-array row per slot. Kept out of Vue's reactivity on purpose: 41,000
 * trucks move about 4,000 times a second. Places are whole 1e-5 degrees, exactly as transmitted, so nothing drifts.
 */
export class Fleet {
  private size = 0
  present = new Uint8Array(0)
  lon5 = new Int32Array(0)
  lat5 = new Int32Array(0)
  speed = new Uint8Array(0)
  heading = new Uint8Array(0)
  state = new Uint8Array(0)
  risk = new Uint8Array(0)
  /** Receipt of the last report, milliseconds on the server's clock; −1 before the first. */
  reportedMs = new Float64Array(0)
  vehicleId = new Int32Array(0)
  companyId = new Int32Array(0)
  plate: string[] = []
  vehicleClass: string[] = []
  readonly companies = new Map<number, string>()
  private readonly slotOfVehicle = new Map<number, number>()
  private readonly listeners = new Set<FleetListener>()

  /** One more than the highest slot seen. */
  get slots(): number {
    return this.size
  }

  listen(listener: FleetListener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  clear(): void {
    this.present.fill(0)
    this.lon5.fill(0)
    this.lat5.fill(0)
    this.reportedMs.fill(NO_REPORT_YET)
    for (const l of this.listeners) l.reset()
  }

  forgetNames(): void {
    this.slotOfVehicle.clear()
    this.companies.clear()
    this.vehicleId.fill(0)
    this.companyId.fill(0)
    this.plate = []
    this.vehicleClass = []
  }

  name(patch: DictionaryPatch): void {
    for (const [id, name] of patch.companies) this.companies.set(id, name)
    for (const [slot, vehicleId, plate, companyId, vehicleClass] of patch.vehicles) {
      this.hold(slot)
      this.vehicleId[slot] = vehicleId
      this.companyId[slot] = companyId
      this.plate[slot] = plate
      this.vehicleClass[slot] = vehicleClass
      this.slotOfVehicle.set(vehicleId, slot)
      if (this.present[slot]) for (const l of this.listeners) l.changed(slot)
    }
  }

  /** Slot of a vehicle that has a position, or −1. */
  slotOf(vehicleId: number): number {
    const slot = this.slotOfVehicle.get(vehicleId)
    return slot !== undefined && this.present[slot] ? slot : -1
  }

  /** Replaces a row; used for snapshots, which carry micro-degrees in multiples of ten. */
  place(
    slot: number,
    lonMicrodeg: number,
    latMicrodeg: number,
    speed: number,
    heading: number,
    state: number,
    risk: number,
    reportedMs: number,
  ): void {
    this.hold(slot)
    this.present[slot] = 1
    this.lon5[slot] = Math.floor((lonMicrodeg + 5) / 10)
    this.lat5[slot] = Math.floor((latMicrodeg + 5) / 10)
    this.speed[slot] = speed
    this.heading[slot] = heading
    this.state[slot] = state
    this.risk[slot] = risk
    this.reportedMs[slot] = reportedMs
  }

  move(
    slot: number,
    dLon: number,
    dLat: number,
    speed: number,
    heading: number,
    state: number,
    risk: number,
    serverTimeMs: number,
  ): void {
    this.hold(slot)
    this.present[slot] = 1
    this.lon5[slot] += dLon
    this.lat5[slot] += dLat
    this.speed[slot] = speed
    this.heading[slot] = heading
    this.risk[slot] = risk
    this.state[slot] = state & ~State.NO_NEW_REPORT
    if ((state & State.NO_NEW_REPORT) === 0 || this.reportedMs[slot] === NO_REPORT_YET)
      this.reportedMs[slot] = serverTimeMs
    for (const l of this.listeners) l.changed(slot)
  }

  remove(slot: number): void {
    if (slot >= this.size) return
    this.present[slot] = 0
    this.lon5[slot] = 0
    this.lat5[slot] = 0
    for (const l of this.listeners) l.gone(slot)
  }

  snapshotDone(): void {
    for (const l of this.listeners) l.reset()
  }

  /** Of the whole fleet, or of one company. */
  counts(companyId: number | null = null): FleetCounts {
    const counts: FleetCounts = { total: 0, moving: 0, stopped: 0, offline: 0, bySeverity: [0, 0, 0, 0, 0] }
    for (let slot = 0; slot < this.size; slot++) {
      if (!this.present[slot]) continue
      if (companyId !== null && this.companyId[slot] !== companyId) continue
      counts.total++
      const state = this.state[slot]
      if ((state & State.ONLINE) === 0) counts.offline++
      else if (state & State.MOVING) counts.moving++
      else counts.stopped++
      counts.bySeverity[Math.min(4, this.risk[slot] & 7)]++
    }
    return counts
  }

  private hold(slot: number): void {
    if (slot < this.size) return
    if (slot >= MAX_SLOTS) throw new RangeError(`slot out of range: slot=${slot}`)
    if (slot >= this.present.length) this.grow(slot + 1)
    this.size = slot + 1
  }

  private grow(needed: number): void {
    const capacity = Math.max(1024, 1 << Math.ceil(Math.log2(needed)))
    const widen = <T extends { set(from: T): void }>(made: T, old: T): T => {
      made.set(old)
      return made
    }
    const firstNew = this.reportedMs.length
    this.present = widen(new Uint8Array(capacity), this.present)
    this.lon5 = widen(new Int32Array(capacity), this.lon5)
    this.lat5 = widen(new Int32Array(capacity), this.lat5)
    this.speed = widen(new Uint8Array(capacity), this.speed)
    this.heading = widen(new Uint8Array(capacity), this.heading)
    this.state = widen(new Uint8Array(capacity), this.state)
    this.risk = widen(new Uint8Array(capacity), this.risk)
    this.reportedMs = widen(new Float64Array(capacity), this.reportedMs)
    this.reportedMs.fill(NO_REPORT_YET, firstNew)
    this.vehicleId = widen(new Int32Array(capacity), this.vehicleId)
    this.companyId = widen(new Int32Array(capacity), this.companyId)
  }
}
