// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { useVisit } from '../visit'
import DutyForm from './DutyForm.vue'

const { answers, part, show } = useVisit()
const disabled = () => (part('duty-send').element as HTMLButtonElement).disabled

test('a hazard says what it still needs until it can be sent', async () => {
  answers['GET /api/v1/companies/1/risk'] = { body: { vehicles: [], drivers: [] } }
  await show(DutyForm, { tab: 'hazards', company: 1, about: null })
  expect(disabled()).toBe(true)
  expect(part('form-lacks').text()).toBe('Still needed: Hazard, To be right by')
  expect(part('duty-send').attributes('aria-describedby')).toBe(part('form-lacks').attributes('id'))
  expect(part('duty-title').attributes('aria-required')).toBe('true')
  await part('duty-title').setValue('Worn tyres')
  expect(part('form-lacks').text()).toBe('Still needed: To be right by')
})

test('an accident needs its place, and a driver or a truck only if one was there', async () => {
  answers['GET /api/v1/companies/1/risk'] = { body: { vehicles: [], drivers: [] } }
  await show(DutyForm, { tab: 'accidents', company: 1, about: null })
  expect(part('form-lacks').text()).toBe('Still needed: Place')
  await part('duty-place').setValue('G42')
  expect(disabled()).toBe(false)
  expect(part('form-lacks').text()).toBe('')
})
