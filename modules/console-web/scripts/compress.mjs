// Puts a .gz file beside each text file of dist/, so that the server sends it without compressing anything itself.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'

const dist = fileURLToPath(new URL('../dist', import.meta.url))
const WORTH_IT = /\.(html|js|mjs|css|svg|json|webmanifest|txt)$/
const SMALLEST = 1024
let files = 0
const walk = (folder) => {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) walk(path)
    else if (WORTH_IT.test(name)) {
      const bytes = readFileSync(path)
      if (bytes.length < SMALLEST) continue
      writeFileSync(`${path}.gz`, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }))
      files++
    }
  }
}
walk(dist)
console.log(`compressed ${files} files`)
