import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const backend = process.env.HAULWATCH_BACKEND ?? 'http://127.0.0.1:8788'

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022',
    // Nothing is inlined as a data: URL, so that the content policy of the server can stay narrow.
    assetsInlineLimit: 0,
    manifest: true,
    chunkSizeWarningLimit: 1200,
  },
  worker: { format: 'es' },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': backend, '/ws': { target: backend, ws: true } },
  },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
})
