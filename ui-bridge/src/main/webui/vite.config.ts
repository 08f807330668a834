import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

/** Where `npm run dev` finds a running bridge (or the mock of `npm run mock`). */
const bridge = process.env.TAPELINE_BRIDGE ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2023',
    // The bridge's Content-Security-Policy allows its own files only: nothing may become a data: URL.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es' },
  server: {
    proxy: {
      '/api': { target: bridge, changeOrigin: true },
      '/ws': { target: bridge, changeOrigin: true, ws: true },
    },
  },
  test: { include: ['src/**/*.test.{ts,tsx}'], environment: 'node' },
})
