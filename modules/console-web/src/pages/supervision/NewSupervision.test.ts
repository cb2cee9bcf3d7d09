// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { NDatePicker } from 'naive-ui'
import { expect, test } from 'vitest'
import { useStage } from '../stage'
import NewSupervision from './NewSupervision.vue'

const { show, whole } = useStage()
const shown = (id: string) => document.querySelector<HTMLElement>(`[data-testid=${id}]`)

test('a day that is past is refused in words before anything is sent', async () => {
  await show(NewSupervision, { about: { company_id: 1, company_name: '甲', subject: '超速' } })
  expect(shown('supervision-due')).toBeNull()
  whole().findComponent(NDatePicker).vm.$emit('update:formatted-value', '2020-01-01')
  await flushPromises()
  expect(shown('supervision-due')?.textContent).toContain('期限须在今天或以后')
  expect(shown('supervision-send')?.hasAttribute('disabled')).toBe(true)
})
