// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, test } from 'vitest'
import { i18n } from '@/i18n'
import AtTheWheelPage from './AtTheWheelPage.vue'
import { page, useTraining } from './stage'

const { answers, part, parts, query, show, whole } = useTraining()

const LIST = 'GET /api/v1/companies/1/study-at-wheel'
const lesson = (id: number, more: object = {}) => ({
  id,
  driver_id: 7,
  driver: 'Driver 7',
  vehicle_id: 71,
  plate: '渝B12345',
  task_id: 10,
  course: { id: 1, title: '超速', title_en: 'Speeding', topic: 'speeding' },
  lesson: '刹车距离',
  lesson_en: 'How far braking takes',
  begun_at: '2026-11-20T13:00:00Z',
  ended_at: '2026-11-20T13:02:40Z',
  driven_s: 160,
  void_s: 95,
  found_at: '2026-11-20T16:10:00Z',
  task_state: 'in_progress',
  certificate: null,
  certificate_issued_at: null,
  ...more,
})

describe('what was studied at the wheel', () => {
  beforeEach(() => {
    answers[LIST] = page([lesson(1)])
  })
  test('is listed with truck, lesson, times and what was taken back', async () => {
    await show(AtTheWheelPage, '/companies/1/at-the-wheel')
    const text = part('at-the-wheel-row').text()
    expect(text).toMatch(/Driver 7.*渝B·12345.*How far braking takes.*Speeding/)
    expect(text).toMatch(/11-20 21:00:00–21:02:40.*2:40.*1:35.*11-21 00:10:00.*Learning.*None yet/)
    expect(part('at-the-wheel-truck').attributes('href')).toMatch(
      /^\/vehicles\/71\/day\/2026-11-20\?at=2026-11-20T13:00:00/,
    )
    expect(part('at-the-wheel-certificate').exists()).toBe(false)
    i18n.global.locale.value = 'zh-CN'
    await flushPromises()
    expect(part('at-the-wheel-row').text()).toMatch(/刹车距离.*超速/)
  })
  test('a certificate that was issued before is to be decided on, and its number leads to where it is revoked', async () => {
    const passed = { task_state: 'exam_passed', certificate: 'HW-2026-7K3M9T-4' }
    answers[LIST] = page([
      lesson(4, { ...passed, certificate_issued_at: '2026-11-20T14:00:00Z' }),
      lesson(3, { ...passed, certificate_issued_at: '2026-11-21T14:00:00Z' }),
      lesson(2, { ...passed, certificate_issued_at: '2026-11-20T14:00:00Z', task_state: 'revoked' }),
      lesson(1, { task_state: 'excused' }),
    ])
    await show(AtTheWheelPage, '/companies/1/at-the-wheel')
    expect(parts('at-the-wheel-row').map((row) => row.attributes('data-left'))).toEqual([
      'decide',
      'after',
      'revoked',
      'closed',
    ])
    expect(parts('at-the-wheel-row')[0].text()).toContain('revoke it if it should not stand')
    expect(parts('at-the-wheel-row')[1].text()).toContain('Issued after the time was taken back')
    expect(parts('at-the-wheel-certificate')[0].attributes('href')).toBe(
      '/training/certificates?number=HW-2026-7K3M9T-4',
    )
  })
  test('a truck that one may not see is not named, and a lesson over midnight says both days', async () => {
    answers[LIST] = page([lesson(1, { plate: null, ended_at: '2026-11-20T16:02:00Z' })])
    await show(AtTheWheelPage, '/companies/1/at-the-wheel')
    expect(part('at-the-wheel-truck').exists()).toBe(false)
    expect(part('at-the-wheel-row').text()).toMatch(/11-20 21:00:00–(2026-)?11-21 00:02:00/)
  })
  test('older ones are added, and a company without any says so', async () => {
    answers[LIST] = page([lesson(2)], { next_cursor: 'c-1' })
    await show(AtTheWheelPage, '/companies/1/at-the-wheel')
    answers[LIST] = page([lesson(1)])
    await part('at-the-wheel-more').trigger('click')
    await flushPromises()
    expect(query(LIST).get('cursor')).toBe('c-1')
    expect(parts('at-the-wheel-row')).toHaveLength(2)
    expect(part('at-the-wheel-more').exists()).toBe(false)
    answers['GET /api/v1/companies/2/study-at-wheel'] = page([])
    whole().unmount()
    await show(AtTheWheelPage, '/companies/2/at-the-wheel')
    expect(part('at-the-wheel-empty').text()).toBe('Nobody was found to have studied while driving')
  })
  test('a failure is said, and asked again', async () => {
    answers[LIST] = { status: 503, body: {} }
    await show(AtTheWheelPage, '/companies/1/at-the-wheel')
    expect(part('at-the-wheel-empty').exists()).toBe(false)
    answers[LIST] = page([lesson(1)])
    await whole().find('[data-testid=panel-error] button').trigger('click')
    await flushPromises()
    expect(parts('at-the-wheel-row')).toHaveLength(1)
  })
})
