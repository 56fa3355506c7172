import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const runtime = process.env.TESSERA_RUNTIME ?? 'http://127.0.0.1:3000'

export default defineConfig({
  root: here('.'),
  plugins: [react()],
  resolve: {
    alias: [
      // @rjsf/core reaches for ajv through its test registry; our own validator takes its place.
      { find: '@rjsf/validator-ajv8', replacement: here('forms/no-validator.ts') },
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
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            {
              name: 'react',
              test: /node_modules[\\/](react|react-dom|scheduler|react-router|i18next|react-i18next|@tanstack)[\\/]/,
              priority: 30,
            },
          ],
        },
      },
    },
  },
})
