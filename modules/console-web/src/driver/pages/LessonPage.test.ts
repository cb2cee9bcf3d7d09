// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest'
import { later, lesson, study, useStage, view } from '../stage'

const { answers, calls, part, parts, press, settle, show, text } = useStage()

describe('learning', () => {
  test('goes on where it stopped, with the later parts still shut', async () => {
    answers['POST /driver/tasks/12/lessons/32/begin'] = { body: study() }
    answers['POST /driver/studies/5/beats'] = { body: study() }
    await show('#/learn/12/lesson/32')
    expect(part('play').text()).toBe('继续')
    expect(parts('part')).toHaveLength(1)
    expect(part('part-shut').text()).toContain('再下坡')
    await press('play')
    expect(calls('POST /driver/studies/5/beats')[0]).toMatchObject({
      csrf: 't1',
      body: { beats: [{ sequence: 1, position_s: 40, visible: true }] },
    })
    expect(part('play').text()).toBe('暂停，2:00 后答题')
  })
  test('stops at once when the page is hidden, and says so', async () => {
    answers['POST /driver/tasks/12/lessons/32/begin'] = { body: study() }
    answers['POST /driver/studies/5/beats'] = { body: study() }
    await show('#/learn/12/lesson/32')
    await press('play')
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
    await settle()
    const beats = calls('POST /driver/studies/5/beats')
    expect(beats[beats.length - 1].body).toMatchObject({ beats: [{ sequence: 2, visible: false }] })
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true })
    expect(part('lesson-why').text()).toBe('您离开了页面，计时已停')
    expect(part('play').text()).toBe('继续')
  })
  test('asks whether he is there with one big button', async () => {
    answers['POST /driver/tasks/12/lessons/32/begin'] = { body: study() }
    answers['POST /driver/studies/5/beats'] = { body: study({ check_until: later(60) }) }
    answers['POST /driver/studies/5/present'] = { body: study() }
    await show('#/learn/12/lesson/32')
    await press('play')
    expect(part('check').text()).toContain('您还在看吗')
    await press('present')
    expect(part('check').exists()).toBe(false)
  })
  test('says why the server stopped it, and goes on in a new sitting', async () => {
    answers['POST /driver/tasks/12/lessons/32/begin'] = { body: study() }
    answers['POST /driver/studies/5/beats'] = { body: study({ state: 'paused', reason: 'check_missed' }) }
    await show('#/learn/12/lesson/32')
    await press('play')
    expect(part('lesson-why').text()).toContain('上一段不计')
    answers['POST /driver/studies/5/beats'] = { body: study() }
    await press('play')
    expect(calls('POST /driver/tasks/12/lessons/32/begin')).toHaveLength(2)
    expect(part('lesson-why').exists()).toBe(false)
  })
  test('plays an uploaded video: its size first, no skipping, still while the page is hidden, the text below', async () => {
    const film = { ...lesson(32, false), video: 'v-1', clip: { id: 'v-1', type: 'video/mp4', size: 24_310_000 } }
    answers['GET /driver/tasks/12'] = { body: { ...view(), lessons: [lesson(31, true), film] } }
    answers['POST /driver/tasks/12/lessons/32/begin'] = { body: study() }
    answers['POST /driver/studies/5/beats'] = { body: study() }
    const play = vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue()
    const pause = vi.spyOn(HTMLMediaElement.prototype, 'pause').mockReturnValue()
    await show('#/learn/12/lesson/32')
    const v = part('video').element as HTMLVideoElement
    expect(part('video').attributes()).toMatchObject({
      src: '/api/v1/course-videos/v-1/content',
      preload: 'none',
      playsinline: '',
    })
    expect(part('video-size').text()).toBe('视频 24.3 MB，点“开始”才下载')
    expect(parts('part')).toHaveLength(2)
    let place = 0
    Object.defineProperty(v, 'currentTime', { get: () => place, set: (to: number) => (place = to) })
    Object.defineProperty(v, 'paused', { get: () => play.mock.calls.length === pause.mock.calls.length })
    await press('play')
    expect([play.mock.calls.length, place]).toEqual([1, 40])
    place = 41.5
    await part('video').trigger('timeupdate')
    expect(text()).toContain('0:41')
    place = 120
    await part('video').trigger('seeking')
    expect(place).toBe(41.5)
    place = 120
    await part('video').trigger('timeupdate')
    expect(place).toBe(41.5)
    place = 3
    await part('video').trigger('seeking')
    expect(place).toBe(3)
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
    await settle()
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true })
    expect(pause.mock.calls.length).toBe(1)
    expect(part('lesson-why').text()).toBe('您离开了页面，计时已停')
    vi.restoreAllMocks()
  })
  test('is read where its video does not open, or is on another site', async () => {
    const film = { ...lesson(32, false), video: 'v-1', clip: { id: 'v-1', type: 'video/mp4', size: 10 } }
    answers['GET /driver/tasks/12'] = { body: { ...view(), lessons: [lesson(31, true), film] } }
    await show('#/learn/12/lesson/32')
    await part('video').trigger('error')
    expect(part('video').exists()).toBe(false)
    expect(text()).toContain('视频打不开')
    const away = { ...lesson(32, false), video: 'https://video.example/a' }
    answers['GET /driver/tasks/12'] = { body: { ...view(), lessons: [lesson(31, true), away] } }
    await show('#/learn/12')
    await show('#/learn/12/lesson/32')
    expect(part('video').exists()).toBe(false)
    expect(part('video-elsewhere').find('a').attributes()).toMatchObject({
      href: 'https://video.example/a',
      target: '_blank',
      rel: 'noopener noreferrer',
    })
  })
  test('ends with questions that explain, and leads to the next lesson', async () => {
    answers['POST /driver/quiz'] = {
      body: {
        right: false,
        right_options: [2],
        explanation: '要挂低挡。',
        explanation_en: null,
        clause: '第六十二条',
        clause_en: null,
        effective: '2022-04-01',
        rewatch_from_s: null,
      },
    }
    await show('#/learn/12/lesson/31')
    await press('to-quiz')
    await parts('option')[0].find('input').trigger('change')
    await press('quiz-check')
    expect(calls('POST /driver/quiz')[0].body).toEqual({ question_id: 1, version: 1, given: [1] })
    expect(part('quiz-result').text()).toContain('不对')
    expect(part('quiz-result').text()).toContain('正确答案：B')
    expect(part('quiz-result').text()).toContain('2022-04-01 起执行')
    await press('quiz-next')
    expect(part('next-lesson').attributes('href')).toBe('#/learn/12/lesson/32')
  })
  test('goes on where the server says after two wrong answers', async () => {
    answers['POST /driver/quiz'] = {
      body: {
        right: false,
        right_options: [2],
        explanation: '要挂低挡。',
        explanation_en: null,
        clause: '',
        clause_en: null,
        effective: null,
        rewatch_from_s: 40,
      },
    }
    answers['POST /driver/tasks/12/lessons/31/begin'] = { body: study({ lesson_id: 31, credited_s: 160 }) }
    answers['POST /driver/studies/5/beats'] = { body: study({ lesson_id: 31, credited_s: 160 }) }
    await show('#/learn/12/lesson/31')
    await press('to-quiz')
    await parts('option')[0].find('input').trigger('change')
    await press('quiz-check')
    expect(part('quiz-rewatch').text()).toBe('这一题错了两次，从 0:40 再看一遍，看完再答')
    expect(part('quiz-next').exists()).toBe(false)
    answers['GET /driver/tasks/12'] = { body: view({}, [false, false]) }
    await press('rewatch')
    expect(part('quiz').exists()).toBe(false)
    await press('play')
    expect(calls('POST /driver/tasks/12/lessons/31/begin')).toHaveLength(1)
    expect(part('lesson-done').exists()).toBe(false)
  })
})
