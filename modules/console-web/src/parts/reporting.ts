/** Closer reports for a while, as they are typed; the interval 0 ends them. */
export interface TrackingWish {
  interval: number | null
  minutes: number | null
}

export const newTracking = (): TrackingWish => ({ interval: 5, minutes: 30 })

/** As the API takes it; null while a number is missing. */
export const trackingOf = (wish: TrackingWish) =>
  wish.interval !== null && wish.minutes ? { interval_s: wish.interval, minutes: wish.minutes } : null

/** Bits of the alarm flags that a person may confirm (0x8203). */
export const CONFIRMABLE = [0, 3, 20, 21, 22, 27, 28]
