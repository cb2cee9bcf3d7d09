// A stand-in for the server while working on the pages: the API and both sockets with an invented fleet in memory.
// `npm run mock` and `npm run dev` beside it; with MOCK_DIST=1 it serves dist/ itself under the strict content policy.
// Sign-in: any name with password "haulwatch"; the name "company" or "regulator" takes that role. Not part of the product.
import { createServer } from 'node:http'
import { existsSync, readFileSync } from 'node:fs'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { WebSocketServer } from 'ws'

const PORT = Number(process.env.MOCK_PORT ?? 8788)
const FLEET = Number(process.env.MOCK_FLEET ?? 1000)
const dist = fileURLToPath(new URL('../dist', import.meta.url))
const labels = JSON.parse(readFileSync(new URL('../public/basemap/labels.json', import.meta.url), 'utf8'))

let seed = 7
const rnd = () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const pick = (list) => list[Math.floor(rnd() * list.length)]
const int = (a, b) => a + Math.floor(rnd() * (b - a + 1))
const iso = (ms) => new Date(ms).toISOString()
const DAY = 86_400_000
const dateIn = (days) => iso(Date.now() + days * DAY).slice(0, 10)

const cities = labels.prefectures.filter((p) => p.at[0] > 97 && p.at[0] < 127).map((p) => p.at)
const near = (at, reach) => cities.filter((c) => Math.hypot(c[0] - at[0], c[1] - at[1]) < reach)
const names = [
  '渝捷达物流',
  '长江干线运输',
  '蜀联快运',
  '关中通达',
  '穗诚供应链',
  '江汉顺运',
  '黔路达',
  '滇川联运',
  '巴渝重卡',
  '洞庭物流',
  '山城专线',
  '泸州安驰',
  '武陵山货运',
  '合川恒通',
  '涪陵江运',
]
const families = '陈李王张刘杨赵黄周吴徐孙马何谢罗杜蒋'
const givens = ['国强', '志远', '小军', '大勇', '立民', '建华', '涛', '平', '永福', '海生', '德胜', '学军']
const provinces = '渝川陕粤鄂贵云湘'

const companies = names.map((n, i) => ({
  id: i + 1,
  name: `${n}有限公司`,
  adcode: pick(['500112', '500102', '510100', '610100', '440100']),
  region: pick([
    { zh: '重庆市渝北区', en: 'Yubei, Chongqing' },
    { zh: '重庆市涪陵区', en: 'Fuling, Chongqing' },
    { zh: '四川省成都市', en: 'Chengdu, Sichuan' },
  ]),
  score: [82.6, 66.2, 53.3, 51.8, 44, 38.5, 34.1, 31, 28.4, 26, 22.1, 18.6, 15, 12.2, 9.4][i],
}))
const bandOf = (s) => (s === null ? null : s >= 75 ? 'red' : s >= 50 ? 'orange' : s >= 25 ? 'yellow' : 'blue')
const PAPERS = ['veh.permit', 'veh.maintenance2', 'veh.ins_compulsory', 'veh.inspection', 'drv.qualification']

const trucks = Array.from({ length: FLEET }, (_, i) => {
  const a = pick(cities)
  const around = near(a, 6)
  const state = rnd() < 0.45 ? 'moving' : rnd() < 0.66 ? 'stopped' : 'offline'
  return {
    slot: i,
    id: 1000 + i,
    plate: `${pick([...provinces])}${pick([...'ABCD'])}${int(10000, 99999)}`,
    company: pick(companies),
    driver: rnd() < 0.93 ? { id: 5000 + i, name: pick([...families]) + pick(givens) } : null,
    a,
    b: pick(around),
    k: rnd(),
    speed: int(52, 88),
    state,
    severity: 0,
    bend: (rnd() - 0.5) * 0.5,
    last: Date.now() - int(0, 9000),
    next: Date.now() + int(0, 10000),
    ref: [0, 0],
    km: int(20, 520),
  }
})
trucks[3].plate = '渝B12345'
const placeOf = (t) => {
  const [dx, dy] = [t.b[0] - t.a[0], t.b[1] - t.a[1]]
  const l = Math.hypot(dx, dy) || 1
  const s = Math.sin(t.k * Math.PI) * t.bend
  return [t.a[0] + dx * t.k - (dy / l) * s, t.a[1] + dy * t.k + (dx / l) * s]
}
const headingOf = (t) => (Math.atan2(t.b[0] - t.a[0], t.b[1] - t.a[1]) * 180) / Math.PI
const step = (t, ms) => {
  if (t.state !== 'moving') return
  const degrees = Math.hypot(t.b[0] - t.a[0], t.b[1] - t.a[1]) || 0.5
  t.k += ((t.speed / 3600) * (ms / 1000)) / 96 / degrees
  if (t.k >= 1) {
    t.k = 0
    t.a = t.b
    t.b = pick(near(t.a, 6))
  }
  t.speed = Math.max(40, Math.min(108, t.speed + int(-3, 3)))
}

// ---- alarms
let cursor = 100
const uuid = () => 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => Math.floor(rnd() * 16).toString(16))
const alarms = []
const makeAlarm = (t, severity, ageS) => {
  const rule =
    severity === 1
      ? 'speed_source_mismatch'
      : severity === 4
        ? pick(['speeding', 'fatigue', 'papers'])
        : pick(['speeding', 'speeding', 'speeding', 'fatigue'])
  const limit = pick([80, 80, 90, 60])
  const over = [0, 4, 14, 24, 38][severity] + int(0, 8)
  const peak = Math.round(limit * (1 + over / 100))
  const started = Date.now() - ageS * 1000
  const speeding = rule === 'speeding'
  const alarm = {
    id: uuid(),
    cursor: String(++cursor),
    rule,
    rule_version: 'cn-2026.1',
    severity,
    state: 'open',
    handling: 'new',
    evidence: rnd() < 0.9 ? 'live' : 'backfill',
    vehicle: { id: t.id, plate: t.plate },
    driver: t.driver,
    company: { id: t.company.id, name: t.company.name },
    started_at: iso(started),
    ended_at: iso(Date.now()),
    opened_at: iso(started + 4000),
    ended_by: null,
    measures: speeding
      ? {
          peak_decikmh: peak * 10,
          limit_decikmh: limit * 10,
          excess_permille: Math.round(((peak - limit) / limit) * 1000),
          seconds_over: ageS,
          distance_m: ageS * 24,
        }
      : rule === 'fatigue'
        ? { counter_s: 4 * 3600 + int(60, 5000), limit_s: 4 * 3600, excess_s: 900 }
        : { distance_m: int(1000, 40000) },
    facts: speeding
      ? {
          limit_source: pick(['PLATFORM_VEHICLE', 'ZONE', 'ZONE']),
          candidates: 'PLATFORM_VEHICLE=90; ZONE 12=' + limit,
          ...(rnd() < 0.5 ? { zone: '垫江长下坡' } : {}),
        }
      : rule === 'papers'
        ? { paper_kind: pick(['drv.qualification', 'veh.inspection']) }
        : {},
    truck: t,
    actions: [],
  }
  alarms.unshift(alarm)
  t.severity = Math.max(t.severity, alarm.severity)
  return alarm
}
for (const [severity, n] of [
  [4, 6],
  [3, 22],
  [2, 60],
  [1, 110],
])
  for (let i = 0; i < n; i++) makeAlarm(pick(trucks), severity, int(20, 2400))
makeAlarm(trucks[3], 4, 200).rule = 'speeding'
Object.assign(alarms[0], {
  severity: 4,
  measures: { peak_decikmh: 1030, limit_decikmh: 800, excess_permille: 288, seconds_over: 200, distance_m: 5400 },
  facts: { limit_source: 'ZONE', candidates: 'PLATFORM_VEHICLE=90; ZONE 12=80', zone: '垫江长下坡' },
})
trucks[3].state = 'moving'
trucks[3].severity = 4
for (let i = 0; i < 160; i++) {
  const a = makeAlarm(pick(trucks), int(1, 3), int(2400, 80000))
  a.state = 'closed'
  a.ended_by = 'limit'
  a.handling = pick(['new', 'resolved', 'resolved'])
  a.ended_at = iso(Date.parse(a.started_at) + int(40, 600) * 1000)
}
for (const [i, code] of ['emergency_button', 'main_power_lost', 'overspeed', 'dsm_2'].entries())
  Object.assign(makeAlarm(trucks[10 + i], [4, 2, 1, 3][i], 15 + 9 * i), {
    rule: 'terminal_alarm',
    evidence: 'terminal',
    measures: { duration_s: 30, speed_decikmh: 860 },
    facts: { alarm: code, ...(code === 'overspeed' ? { config_drift: 'true' } : {}) },
  })
const row = ({ truck, actions, ...rest }) => rest
const bySeverity = (list) =>
  Object.fromEntries([1, 2, 3, 4].map((s) => [s, list.filter((a) => a.severity === s).length]))
const byRule = (list) => list.reduce((m, a) => ((m[a.rule] = (m[a.rule] ?? 0) + 1), m), {})
const waits = (a) => /new|claimed|acting|waiting/.test(a.handling)
const open = () => alarms.filter(waits)

// ---- pieces of answers
const track = (t, from, to, every) => {
  const c = { t_ms: [], lat: [], lon: [], speed: [], heading: [], flags: [] }
  const [lon, lat] = placeOf(t)
  for (let at = from; at <= to; at += every) {
    const hour = ((at + 8 * 3600_000) % DAY) / 3600_000
    const resting = hour < 5.2 && hour > 0.6
    const v = resting ? 0 : Math.max(0, 76 + 8 * Math.sin(at / 1.9e6) + 5 * Math.sin(at / 3.1e5))
    c.t_ms.push(at)
    c.speed.push(Math.round(v * 10))
    c.heading.push(60)
    c.flags.push(0)
    const back = (to - at) / 3600_000
    c.lon.push(Math.round((lon - back * 0.62 + Math.sin(at / 9e4) * 0.0006) * 1e6))
    c.lat.push(Math.round((lat - back * 0.24 + Math.sin(at / 7e4) * 0.0009) * 1e6))
  }
  return c
}
/** A third by card, some by a card that names nobody, the others as assigned. */
function wheelOf(t) {
  const driver = t.driver && { ...t.driver, phone_masked: '138****2047' }
  if (t.id % 9 === 4) return { source: 'unknown_card', driver: null, card_number_end: '4417', since: iso(t.last - 5e6) }
  if (driver && t.id % 3 === 0) return { source: 'card', driver, card_number_end: '2047', since: iso(t.last - 5e6) }
  return { source: driver ? 'assigned' : 'nobody', driver, card_number_end: null, since: null }
}
const papers = (t) =>
  PAPERS.map((kind, i) => {
    const days = [482, -12, 12, 210, 900][(i + t.slot) % 5]
    return {
      id: t.id * 10 + i,
      owner_kind: kind.startsWith('drv') ? 'DRIVER' : 'VEHICLE',
      kind,
      number: `${500000 + t.id}`,
      expires: dateIn(days),
      state: days < 0 ? 'overdue' : days < 15 ? 'due_urgent' : 'valid',
      days,
    }
  })
const commands = new Map()
const vehicleRow = (t) => {
  const [lon, lat] = placeOf(t)
  return {
    id: t.id,
    plate: t.plate,
    plate_colour: 2,
    company_id: t.company.id,
    company_name: t.company.name,
    vehicle_class: 'GENERAL',
    model: '重型半挂牵引车',
    driver: t.driver && { ...t.driver, phone_masked: '138****2047' },
    phone: `1390000${t.id}`,
    state: t.state,
    lat,
    lon,
    speed_kmh: t.state === 'moving' ? t.speed : 0,
    heading_deg: headingOf(t),
    device_time: iso(t.last),
    open_severity: t.severity,
  }
}
const companyRow = (c) => {
  const own = trucks.filter((t) => t.company === c)
  const alarming = open().filter((a) => a.company.id === c.id)
  const km = own.length * 2300
  return {
    id: c.id,
    name: c.name,
    adcode: c.adcode,
    region: c.region,
    vehicles: own.length,
    drivers: own.length + 8,
    online: own.filter((t) => t.state !== 'offline').length,
    overdue_critical: Math.max(0, Math.round((c.score - 25) / 9)),
    open_alarms: alarming.length,
    open_by_severity: bySeverity(alarming),
    km_7d: km,
    open_per_1000km: (alarming.length / km) * 1000,
    risk: { score: c.score, band: bandOf(c.score) },
  }
}
const risk = (c) => {
  const own = trucks.filter((t) => t.company === c)
  const w = { A: 0.4, D: 0.25, T: 0.15, H: 0.1, M: 0.1 }
  const share = { A: 0.435, D: 0.3, T: 0.085, H: 0.094, M: 0.086 }
  const item = (kind, i, d) => {
    const t = own[i % own.length]
    return kind === 'hazard'
      ? {
          hazard_id: i,
          owner_kind: 'COMPANY',
          owner_id: c.id,
          owner_label: '消防器材',
          kind,
          expires: dateIn(-d),
          days_overdue: d,
          critical: false,
          moving: false,
        }
      : {
          paper_id: i,
          owner_kind: kind.startsWith('drv') ? 'DRIVER' : 'VEHICLE',
          owner_id: kind.startsWith('drv') ? (t.driver?.id ?? 1) : t.id,
          owner_label: kind.startsWith('drv') ? (t.driver?.name ?? '马志远') : t.plate,
          kind,
          expires: dateIn(-d),
          ...(d > 0 ? { days_overdue: d } : { days_left: -d }),
          critical: /qualification|permit|inspection/.test(kind),
          moving: i === 1,
        }
  }
  return {
    company: companyRow(c),
    as_of: iso(Date.now()),
    score: {
      value: c.score,
      band: bandOf(c.score),
      parts: Object.keys(w).map((code) => ({
        code,
        weight: w[code],
        points: code === 'T' && c.id % 2 ? null : c.score * share[code],
        value: code === 'T' && c.id % 2 ? null : (c.score * share[code]) / w[code],
        data: {},
      })),
      missing: c.id % 2 ? ['T'] : [],
      formula_version: '3',
      insufficient_data: false,
      veto: c.score > 80 ? [{ code: 'overdue_driving', value: '3', detail: 'drove', until: dateIn(28) }] : [],
    },
    counts: {
      maintenance_overdue: { count: 14, of: own.length, due_7d: 9 },
      hazards_overdue: { count: 2, of: 9 },
      qualification_expired: { count: 3, of: own.length + 8, driving_now: 1 },
      permit_overdue: { count: 1, of: own.length, due_30d: 4 },
      inspection_overdue: { count: 2, of: own.length, due_30d: 5 },
      insurance_expired: { count: 0, of: own.length, due_30d: 6 },
      licence_expired: { count: 0, of: own.length + 9, due_30d: 1 },
    },
    overdue: [
      item('drv.qualification', 0, 3),
      item('drv.qualification', 1, 2),
      item('veh.maintenance2', 2, 31),
      item('veh.maintenance2', 3, 12),
      item('veh.permit', 4, 6),
      item('hazard', 5, 5),
      item('veh.maintenance2', 6, 4),
      item('veh.inspection', 7, 2),
      item('hazard', 8, 2),
      ...[9, 10, 11, 12, 13].map((i) => item('veh.maintenance2', i, i)),
    ],
    due_soon: [20, 21, 22, 23, 24, 25].map((i) => item(pick(PAPERS), i, -int(1, 29))),
    open_alarms: {
      total: open().filter((a) => a.company.id === c.id).length,
      by_rule: byRule(open().filter((a) => a.company.id === c.id)),
      by_severity: bySeverity(open().filter((a) => a.company.id === c.id)),
    },
    drivers: own
      .filter((t) => t.driver)
      .map((t, i) => ({
        id: t.driver.id,
        name: t.driver.name,
        km: 8400 - i * 37,
        events: Math.max(0, 31 - i),
        per_1000km: Math.max(0, 9.1 - i * 0.3),
      })),
    vehicles: own.map((t, i) => ({
      id: t.id,
      plate: t.plate,
      driver: t.driver?.name ?? null,
      state: t.state,
      overdue: i % 7 === 0 ? 1 : 0,
      open_alarms: open().filter((a) => a.vehicle.id === t.id).length,
    })),
  }
}
const alarmDetail = (a) => {
  const start = Date.parse(a.started_at)
  const end = a.state === 'open' ? Math.min(Date.now(), start + 200_000) : Date.parse(a.ended_at)
  const from = start - 260_000
  const to = end + (a.state === 'open' ? 60_000 : 200_000)
  const limit = (a.measures.limit_decikmh ?? 800) / 10
  const peak = (a.measures.peak_decikmh ?? 780) / 10
  const strip = {
    from: iso(from),
    to: iso(to),
    t_ms: [],
    speed: [],
    limit_segments: [
      { from: iso(from), to: iso(start - 150_000), limit_kmh: 100, source: 'class' },
      { from: iso(start - 150_000), to: iso(to), limit_kmh: limit, source: a.facts.limit_source ?? 'class' },
    ],
    over: a.rule === 'speeding' ? [iso(start), iso(end)] : null,
  }
  for (let t = from; t <= Math.min(end, to); t += 5000) {
    const over = a.rule === 'speeding' && t >= start - 10_000
    const ramp = Math.min(1, (t - start + 10_000) / 40_000)
    strip.t_ms.push(t)
    strip.speed.push(
      Math.round(
        (over
          ? limit - 4 + (peak - limit + 4) * ramp - Math.abs(Math.sin(t / 17_000)) * 4
          : limit - 6 + 2.4 * Math.sin(t / 60_000) + Math.sin(t / 7000)) * 10,
      ),
    )
  }
  const tr = track(a.truck, from, end, 10_000)
  const point = (role, at) => {
    const i = Math.max(0, Math.min(tr.t_ms.length - 1, Math.round((at - from) / 10_000)))
    return {
      role,
      device_time: iso(at),
      lat: tr.lat[i] / 1e6,
      lon: tr.lon[i] / 1e6,
      speed_kmh: role === 'peak' ? peak : limit + 1,
      body_hex: '000000000000000301d2…',
    }
  }
  return {
    ...row(a),
    points: [
      point('opening', start),
      point('peak', (start + end) / 2),
      ...(a.state === 'open' ? [] : [point('close', end)]),
    ],
    revisions: [
      { revision: 1, state: 'open', at: iso(start + 12_000), why: null },
      ...(a.state === 'open' ? [] : [{ revision: 2, state: 'closed', at: iso(end + 9000), why: 'limit' }]),
    ],
    actions: a.actions,
    terminal: a.rule === 'speeding' ? [{ alarm: 'overspeed', started_at: iso(start + 9000), ended_at: iso(end) }] : [],
    strip: a.rule === 'papers' ? null : strip,
    track: tr,
    papers: papers(a.truck),
  }
}

// ---- http
let user = null
const sessionOf = (name) => ({
  user: {
    id: 1,
    username: name,
    display_name: name === 'company' ? '李敏' : name === 'regulator' ? '郑海' : '周岚',
    role: name === 'company' ? 'company' : name === 'regulator' ? 'regulator' : 'agent',
    scope: 'all',
    scope_label: '全部企业',
    locale: null,
  },
  csrf_token: 'csrf-1',
})
let status = { log: { accepting: true, reason: null }, database: { up: true, reason: null } }
const statusNow = () => ({
  now: iso(Date.now()),
  ...status,
  readers: { writer_lag: 0, rules_lag: 0 },
  version: '0.1.0',
  tile_sources: [],
})
const problem = (res, code, detail) =>
  send(res, code, { type: 'about:blank', title: detail, status: code, detail, error_id: uuid().slice(0, 8) })
const send = (res, code, body) => {
  res.writeHead(code, { 'content-type': code >= 400 ? 'application/problem+json' : 'application/json' })
  res.end(body === undefined ? undefined : JSON.stringify(body))
}
const EPOCH = 7
const routes = [
  ['GET', /^\/session$/, (_, res) => (user ? send(res, 200, sessionOf(user)) : problem(res, 401, 'no session'))],
  [
    'POST',
    /^\/session$/,
    (_, res, __, ___, body) => {
      if (body.password !== 'haulwatch') return problem(res, 401, 'wrong')
      user = body.username
      send(res, 200, sessionOf(user))
    },
  ],
  [
    'DELETE',
    /^\/session$/,
    (_, res) => {
      user = null
      res.writeHead(204).end()
    },
  ],
  [
    'GET',
    /^\/companies$/,
    (_, res) =>
      send(res, 200, {
        items: companies
          .map(companyRow)
          .sort((a, b) => b.overdue_critical - a.overdue_critical || b.open_per_1000km - a.open_per_1000km),
        next_cursor: null,
      }),
  ],
  [
    'GET',
    /^\/companies\/(\d+)\/risk$/,
    (_, res, m) => {
      const c = companies.find((x) => x.id === +m[1])
      return c ? send(res, 200, risk(c)) : problem(res, 404, 'no such company')
    },
  ],
  [
    'GET',
    /^\/vehicles$/,
    (_, res, __, q) =>
      send(res, 200, {
        items: trucks
          .filter(
            (t) =>
              t.plate.includes(q.get('query') ?? '') &&
              (!q.get('company') || String(t.company.id) === q.get('company')),
          )
          .slice(0, +(q.get('limit') ?? 50))
          .map(vehicleRow),
        next_cursor: null,
      }),
  ],
  [
    'GET',
    /^\/vehicles\/(\d+)$/,
    (_, res, m) => {
      const t = trucks.find((x) => x.id === +m[1])
      if (!t) return problem(res, 404, 'no such truck')
      send(res, 200, {
        ...vehicleRow(t),
        at_the_wheel: wheelOf(t),
        terminal: { phone: `0139000${t.id}`, model: 'HW-SIM', edition: 2019, last_seen: iso(t.last) },
        papers: papers(t),
        alarms_today: alarms
          .filter((a) => a.truck === t)
          .slice(0, 6)
          .map(row),
        today: { km: t.km, driving_s: 19800 },
        clock: {
          continuous_s: 13680,
          limit_s: 14400,
          deadline: iso(Date.now() + 720_000),
          driving: t.state === 'moving',
        },
        counters: { stored: 8412, duplicate: 3, late: 0, quarantined: 1 },
        commands: [...commands.values()]
          .filter((c) => c.vehicle === t.id)
          .slice(-10)
          .reverse(),
      })
    },
  ],
  [
    'GET',
    /^\/vehicles\/(\d+)\/track$/,
    (_, res, m, q) =>
      send(
        res,
        200,
        track(
          trucks.find((x) => x.id === +m[1]) ?? trucks[0],
          Date.parse(q.get('from')),
          Date.parse(q.get('to')),
          30_000,
        ),
      ),
  ],
  [
    'POST',
    /^\/vehicles\/(\d+)\/commands$/,
    (_, res, m, __, body) => {
      const c = {
        id: uuid(),
        vehicle: +m[1],
        kind: body.kind.toUpperCase(),
        state: 'queued',
        payload: body,
        created_at: iso(Date.now()),
      }
      commands.set(c.id, c)
      setTimeout(() => (c.state = 'sent'), 1200)
      setTimeout(() => (c.state = 'acknowledged'), 3500)
      send(res, 202, c)
    },
  ],
  ['GET', /^\/commands\/(.+)$/, (_, res, m) => send(res, 200, commands.get(m[1]))],
  [
    'GET',
    /^\/alarms$/,
    (_, res, __, q) => {
      const has = (k) => q.get(k) || null
      let list = alarms.filter((a) =>
        q.get('status') === 'all' ? true : q.get('status') === 'closed' ? a.state === 'closed' : a.state === 'open',
      )
      for (const [k, f] of [
        ['company', (a) => String(a.company.id)],
        ['vehicle', (a) => String(a.vehicle.id)],
        ['rule', (a) => a.rule],
        ['handling', (a) => a.handling],
        ['source', (a) => (a.evidence === 'terminal' ? 'terminal' : 'platform')],
      ])
        if (has(k)) list = list.filter((a) => f(a) === q.get(k))
      if (has('query')) list = list.filter((a) => a.vehicle.plate.includes(q.get('query')))
      if (has('severity')) list = list.filter((a) => q.get('severity').split(',').includes(String(a.severity)))
      const counts = { total: list.length, capped: false, by_severity: bySeverity(list), by_rule: byRule(list) }
      list = [...list].sort((a, b) => Date.parse(b.started_at) - Date.parse(a.started_at))
      const at = +(q.get('cursor') ?? 0)
      const n = +(q.get('limit') ?? 50)
      send(res, 200, {
        items: list.slice(at, at + n).map(row),
        next_cursor: at + n < list.length ? String(at + n) : null,
        counts,
      })
    },
  ],
  [
    'GET',
    /^\/alarms\/([^/]+)$/,
    (_, res, m) => {
      const a = alarms.find((x) => x.id === m[1])
      return a ? send(res, 200, alarmDetail(a)) : problem(res, 404, 'no such alarm')
    },
  ],
  [
    'POST',
    /^\/alarms\/([^/]+)\/actions$/,
    (_, res, m, __, body) => {
      const a = alarms.find((x) => x.id === m[1])
      if (a.severity === 4 && body.kind === 'acknowledge' && !body.note) return problem(res, 422, 'note needed')
      const action = { at: iso(Date.now()), user: '周岚', kind: body.kind, note: body.note || null }
      a.actions.push(action)
      if (body.kind === 'acknowledge') {
        a.handling = 'resolved'
        for (const ws of alarmSockets.clients)
          ws.send(JSON.stringify({ type: 'handling', episode_id: a.id, handling: a.handling, action }))
      }
      send(res, 201, action)
    },
  ],
  [
    'GET',
    /^\/zones$/,
    (_, res) =>
      send(res, 200, {
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            properties: { id: 1, name: '垫江长下坡', kind: 'limit', limit_kmh: 80 },
            geometry: {
              type: 'Polygon',
              coordinates: [
                [
                  [107.2, 30.2],
                  [107.7, 30.3],
                  [107.6, 30.5],
                  [107.1, 30.4],
                  [107.2, 30.2],
                ],
              ],
            },
          },
          {
            type: 'Feature',
            properties: { id: 2, name: '果园港', kind: 'yard', limit_kmh: 30, radius_m: 4000 },
            geometry: { type: 'Point', coordinates: [106.75, 29.65] },
          },
        ],
      }),
  ],
  [
    'GET',
    /^\/fleet\/dictionary$/,
    (_, res) =>
      send(res, 200, {
        epoch: EPOCH,
        vehicles: trucks.map((t) => [t.slot, t.id, t.plate, t.company.id, 'GENERAL']),
        companies: companies.map((c) => [c.id, c.name]),
      }),
  ],
  [
    'GET',
    /^\/fleet\/summary$/,
    (_, res) =>
      send(res, 200, {
        total: trucks.length + 3,
        moving: 0,
        stopped: 0,
        offline: 0,
        open_by_severity: bySeverity(open()),
        companies_by_band: companies.reduce((m, c) => ((m[bandOf(c.score)] = (m[bandOf(c.score)] ?? 0) + 1), m), {}),
      }),
  ],
  ['GET', /^\/status$/, (_, res) => send(res, 200, statusNow())],
  // Only here: lets a browser test provoke the states that a healthy server does not show.
  [
    'POST',
    /^\/mock$/,
    (_, res, __, ___, body) => {
      if (body.status) status = body.status
      if (body.session === 'end') {
        user = null
        for (const s of [...fleetSockets.clients, ...alarmSockets.clients]) s.close(4001)
      }
      if (body.drop) {
        refuse = body.drop
        for (const s of fleetSockets.clients) s.terminate()
      }
      for (const s of alarmSockets.clients) s.send(JSON.stringify({ type: 'status', status: statusNow() }))
      res.writeHead(204).end()
    },
  ],
]
let refuse = 0
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const server = createServer(async (req, res) => {
  const url = new URL(req.url, 'http://mock')
  if (url.pathname.startsWith('/api/v1')) {
    const path = url.pathname.slice(7)
    let text = ''
    for await (const chunk of req) text += chunk
    if (!user && !/^\/(session|status|mock)$/.test(path)) return problem(res, 401, 'no session')
    for (const [method, pattern, answer] of routes) {
      const m = method === req.method && pattern.exec(path)
      if (m) return answer(req, res, m, url.searchParams, text ? JSON.parse(text) : {})
    }
    return problem(res, 404, 'no such route')
  }
  if (!process.env.MOCK_DIST) return res.writeHead(404).end('start with MOCK_DIST=1 to serve dist/')
  let file = join(dist, normalize(url.pathname))
  if (!file.startsWith(dist) || !existsSync(file) || !extname(file)) file = join(dist, 'index.html')
  res.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-security-policy':
      "default-src 'self'; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; img-src 'self' data: blob:; media-src 'self'",
  })
  res.end(readFileSync(file))
})

// ---- sockets
const fleetSockets = new WebSocketServer({ noServer: true })
const alarmSockets = new WebSocketServer({ noServer: true })
let seq = 10
const header = (type, count) => {
  const b = Buffer.alloc(24)
  b[0] = 0x48
  b[1] = 1
  b[2] = type
  b.writeUInt32LE(EPOCH, 4)
  b.writeUInt32LE(seq, 8)
  b.writeUInt32LE(count, 12)
  b.writeDoubleLE(Date.now(), 16)
  return b
}
const bitsOf = (t) => (t.state === 'offline' ? 8 : t.state === 'moving' ? 15 : 9)
const riskOf = (t) => t.severity | (Math.floor(t.company.score / 10) << 3)
const quantise = (t) => placeOf(t).map((v) => Math.round(v * 1e5))
for (const t of trucks) t.ref = quantise(t)
const snapshot = () => {
  const body = Buffer.alloc(trucks.length * 18)
  trucks.forEach((t, i) => {
    const at = i * 18
    body.writeUInt32LE(t.slot, at)
    body.writeInt32LE(t.ref[0] * 10, at + 4)
    body.writeInt32LE(t.ref[1] * 10, at + 8)
    body[at + 12] = t.state === 'moving' ? t.speed : 0
    body[at + 13] = Math.round((headingOf(t) * 256) / 360) & 255
    body[at + 14] = bitsOf(t)
    body[at + 15] = riskOf(t)
    body.writeUInt16LE(Math.min(65535, Math.round((Date.now() - t.last) / 1000)), at + 16)
  })
  return Buffer.concat([header(1, trucks.length), body])
}
const leb = (out, n) => {
  while (n >= 128) {
    out.push((n & 127) | 128)
    n >>>= 7
  }
  out.push(n)
}
const zz = (out, n) => leb(out, ((n << 1) ^ (n >> 31)) >>> 0)
const delta = (list) => {
  const out = []
  let last = 0
  for (const t of list) {
    leb(out, t.slot - last)
    last = t.slot
  }
  const now = list.map(quantise)
  list.forEach((t, i) => zz(out, now[i][0] - t.ref[0]))
  list.forEach((t, i) => zz(out, now[i][1] - t.ref[1]))
  list.forEach((t, i) => (t.ref = now[i]))
  for (const t of list) out.push(t.state === 'moving' ? t.speed : 0)
  for (const t of list) out.push(Math.round((headingOf(t) * 256) / 360) & 255)
  for (const t of list) out.push(bitsOf(t))
  for (const t of list) out.push(riskOf(t))
  return Buffer.concat([header(2, list.length), Buffer.from(out)])
}
server.on('upgrade', (req, socket, head) => {
  const path = new URL(req.url, 'http://mock').pathname
  if (!user || (path === '/ws/fleet' && refuse-- > 0)) return socket.destroy()
  const target = path === '/ws/fleet' ? fleetSockets : path === '/ws/alarms' ? alarmSockets : null
  if (!target) return socket.destroy()
  target.handleUpgrade(req, socket, head, (ws) => {
    if (target === fleetSockets) ws.send(snapshot())
  })
})
setInterval(() => {
  const now = Date.now()
  const due = trucks.filter((t) => t.state !== 'offline' && t.next <= now)
  for (const t of due) {
    step(t, now - t.last)
    t.last = now
    t.next = now + 10_000
  }
  if (due.length === 0) return
  seq++
  const frame = delta(due)
  for (const ws of fleetSockets.clients) ws.send(frame)
}, 500)
setInterval(() => {
  for (const ws of fleetSockets.clients) ws.send(header(6, 0))
}, 5000)
setInterval(() => {
  const fresh = makeAlarm(pick(trucks.filter((t) => t.state === 'moving')), pick([1, 1, 1, 2, 2, 3, 3, 4]), 20)
  for (const ws of alarmSockets.clients)
    ws.send(JSON.stringify({ type: 'episode', cursor: fresh.cursor, episode: { ...row(fresh), opened_at: null } }))
}, 6000)
setInterval(() => {
  for (const ws of alarmSockets.clients) ws.send(JSON.stringify({ type: 'status', status: statusNow() }))
}, 5000)
server.listen(PORT, '127.0.0.1', () => console.log(`http://127.0.0.1:${PORT} with ${FLEET} trucks`))
