import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { chunkList } from './chunk-list.js'
import { withoutCases } from './lighter.js'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const runtime = process.env.TESSERA_RUNTIME ?? 'http://127.0.0.1:3000'

export default defineConfig({
  root: here('.'),
  plugins: [react(), withoutCases(), chunkList(here('..'))],
  resolve: {
    alias: [
      // @rjsf/core reaches for ajv through its test registry; our own validator takes its place.
      { find: '@rjsf/validator-ajv8', replacement: here('forms/no-validator.ts') },
      // descriptions in forms are drawn by our own templates
      { find: 'markdown-to-jsx/react', replacement: here('forms/no-markdown.ts') },
      { find: '@cfworker/json-schema', replacement: here('api/later-json-schema.ts') },
      { find: '@sinclair/typebox', replacement: here('api/plain-typebox.ts') },
      { find: /^@tessera\/platform\/(.*)\.js$/, replacement: here('../platform/$1.ts') },
    ],
  },
  // its workers are imported with `?worker`, which only Vite itself understands
  optimizeDeps: { exclude: ['graphiql/setup-workers/vite', '@graphiql/react/setup-workers/vite'] },
  server: {
    strictPort: true,
    proxy: Object.fromEntries(
      ['/graphql', '/platform', '/files', '/healthz'].map(path => [path, { target: runtime, ws: path === '/graphql' }]),
    ),
  },
  preview: { strictPort: true },
  build: {
    outDir: here('dist'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      // what makes up antd's components does nothing by being loaded, but does not say so
      treeshake: { moduleSideEffects: [{ test: /[\\/]@rc-component[\\/]/, sideEffects: false }] },
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            {
              name: 'react',
              test: /node_modules[\\/](react|react-dom|scheduler|react-router|i18next|react-i18next|use-sync-external-store|html-parse-stringify|void-elements|cookie|set-cookie-parser|@tanstack)[\\/]/,
              priority: 30,
            },
            // chosen from by the page of an object and by the panel of a field, which does not need that page
            { name: 'type-choice', test: /builder[\\/]type-(choice|icon)/, priority: 10 },
            // what every page needs is one file: it is smaller so, and comes in one go
            { name: 'first', tags: ['$initial'], priority: 20 },
          ],
        },
      },
    },
  },
})
