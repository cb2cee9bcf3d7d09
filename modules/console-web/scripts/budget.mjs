// The JavaScript of the first paint has a limit; a build that goes over it fails. Counted: what index.html loads, the sign-in page and
// the frame of the console with everything they import statically. Map and charts load later and are not in it. Of the driver's phone pages
// everything is counted, the service worker too, and nothing may be newer than ES2015: their web views are old.
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { parse } from 'acorn'

const LIMIT_KB = 330
const DRIVER_LIMIT_KB = 90
const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))
const seen = new Set()
const add = (key) => {
  const chunk = manifest[key]
  if (!chunk || seen.has(key)) return
  seen.add(key)
  for (const other of chunk.imports ?? []) add(other)
}
for (const entry of ['index.html', 'src/pages/sign-in/SignInPage.vue', 'src/app/Shell.vue']) {
  if (!manifest[entry]) throw new Error(`not in the build: entry=${entry}`)
  add(entry)
}
let total = 0
for (const key of seen) {
  const { file } = manifest[key]
  if (/maplibre|echarts/.test(file)) throw new Error(`the first paint pulls in ${file}`)
  const size = gzipSync(readFileSync(new URL(file, dist))).length / 1024
  total += size
  console.log(`${size.toFixed(1).padStart(7)} KB  ${file}`)
}
// The manifest was only needed here.
rmSync(new URL('.vite', dist), { recursive: true })
console.log(`first paint ${total.toFixed(1)} KB gzip, limit ${LIMIT_KB} KB`)

let driver = 0
for (const name of readdirSync(new URL('driver/', dist), { recursive: true }).filter((name) => name.endsWith('.js'))) {
  const code = readFileSync(new URL(`driver/${name}`, dist), 'utf8')
  try {
    parse(code, { ecmaVersion: 2015, sourceType: 'script' })
  } catch (cause) {
    throw new Error(`driver/${name} is newer than ES2015: ${cause.message}: ${code.slice(cause.pos, cause.pos + 60)}`)
  }
  const size = gzipSync(code).length / 1024
  driver += size
  console.log(`${size.toFixed(1).padStart(7)} KB  driver/${name}`)
}
console.log(`driver's phone ${driver.toFixed(1)} KB gzip, limit ${DRIVER_LIMIT_KB} KB`)
if (total > LIMIT_KB || driver === 0 || driver > DRIVER_LIMIT_KB) process.exit(1)
