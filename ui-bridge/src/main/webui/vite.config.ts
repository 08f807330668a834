import { brotliCompressSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

/** Where `npm run dev` finds a running bridge (or the mock of `npm run mock`). */
const bridge = process.env.TAPELINE_BRIDGE ?? 'http://127.0.0.1:8080'

/** All that a browser loads, as it travels at best. */
const MOST_BYTES = 350 * 1024

/** A build that has grown too large fails, with what it is made of. */
function weighed(): Plugin {
  return {
    name: 'weighed',
    apply: 'build',
    writeBundle(_, bundle) {
      const sizes = Object.values(bundle).map(
        part =>
          [
            part.fileName,
            brotliCompressSync(part.type === 'chunk' ? part.code : part.source).length,
          ] as const,
      )
      const sum = sizes.reduce((total, [, size]) => total + size, 0)
      if (sum > MOST_BYTES)
        this.error(
          `${sum} bytes of brotli, ${MOST_BYTES} allowed: ${sizes.map(each => each.join(' ')).join(', ')}`,
        )
    },
  }
}

/** What the first picture needs is fetched side by side, not when it is come to. */
function preloaded(): Plugin {
  return {
    name: 'preloaded',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle }) =>
        Object.values(bundle ?? {}).flatMap(part => {
          const href = `/${part.fileName}`
          const link = (attrs: Record<string, string | boolean>) => [
            { tag: 'link', attrs: { ...attrs, crossorigin: true, href }, injectTo: 'head' as const },
          ]
          if (part.type === 'chunk' && !part.isEntry && !part.fileName.includes('.worker-'))
            // Where there is no room to dock panels, what docks them is not needed.
            return link({
              rel: 'modulepreload',
              ...(part.name === 'Workspace' ? { media: '(min-width: 1001px)' } : {}),
            })
          return part.fileName.endsWith('.woff2') ? link({ rel: 'preload', as: 'font' }) : []
        }),
    },
  }
}

export default defineConfig({
  plugins: [react(), weighed(), preloaded()],
  build: {
    target: 'es2023',
    // The bridge's Content-Security-Policy allows its own files only: nothing may become a data: URL.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What counts is the sum, which is weighed above.
    chunkSizeWarningLimit: 1_000,
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
