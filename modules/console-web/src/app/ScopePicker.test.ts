// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { session, useStage } from '@/pages/stage'
import { useCompanyList } from './companyList'
import ScopePicker from './ScopePicker.vue'
import { useSession } from './session'

const { part, show } = useStage()
const label = async (scope: string, scope_label: string, names: string[]) => {
  useSession().$patch({ user: { ...session.user, role: 'regulator', scope, scope_label } as never, phase: 'in' })
  useCompanyList().$patch({ items: names.map((name, id) => ({ id, name, risk: {} })) as never })
  await show(ScopePicker)
  return part('scope-picker').text()
}

test('regions are called by their names', async () => {
  expect(await label('region:11', '11', [])).toBe('北京')
})
test('several regions are named with how many companies they have', async () => {
  expect(await label('region:42,44', '42, 44', ['甲', '乙'])).toMatch(/^湖北、广东.*2/)
})
test('companies are called as the server names them', async () => {
  expect(await label('company:3,5', '甲, 乙', [])).toBe('甲, 乙')
})
