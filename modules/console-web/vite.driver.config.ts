import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { build, defineConfig, type Plugin } from 'vite'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const backend = process.env.HAULWATCH_BACKEND ?? 'http://127.0.0.1:8789'
/** Phones keep the web view of the year they were bought: syntax of ES2015, one classic script, no modules. */
const OLDEST = ['es2015', 'chrome61']

/** A classic script that waits for the document, where the browser may not know modules. */
const classicScript: Plugin = {
  name: 'classic-script',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => html.replace(/<script type="module" crossorigin /g, '<script defer '),
  },
}

/** The service worker knows the files of this very build: it is built last, under a name that never changes. */
const serviceWorker: Plugin = {
  name: 'service-worker',
  apply: 'build',
  async writeBundle(options) {
    const folder = options.dir!
    const files = (readdirSync(folder, { recursive: true }) as string[])
      .filter((name) => /\.(js|css|svg|png|webmanifest)$/.test(name) && !/(^sw\.js|icon-(512|mask)\.png)$/.test(name))
      .sort()
    const hash = createHash('sha256')
    for (const name of ['index.html', ...files]) hash.update(readFileSync(join(folder, name)))
    await build({
      configFile: false,
      logLevel: 'warn',
      root: at('./driver'),
      publicDir: false,
      define: {
        SHELL_ID: JSON.stringify(hash.digest('hex').slice(0, 12)),
        SHELL_FILES: JSON.stringify(['/driver/', ...files.map((name) => `/driver/${name}`)]),
      },
      build: {
        target: OLDEST,
        outDir: folder,
        emptyOutDir: false,
        lib: {
          entry: at('./src/driver/offline/worker.ts'),
          formats: ['iife'],
          name: 'worker',
          fileName: () => 'sw.js',
        },
      },
    })
  },
}

export default defineConfig({
  root: at('./driver'),
  base: '/driver/',
  plugins: [vue(), classicScript, serviceWorker],
  resolve: { alias: { '@': at('./src') } },
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
  build: {
    target: OLDEST,
    cssTarget: 'chrome61',
    cssCodeSplit: false,
    outDir: at('./dist/driver'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: { output: { format: 'iife', name: 'driver' } },
  },
  server: { host: '127.0.0.1', port: 5174, fs: { allow: [at('.')] }, proxy: { '/api': backend } },
})
