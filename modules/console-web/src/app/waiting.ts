import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import * as calls from '@/api/calls'
import { orders } from '@/api/supervision'

const EVERY_MS = 60_000
/** As many of each are counted. */
const MOST = 100

/** How much waits for a company's answer: notices of the centre and orders of the regulator. */
export const useWaiting = defineStore('waiting', () => {
  const noticeCount = ref(0)
  const orderCount = ref(0)
  const count = computed(() => noticeCount.value + orderCount.value)
  let timer: ReturnType<typeof setInterval> | undefined

  async function look(): Promise<void> {
    if (timer === undefined) return
    try {
      const [notices, ordered] = await Promise.all([
        calls.notices({ status: 'open', limit: MOST }),
        orders({ status: 'open', limit: MOST }),
      ])
      if (timer === undefined) return
      noticeCount.value = notices.items.length
      orderCount.value = ordered.items.filter((each) => each.state !== 'answered').length
    } catch {
      // What was told stands; the page itself says that the service does not answer.
    }
  }
  function start(): void {
    if (timer !== undefined) return
    timer = setInterval(() => void look(), EVERY_MS)
    void look()
  }
  function stop(): void {
    clearInterval(timer)
    timer = undefined
    noticeCount.value = 0
    orderCount.value = 0
  }
  return { count, look, start, stop }
})
