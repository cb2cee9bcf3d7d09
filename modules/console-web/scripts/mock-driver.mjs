// A stand-in for the server while working on the driver's phone pages: his API with an invented driver in memory.
// `npm run mock:driver` and `npm run dev:driver` beside it; after a build it serves dist/driver itself at http://127.0.0.1:8789/driver/.
// Sign-in: any phone, code 123456; 13900000000 has two companies; #entry=again works. POST /api/v1/mock {…} changes what it answers:
// moving, clock (driving, resting, fresh, over, none), check (a presence check now), fail (the next attempt is not passed). Not part of the product.
import { createServer } from 'node:http'
import { existsSync, readFileSync } from 'node:fs'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const PORT = Number(process.env.MOCK_PORT ?? 8789)
const dist = fileURLToPath(new URL('../dist', import.meta.url))
const HOUR = 3_600_000
const DAY = 24 * HOUR
const iso = (ms) => new Date(ms).toISOString().replace(/\.\d+Z/, 'Z')
const dayOf = (ms) => iso(ms + 8 * HOUR).slice(0, 10)
const now = () => Date.now()
const begun = now()

let signedIn = process.env.MOCK_SIGNED_IN === '1'
const state = { moving: false, clock: 'driving', check: false, fail: false }
const driver = { id: 7, name: '刘建国', company_id: 1, company_name: '渝捷达物流有限公司' }

// ---- courses
const q = (
  id,
  kind,
  stem,
  stem_en,
  options,
  right,
  explanation,
  explanation_en,
  clause,
  clause_en,
  effective = null,
) => ({
  id,
  kind,
  stem,
  stem_en,
  options: options.map(([text, text_en], i) => ({ n: i + 1, text, text_en })),
  right,
  explanation,
  explanation_en,
  clause,
  clause_en,
  effective,
})
const bank = [
  q(
    1,
    'single',
    '满载进入 11 公里长下坡，限速 80。应该怎么做？',
    'Fully loaded, you come to a descent of 11 km with a limit of 80. What do you do?',
    [
      ['空挡滑行，省油', 'Coast in neutral to save fuel'],
      ['坡前减速，挂低挡，用发动机制动', 'Slow down before it, take a low gear, use the engine brake'],
      ['一直踩住刹车，压到 80', 'Keep a foot on the brake and hold 80'],
      ['靠右跟紧前车，借它挡风', 'Keep right, close behind the truck ahead'],
    ],
    [2],
    '制动鼓烧热以后刹车会变软。挂低挡，让发动机拖住，脚刹车只偶尔补一下。',
    'Hot drums make soft brakes. In a low gear the engine holds the truck, and the foot brake helps only now and then.',
    '道路交通安全法实施条例第六十二条',
    'Road Traffic Safety Law Implementing Regulation, Art. 62',
  ),
  q(
    2,
    'true_false',
    '上午停了两次，各 10 分钟，连续驾驶的计时就清零了。',
    'Two stops of 10 minutes in the morning set the count of driving on end back to zero.',
    [
      ['对', 'True'],
      ['错', 'False'],
    ],
    [2],
    '20 分钟要一次停满，零碎的停车不能相加。',
    'The 20 minutes must be one stop; pieces do not add up.',
    '道路交通安全法实施条例第六十二条',
    'Road Traffic Safety Law Implementing Regulation, Art. 62',
  ),
  q(
    3,
    'multiple',
    '刹车变软、踩到底才有力时，下面哪些做法对？',
    'The brakes go soft and bite only at the floor. Which of these are right?',
    [
      ['抢挂低挡，用发动机制动', 'Take a lower gear and use the engine brake'],
      ['熄火，省一点制动气', 'Switch the engine off to save air'],
      ['打开危险报警闪光灯', 'Switch the hazard lights on'],
      ['看到避险车道就进去', 'Take the escape lane when there is one'],
    ],
    [1, 3, 4],
    '熄火后发动机不再打气，转向也会变沉。其他三项都对。',
    'With the engine off there is no more air and the steering is heavy. The other three are right.',
    '',
    '',
  ),
  q(
    4,
    'single',
    '货车疲劳驾驶，一次记几分？',
    'How many points does driving a truck while tired cost?',
    [
      ['1 分', '1'],
      ['3 分', '3'],
      ['6 分', '6'],
      ['12 分', '12'],
    ],
    [2],
    '2022-04-01 起，货车疲劳驾驶一次记 3 分。网上说 6 分、12 分的，是已经废止的老规定。',
    'Since 2022-04-01 it is 3 points for trucks. The 6 and 12 that one reads are old rules.',
    '道路交通安全违法行为记分管理办法第十一条',
    'Rules on penalty points, Art. 11',
    '2022-04-01',
  ),
]
const drawing = (sky, road) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 390 230"><rect width="390" height="230" fill="${sky}"/><path d="M0 110 70 45l60 55 90-75 80 60 90-40v190H0z" fill="#8fb0a8"/><path d="M0 130 390 215v15H0z" fill="${road}"/><path d="M0 128 390 213" stroke="#fff" stroke-width="3"/><path d="M0 160 390 226" stroke="#fff" stroke-width="3" stroke-dasharray="22 14"/><g transform="translate(95 60) rotate(12)"><rect width="90" height="42" rx="3" fill="#f4f8f8"/><rect width="90" height="7" fill="#0b6e75"/><path d="M94 12h20l8 16v14H94z" fill="#0b6e75"/><circle cx="18" cy="46" r="9" fill="#132227"/><circle cx="40" cy="46" r="9" fill="#132227"/><circle cx="106" cy="46" r="9" fill="#132227"/></g><path d="M316 30 346 82H286z" fill="#f2ce3c" stroke="#132227" stroke-width="4"/></svg>`
const lessonText = {
  zh: `<h2>先让发动机拖住</h2>
<p>挂低挡，松油门，打开发动机制动和缓速器。挡位选对了，松开油门后车速基本不涨，脚刹车只是偶尔补一下。</p>
<p><img src="/api/v1/course-pictures/downhill/slope.svg" alt="货车挂低挡下长坡" /></p>
<p><strong>不空挡，不熄火。</strong> 空挡拖不住车。熄火以后发动机不再打气，转向也会变沉。</p>
<h2>脚刹车：踩实几秒，完全松开</h2>
<p>给自己定一个上限，比如 60 km/h：涨到 60，踩实，用三四秒压到 50，再完全松开散热。</p>
<p><img src="/api/v1/course-pictures/downhill/steps.svg" alt="车速在 60 和 50 之间来回" /></p>
<h2>记住三点</h2>
<ol><li>进坡前减速。进坡后再踩刹车，刹车会发热失灵</li><li>挂低挡，开缓速器。不空挡，不熄火</li><li>刹车变软就进避险车道。先进车道，再打电话</li></ol>`,
  en: `<h2>Let the engine hold you</h2>
<p>Take a low gear, ease off, switch on the engine brake and the retarder. In the right gear the speed hardly rises, and the foot brake only helps now and then.</p>
<p><img src="/api/v1/course-pictures/downhill/slope.svg" alt="A truck in a low gear on a long descent" /></p>
<p><strong>Never in neutral, never with the engine off.</strong> Nothing holds the truck in neutral. With the engine off there is no more air, and the steering is heavy.</p>
<h2>The foot brake: firmly for some seconds, then off</h2>
<p>Set yourself a limit, say 60 km/h: at 60 brake firmly for three or four seconds down to 50, then let go and let it cool.</p>
<p><img src="/api/v1/course-pictures/downhill/steps.svg" alt="The speed goes to and fro between 60 and 50" /></p>
<h2>Remember three things</h2>
<ol><li>Slow down before the slope: once on it, braking overheats the brakes</li><li>Low gear, retarder on. Never neutral, never engine off</li><li>Soft brakes: into the escape lane first, then the phone</li></ol>`,
}
const plain = (html) =>
  html
    .replace(/<img[^>]*alt="([^"]*)"[^>]*>/g, '$1')
    .replace(/<[^>]+>/g, '\n')
    .replace(/\n+/g, '\n')
    .trim()
const lesson = (id, title, title_en, seconds, done, quiz) => ({
  id,
  version: 1,
  title,
  title_en,
  seconds,
  html: lessonText.zh,
  html_en: lessonText.en,
  plain: plain(lessonText.zh),
  plain_en: plain(lessonText.en),
  video: null,
  clip: null,
  position_s: done ? seconds : 0,
  reached_s: done ? seconds : 0,
  credited_s: done ? seconds : 0,
  done,
  quiz,
})
const task = (id, title, title_en, topic, kind, dueAt, lessons, more = {}) => ({
  id,
  course: { id, title, title_en, topic },
  kind,
  due_at: iso(dueAt),
  restricted: false,
  lessons,
  exam: { questions: 8, minutes: 15, pass_percent: 80, attempts_left: 3, may_start_at: null, open_attempt: null },
  cause: null,
  track: null,
  best_score: null,
  closed_at: null,
  closed: null,
  ...more,
})
const alarmAt = begun - 2 * DAY
const tasks = [
  task(
    12,
    '长下坡',
    'Long descents',
    'downhill',
    'remedial',
    begun + 2 * DAY,
    [
      lesson(31, '进坡以前', 'Before the slope', 160, true, [bank[0]]),
      lesson(32, '长下坡怎么开', 'On the slope', 160, false, [bank[0], bank[2]]),
      lesson(33, '刹车失灵怎么办', 'When the brakes fade', 140, false, [bank[2]]),
    ],
    {
      cause: {
        episode_id: '0d4c1f8e-7b1a-4a63-9d0a-2f6f3b1f7a11',
        rule: 'speeding',
        severity: 4,
        started_at: iso(alarmAt),
      },
      track: {
        from: iso(alarmAt - 180_000),
        to: iso(alarmAt + 300_000),
        limit_kmh: 80,
        points: Array.from({ length: 49 }, (_, i) => ({
          at: iso(alarmAt - 180_000 + i * 10_000),
          speed_kmh: Math.round(70 + 34 * Math.exp(-(((i - 24) / 9) ** 2)) + 3 * Math.sin(i)),
          lat: 30.33,
          lon: 107.35,
        })),
      },
    },
  ),
  task(13, '疲劳驾驶', 'Driving tired', 'fatigue', 'monthly', begun + 8 * DAY, [
    lesson(41, '4 小时和 20 分钟', 'Four hours and twenty minutes', 160, true, [bank[1]]),
    lesson(42, '认出困意，怎么办', 'Know the signs and act', 170, true, [bank[3]]),
  ]),
  task(14, '盲区', 'Blind spots', 'blind', 'monthly', begun - DAY, [
    lesson(51, '盲区在哪里', 'Where they are', 120, false, [bank[0]]),
    lesson(52, '右转', 'Turning right', 120, false, []),
  ]),
  task(11, '超速', 'Speeding', 'speed', 'monthly', begun - 20 * DAY, [lesson(21, '限速', 'Limits', 160, true, [])], {
    closed: 'exam_passed',
    closed_at: iso(begun - 22 * DAY),
    best_score: 90,
  }),
]
const row = (t) => {
  const done = t.lessons.filter((l) => l.done).length
  const state = t.closed ?? (done === t.lessons.length ? 'study_done' : done ? 'in_progress' : 'assigned')
  const { track, lessons, closed, ...rest } = t
  return {
    ...rest,
    state,
    overdue: !t.closed && Date.parse(t.due_at) < now(),
    lessons: lessons.length,
    lessons_done: done,
    studied_s: lessons.reduce((s, l) => s + l.credited_s, 0),
    seconds: lessons.reduce((s, l) => s + l.seconds, 0),
  }
}
const quizView = ({ id, kind, stem, stem_en, options }) => ({
  question_id: id,
  version: 1,
  kind,
  stem,
  stem_en,
  options,
})
const view = (t) => ({
  ...row(t),
  track: t.track,
  lessons: t.lessons.map((l) => ({ ...l, quiz: l.quiz.map(quizView) })),
})

// ---- study
const studies = new Map()
const studyView = (s) => ({
  id: s.id,
  lesson_id: s.lesson.id,
  state: s.lesson.done ? 'done' : s.state,
  position_s: s.lesson.position_s,
  reached_s: s.lesson.reached_s,
  credited_s: s.lesson.credited_s,
  seconds: s.lesson.seconds,
  beat_s: 15,
  check_until: s.checkUntil ? iso(s.checkUntil) : null,
  reason: s.reason,
})
const beat = (s, b) => {
  const l = s.lesson
  if (b.sequence <= s.sequence) return
  const at = now()
  const passed = s.at ? (at - s.at) / 1000 : 0
  s.sequence = b.sequence
  s.at = at
  if (b.position_s > Math.max(l.reached_s, l.position_s + passed) + 5) {
    s.reason = 'skip'
    return
  }
  const worth = s.visible && passed <= 45 ? Math.max(0, Math.min(15, passed, b.position_s - l.position_s)) : 0
  l.credited_s = Math.min(l.seconds, Math.round(l.credited_s + worth))
  l.position_s = b.position_s
  l.reached_s = Math.max(l.reached_s, b.position_s)
  s.visible = b.visible
  s.state = b.visible ? 'running' : 'paused'
  s.reason = b.visible ? null : 'hidden'
  if (s.checkUntil && at > s.checkUntil) {
    s.checkUntil = null
    s.state = 'paused'
    s.reason = 'check_missed'
  }
  if (state.check) {
    state.check = false
    s.checkUntil = at + 60_000
  }
  if (l.credited_s >= l.seconds * 0.95 && l.reached_s >= l.seconds) l.done = true
}

// ---- exams
const attempts = new Map()
const attemptView = (a) => ({
  id: a.id,
  task_id: a.task.id,
  number: a.number,
  begun_at: iso(a.begun),
  ends_at: iso(a.ends),
  now: iso(now()),
  leaves_left: Math.max(0, 3 - a.left),
  questions: a.questions.map((x, i) => ({
    place: i + 1,
    kind: x.kind,
    stem: x.stem,
    stem_en: x.stem_en,
    options: x.options,
    given: a.given[i + 1]?.given ?? null,
    answer_no: a.given[i + 1]?.answer_no ?? 0,
  })),
  closed_at: a.closed ? iso(a.closed) : null,
  score: a.closed ? a.score : null,
  passed: a.closed ? a.score >= 80 : null,
  pass_percent: 80,
  review: a.closed
    ? a.questions.map((x, i) => ({
        place: i + 1,
        right: isRight(x, a.given[i + 1]?.given),
        right_options: x.right,
        explanation: x.explanation,
        explanation_en: x.explanation_en,
        clause: x.clause,
        clause_en: x.clause_en,
        effective: x.effective,
      }))
    : null,
})
const isRight = (x, given) => JSON.stringify([...(given ?? [])].sort()) === JSON.stringify(x.right)
const close = (a) => {
  if (a.closed) return
  a.closed = now()
  const right = a.questions.filter((x, i) => isRight(x, a.given[i + 1]?.given)).length
  a.score = state.fail ? 60 : Math.round((100 * right) / a.questions.length)
  a.task.exam.open_attempt = null
  a.task.best_score = Math.max(a.task.best_score ?? 0, a.score)
  if (a.score >= 80) {
    a.task.closed = 'exam_passed'
    a.task.closed_at = iso(now())
  }
}

// ---- the rest of his file
const alarms = [
  {
    id: '0d4c1f8e-7b1a-4a63-9d0a-2f6f3b1f7a11',
    rule: 'speeding',
    severity: 4,
    state: 'closed',
    handling: 'new',
    plate: '渝B30718',
    started_at: iso(alarmAt),
    ended_at: iso(alarmAt + 200_000),
    measures: { peak_decikmh: 1040, limit_decikmh: 800 },
    facts: {},
    may_appeal: true,
    appeal: null,
  },
  {
    id: '1d4c1f8e-7b1a-4a63-9d0a-2f6f3b1f7a12',
    rule: 'fatigue',
    severity: 3,
    state: 'closed',
    handling: 'appealed',
    plate: '渝B30718',
    started_at: iso(begun - 9 * DAY),
    ended_at: iso(begun - 9 * DAY + HOUR),
    measures: { counter_s: 15_900, limit_s: 14_400 },
    facts: {},
    may_appeal: false,
    appeal: {
      reason: '服务区停满了，开到下一个服务区才停。',
      appealed_at: iso(begun - 8 * DAY),
      by_driver: true,
      decided_at: null,
      accepted: null,
      note: null,
    },
  },
]
const papers = [
  ['drv.licence', '500112********3017', 900, 'valid'],
  ['drv.qualification', '5001120123456', 21, 'due_soon'],
  ['drv.integrity', null, -12, 'overdue'],
  ['drv.health', null, null, 'missing'],
].map(([kind, number, days, state]) => ({
  kind,
  number,
  expires: days === null ? null : dayOf(begun + days * DAY),
  state,
  days,
  critical: true,
}))
const hours = {
  month_s: 3360,
  month_wanted_s: 5400,
  hour_s: 2700,
  days: [0, 3, 4].map((d, i) => ({ day: dayOf(begun - d * DAY), seconds: [480, 1600, 1280][i] })),
  cycle_hours: 15.5,
  records: [
    { id: 3, kind: 'monthly', held_on: dayOf(begun - 22 * DAY), hours: 0.2, topic: '超速', score: 90, online: true },
    {
      id: 2,
      kind: 'continuing',
      held_on: '2026-03-12',
      hours: 6,
      topic: '继续教育（线下）',
      score: null,
      online: false,
    },
  ],
}
const messages = [
  { id: 5, kind: 'assigned', task_id: 12, alarm_id: null, words: '长下坡', at: iso(begun - 2 * HOUR), read_at: null },
  {
    id: 4,
    kind: 'reminder',
    task_id: 13,
    alarm_id: null,
    words: '疲劳驾驶，还没有考试',
    at: iso(begun - DAY),
    read_at: iso(begun),
  },
  {
    id: 3,
    kind: 'certificate',
    task_id: 11,
    alarm_id: null,
    words: 'HW26-8K3D-2',
    at: iso(begun - 22 * DAY),
    read_at: iso(begun),
  },
]
const certificates = [
  {
    number: 'HW26-8K3D-2',
    task_id: 11,
    title: '超速',
    title_en: 'Speeding',
    score: 90,
    studied_s: 640,
    issued_at: iso(begun - 22 * DAY),
    expires_on: dayOf(begun + 340 * DAY),
    valid: true,
    revoked_at: null,
    revoked_reason: null,
  },
]
const clockOf = () => {
  const continuous = { driving: 6000, resting: 9600, fresh: 0, over: 14_700 }[state.clock]
  if (continuous === undefined) return null
  const driving = state.clock === 'driving' || state.clock === 'over'
  return {
    continuous_s: continuous,
    limit_s: 14_400,
    deadline: driving ? iso(now() + (14_400 - continuous) * 1000) : null,
    driving,
    as_of: iso(now()),
  }
}
const session = () => ({ csrf_token: 'mock', driver })
const today = () => ({
  now: iso(now()),
  locked: state.moving,
  vehicle: { plate: '渝B30718', moving: state.moving },
  clock: clockOf(),
  tasks: state.moving ? [] : tasks.filter((t) => !t.closed).map(row),
  unread: messages.filter((m) => !m.read_at).length,
  open_alarms: alarms.filter((a) => a.may_appeal).length,
  hours: { month_s: hours.month_s, month_wanted_s: hours.month_wanted_s },
})

class No {
  constructor(status, rule, more = {}) {
    Object.assign(this, { status, rule, more })
  }
}
const found = (list, id) => list.find((x) => x.id === Number(id)) ?? no(404, 'not-found')
const no = (status, rule, more) => {
  throw new No(status, rule, more)
}
const OPEN = /^\/(driver\/(codes|session)|certificate-checks\/.*|mock)$/
const UNLOCKED = /^\/driver\/(session|today|clock)$/
const routes = [
  ['POST', /^\/mock$/, (m, b) => Object.assign(state, b)],
  ['POST', /^\/driver\/codes$/, () => ({ wait_seconds: 60, delivery: 'sent' })],
  [
    'POST',
    /^\/driver\/session$/,
    (m, b) => {
      if (b.link !== undefined && b.link !== 'again') no(401, 'bad-link')
      if (b.link === undefined && b.code !== '123456') no(401, 'wrong-code')
      if (b.phone === '13900000000' && !b.driver_id) {
        no(409, 'choose-company', {
          choices: [
            { driver_id: 7, company_name: '渝捷达物流有限公司' },
            { driver_id: 8, company_name: '长江干线运输有限公司' },
          ],
        })
      }
      signedIn = true
      return session()
    },
  ],
  ['GET', /^\/driver\/session$/, () => (signedIn ? session() : no(401, 'sign-in-needed'))],
  [
    'DELETE',
    /^\/driver\/session$/,
    () => {
      signedIn = false
    },
  ],
  ['GET', /^\/driver\/today$/, today],
  ['GET', /^\/driver\/tasks$/, () => ({ items: tasks.map(row), next_cursor: null })],
  ['GET', /^\/driver\/tasks\/(\d+)$/, (m) => view(found(tasks, m[1]))],
  [
    'POST',
    /^\/driver\/tasks\/(\d+)\/lessons\/(\d+)\/begin$/,
    (m) => {
      const l = found(found(tasks, m[1]).lessons, m[2])
      const s = {
        id: l.id,
        lesson: l,
        state: 'running',
        sequence: 0,
        at: 0,
        visible: false,
        checkUntil: 0,
        reason: null,
      }
      studies.set(l.id, s)
      return studyView(s)
    },
  ],
  [
    'POST',
    /^\/driver\/studies\/(\d+)\/beats$/,
    (m, b) => {
      const s = studies.get(Number(m[1])) ?? no(404, 'not-found')
      b.beats.forEach((x) => beat(s, x))
      return studyView(s)
    },
  ],
  [
    'POST',
    /^\/driver\/studies\/(\d+)\/present$/,
    (m) => {
      const s = studies.get(Number(m[1]))
      s.checkUntil = 0
      return studyView(s)
    },
  ],
  [
    'POST',
    /^\/driver\/quiz$/,
    (m, b) => {
      const x = found(bank, b.question_id)
      const { explanation, explanation_en, clause, clause_en, effective } = x
      return {
        right: isRight(x, b.given),
        right_options: x.right,
        explanation,
        explanation_en,
        clause,
        clause_en,
        effective,
        rewatch_from_s: null,
      }
    },
  ],
  [
    'POST',
    /^\/exams\/(\d+)\/attempts$/,
    (m, b) => {
      const t = found(tasks, m[1])
      if (t.lessons.some((l) => !l.done)) no(409, 'study-first')
      let a = [...attempts.values()].find((x) => x.task === t && !x.closed)
      if (!a) {
        if (t.exam.attempts_left <= 0) no(409, 'no-attempts-left')
        t.exam.attempts_left--
        a = {
          id: `0a00000${attempts.size}-0000-4000-8000-000000000000`,
          task: t,
          number: attempts.size + 1,
          begun: now(),
          ends: now() + 15 * 60_000,
          questions: [...bank, ...bank],
          given: {},
          left: 0,
          device: b.device,
        }
        attempts.set(a.id, a)
        t.exam.open_attempt = a.id
      }
      if (a.device !== b.device && !b.take_over) no(409, 'exam-elsewhere')
      a.device = b.device
      return attemptView(a)
    },
  ],
  ['GET', /^\/attempts\/([\w-]+)$/, (m) => attemptView(attempts.get(m[1]) ?? no(404, 'not-found'))],
  [
    'POST',
    /^\/attempts\/([\w-]+)\/answers$/,
    (m, b) => {
      const a = attempts.get(m[1]) ?? no(404, 'not-found')
      const taken = []
      const refused = []
      for (const x of b.answers) {
        const stored = a.given[x.place] ?? null
        const refuse = (code) => refused.push({ place: x.place, code, sentence: code, stored })
        if (a.device !== b.device) refuse('elsewhere')
        else if (a.closed || now() > a.ends + 30_000) refuse('exam-over')
        else if (stored && stored.answer_no >= x.answer_no) refuse('older')
        else {
          a.given[x.place] = { given: x.given, answer_no: x.answer_no }
          taken.push(x.place)
        }
      }
      if (a.device === b.device && !a.closed) {
        a.left = Math.max(a.left, b.left_page ?? 0)
        if (a.left > 3) close(a)
      }
      return {
        taken,
        refused,
        leaves_left: Math.max(0, 3 - a.left),
        closed_at: a.closed ? iso(a.closed) : null,
        ends_at: iso(a.ends),
        now: iso(now()),
      }
    },
  ],
  [
    'POST',
    /^\/attempts\/([\w-]+)\/close$/,
    (m, b) => {
      const a = attempts.get(m[1]) ?? no(404, 'not-found')
      if (a.device !== b.device && !a.closed) no(409, 'exam-elsewhere')
      close(a)
      return attemptView(a)
    },
  ],
  ['GET', /^\/driver\/alarms$/, () => ({ items: alarms, next_cursor: null })],
  [
    'POST',
    /^\/driver\/alarms\/([\w-]+)\/appeal$/,
    (m, b) => {
      const a = alarms.find((x) => x.id === m[1]) ?? no(404, 'not-found')
      if (!a.may_appeal) no(409, 'alarm-waits')
      a.may_appeal = false
      a.handling = 'appealed'
      a.appeal = {
        reason: b.reason,
        appealed_at: iso(now()),
        by_driver: true,
        decided_at: null,
        accepted: null,
        note: null,
      }
      return a.appeal
    },
  ],
  ['GET', /^\/driver\/papers$/, () => ({ items: papers, next_cursor: null })],
  ['GET', /^\/driver\/hours$/, () => hours],
  ['GET', /^\/driver\/messages$/, () => ({ items: messages, next_cursor: null })],
  ['POST', /^\/driver\/messages\/(\d+)\/read$/, (m) => Object.assign(found(messages, m[1]), { read_at: iso(now()) })],
  ['GET', /^\/driver\/certificates$/, () => ({ items: certificates, next_cursor: null })],
  [
    'GET',
    /^\/certificate-checks\/(.+)$/,
    (m) => {
      const c = certificates.find((x) => x.number === decodeURIComponent(m[1])) ?? no(404, 'not-found')
      const { number, valid, title, title_en, issued_at, expires_on } = c
      return {
        number,
        valid,
        course: { title, title_en },
        issued_on: issued_at.slice(0, 10),
        expires_on,
        revoked: false,
        holder: '刘**',
      }
    },
  ],
]

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}
createServer(async (req, res) => {
  const url = new URL(req.url, 'http://mock')
  if (url.pathname.startsWith('/api/v1/course-pictures/')) {
    const sky = url.pathname.endsWith('steps.svg') ? '#dde8c9' : '#c5d6dd'
    return res.writeHead(200, { 'content-type': 'image/svg+xml' }).end(drawing(sky, '#4a5a63'))
  }
  if (url.pathname.startsWith('/api/v1')) {
    const path = url.pathname.slice(7)
    let text = ''
    for await (const chunk of req) text += chunk
    const json = (status, body, type = 'application/json') =>
      res.writeHead(status, { 'content-type': type }).end(body === undefined ? '' : JSON.stringify(body))
    try {
      if (!signedIn && !OPEN.test(path)) no(401, 'sign-in-needed')
      if (state.moving && !OPEN.test(path) && !UNLOCKED.test(path)) no(423, 'truck-moving')
      for (const [method, pattern, answer] of routes) {
        const m = method === req.method && pattern.exec(path)
        if (!m) continue
        const body = answer(m, text ? JSON.parse(text) : {})
        return json(body === undefined ? 204 : 200, body)
      }
      no(404, 'not-found')
    } catch (cause) {
      if (!(cause instanceof No)) throw cause
      const problem = { type: `urn:haulwatch:problem:${cause.rule}`, title: cause.rule, ...cause.more }
      return json(cause.status, problem, 'application/problem+json')
    }
  }
  let file = join(dist, normalize(url.pathname))
  if (!file.startsWith(join(dist, 'driver')) || !existsSync(file) || !extname(file))
    file = join(dist, 'driver/index.html')
  if (!existsSync(file)) return res.writeHead(404).end('npm run build first')
  res.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-security-policy':
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self'; worker-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
  })
  res.end(readFileSync(file))
}).listen(PORT, '127.0.0.1', () => console.log(`http://127.0.0.1:${PORT}/driver/ (code 123456)`))
