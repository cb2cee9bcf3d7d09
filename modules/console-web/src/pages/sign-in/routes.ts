/** A made-up network of freight corridors for the picture beside the sign-in form. Not live data, and no real truck. */
const PLACES: Record<string, [number, number]> = {
  urumqi: [87.6, 43.8],
  hami: [93.5, 42.8],
  jiuquan: [98.5, 39.7],
  lanzhou: [103.8, 36.1],
  yinchuan: [106.2, 38.5],
  baotou: [109.8, 40.6],
  hohhot: [111.7, 40.8],
  beijing: [116.4, 39.9],
  shenyang: [123.4, 41.8],
  changchun: [125.3, 43.9],
  harbin: [126.6, 45.8],
  qiqihar: [123.9, 47.3],
  xian: [108.9, 34.3],
  taiyuan: [112.5, 37.9],
  shijiazhuang: [114.5, 38],
  zhengzhou: [113.6, 34.7],
  jinan: [117, 36.7],
  qingdao: [120.4, 36.1],
  xuzhou: [117.2, 34.3],
  nanjing: [118.8, 32.1],
  shanghai: [121.4, 31.2],
  hangzhou: [120.2, 30.3],
  hefei: [117.3, 31.9],
  wuhan: [114.3, 30.6],
  yichang: [111.3, 30.7],
  chongqing: [106.5, 29.6],
  chengdu: [104.1, 30.7],
  guiyang: [106.7, 26.6],
  kunming: [102.7, 25],
  dali: [100.2, 25.6],
  nanning: [108.4, 22.8],
  guangzhou: [113.3, 23.1],
  shenzhen: [114.1, 22.6],
  changsha: [113, 28.2],
  nanchang: [115.9, 28.7],
  fuzhou: [119.3, 26.1],
  xiamen: [118.1, 24.5],
  haikou: [110.3, 20],
  lhasa: [91.1, 29.6],
  xining: [101.8, 36.6],
  zunyi: [106.9, 27.7],
  ankang: [109, 32.7],
  mianyang: [104.7, 31.5],
  liuzhou: [109.4, 24.3],
  wenzhou: [120.7, 28],
}
const ROADS: [string, string, number][] = [
  ['urumqi', 'hami', 2],
  ['hami', 'jiuquan', 2],
  ['jiuquan', 'lanzhou', 3],
  ['lanzhou', 'xian', 5],
  ['lanzhou', 'yinchuan', 3],
  ['xining', 'lanzhou', 4],
  ['yinchuan', 'baotou', 3],
  ['baotou', 'hohhot', 4],
  ['hohhot', 'beijing', 4],
  ['beijing', 'shenyang', 5],
  ['shenyang', 'changchun', 6],
  ['changchun', 'harbin', 6],
  ['harbin', 'qiqihar', 2],
  ['beijing', 'shijiazhuang', 7],
  ['shijiazhuang', 'zhengzhou', 6],
  ['taiyuan', 'shijiazhuang', 5],
  ['beijing', 'jinan', 6],
  ['jinan', 'xuzhou', 6],
  ['jinan', 'qingdao', 5],
  ['xuzhou', 'nanjing', 6],
  ['zhengzhou', 'xuzhou', 4],
  ['zhengzhou', 'xian', 6],
  ['zhengzhou', 'wuhan', 6],
  ['nanjing', 'shanghai', 9],
  ['shanghai', 'hangzhou', 8],
  ['hefei', 'nanjing', 5],
  ['wuhan', 'hefei', 5],
  ['wuhan', 'yichang', 7],
  ['yichang', 'chongqing', 8],
  ['chongqing', 'chengdu', 12],
  ['chengdu', 'mianyang', 8],
  ['mianyang', 'xian', 7],
  ['chongqing', 'ankang', 7],
  ['ankang', 'xian', 5],
  ['chongqing', 'zunyi', 12],
  ['zunyi', 'guiyang', 10],
  ['guiyang', 'kunming', 5],
  ['kunming', 'dali', 4],
  ['guiyang', 'liuzhou', 6],
  ['liuzhou', 'nanning', 6],
  ['liuzhou', 'guangzhou', 5],
  ['guangzhou', 'shenzhen', 12],
  ['guangzhou', 'changsha', 6],
  ['changsha', 'wuhan', 7],
  ['chongqing', 'changsha', 5],
  ['changsha', 'nanchang', 4],
  ['nanchang', 'hangzhou', 4],
  ['hangzhou', 'wenzhou', 5],
  ['wenzhou', 'fuzhou', 4],
  ['fuzhou', 'xiamen', 4],
  ['xiamen', 'shenzhen', 3],
  ['nanning', 'guangzhou', 3],
  ['guangzhou', 'haikou', 2],
  ['lhasa', 'xining', 0.4],
  ['wuhan', 'nanchang', 4],
  ['chongqing', 'kunming', 4],
]

/** Mulberry32: the same picture on every visit. */
function random(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Longitude and latitude pairs, one after the other. */
export function decorativeDots(): Float32Array {
  const next = random(20260)
  const spread = () => (next() + next() + next() - 1.5) / 1.5
  const out: number[] = []
  for (const [from, to, weight] of ROADS) {
    const [ax, ay] = PLACES[from]
    const [bx, by] = PLACES[to]
    const length = Math.hypot(bx - ax, by - ay)
    const bends = Array.from({ length: Math.max(3, Math.round(length * 1.1)) }, () => spread() * 0.5)
    const dots = Math.round(length * weight * 1.9)
    for (let i = 0; i < dots; i++) {
      const k = next()
      const at = k * (bends.length - 1)
      const bend = bends[Math.floor(at)] * (1 - (at % 1)) + bends[Math.ceil(at)] * (at % 1)
      const fade = Math.min(1, Math.min(k, 1 - k) * 8)
      out.push(
        ax + (bx - ax) * k - ((by - ay) / length) * bend * fade + spread() * 0.1,
        ay + (by - ay) * k + ((bx - ax) / length) * bend * fade + spread() * 0.1,
      )
    }
    for (let i = 0; i < weight * 3; i++) out.push(bx + spread() * 0.6, by + spread() * 0.5)
    for (let i = 0; i < weight * 2; i++) out.push(bx + spread() * 2.2, by + spread() * 1.6)
  }
  return Float32Array.from(out)
}
