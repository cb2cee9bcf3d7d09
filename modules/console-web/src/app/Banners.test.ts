// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, test } from 'vitest'
import { useLive } from '@/app/live'
import { useStage } from '@/pages/stage'
import Banners from './Banners.vue'

const { part, show } = useStage()

describe('the banners', () => {
  test('tell of stopped acknowledgements, a database that is down and a lost line', async () => {
    const live = useLive()
    await show(Banners)
    expect(part('banner-log').exists()).toBe(false)
    live.status = {
      now: '',
      log: { accepting: false, reason: 'disk_full' },
      database: { up: false, reason: 'refused' },
    }
    live.link = 'lost'
    await flushPromises()
    expect(part('banner-log').text()).toContain('磁盘空间低于下限')
    expect(part('banner-database').exists()).toBe(true)
    expect(part('banner-feed').exists()).toBe(true)
  })
})
