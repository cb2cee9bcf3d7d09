// The JavaScript of the first paint has a limit; a build that goes over it fails. Counted: what index.html loads, the sign-in page and
// the frame of the console with everything they import statically. Map and charts load later and are not in it.
import { readFileSync, rmSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const LIMIT_KB = 330
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
if (total > LIMIT_KB) process.exit(1)
