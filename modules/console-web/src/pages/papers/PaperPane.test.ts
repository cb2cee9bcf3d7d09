// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { useSession } from '@/app/session'
import { session, useStage } from '../stage'
import PaperPane from './PaperPane.vue'

const { answers, asked, part, show } = useStage(undefined, 'en')
const ENTER = 'POST /api/v1/papers'
const disabled = () => (part('paper-send').element as HTMLButtonElement).disabled

async function form(closed: () => void = () => {}): Promise<void> {
  answers['GET /api/v1/vehicles/7/papers'] = {
    body: {
      label: '渝B12345',
      company_name: '甲',
      kinds: [{ kind: 'veh.permit', state: 'missing', versions: [], hold: null }],
      events: [],
    },
  }
  useSession().$patch({ user: { ...session.user, role: 'company', scope: 'company:1' } as never })
  await show(PaperPane, { who: { kind: 'VEHICLE', id: 7 }, kind: 'veh.permit', onClose: closed }, '/')
  await part('paper-enter').trigger('click')
}

test('a paper that says nothing is not sent, and the form says what it takes', async () => {
  await form()
  expect(disabled()).toBe(true)
  expect(part('paper-lacks').text()).toContain('number')
  await part('paper-form').trigger('submit')
  await flushPromises()
  expect(asked.map((each) => each.name)).not.toContain(ENTER)
  await part('paper-number').setValue('P-1')
  expect(disabled()).toBe(false)
  expect(part('paper-lacks').exists()).toBe(false)
})

test('Escape closes what is empty, and leaves what was typed', async () => {
  let closed = 0
  await form(() => closed++)
  await part('paper-number').setValue('P-1')
  await part('paper-number').trigger('keydown', { key: 'Escape' })
  expect(closed).toBe(0)
  await part('paper-number').setValue('')
  await part('paper-number').trigger('keydown', { key: 'Escape' })
  expect(closed).toBe(1)
})
