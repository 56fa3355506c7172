import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const isSource = name => /\.(ts|tsx|css|html|json)$/.test(name)
const skipped = new Set(['node_modules', 'dist', 'bin'])

/** The time of the newest source below a directory, in milliseconds; 0 when there is none. */
function newestSource(directory) {
  if (!existsSync(directory)) return 0
  return readdirSync(directory, { withFileTypes: true }).reduce((newest, entry) => {
    if (skipped.has(entry.name)) return newest
    const path = join(directory, entry.name)
    if (entry.isDirectory()) return Math.max(newest, newestSource(path))
    return isSource(entry.name) ? Math.max(newest, statSync(path).mtimeMs) : newest
  }, 0)
}

const builtAt = file => (existsSync(file) ? statSync(file).mtimeMs : 0)

/** What can be built: where its sources lie, the file that says when it was built, and how. */
const parts = [
  {
    name: 'server',
    sources: ['platform', 'runtime'],
    stamp: 'runtime/dist/.built',
    build: () => run(resolveBin('tsgo', 'bin/tsc'), ['-b', 'platform', 'runtime']),
  },
  {
    name: 'studio',
    sources: ['platform', 'studio'],
    stamp: 'studio/dist/.built',
    build: () => {
      run(resolveBin('vite', 'bin/vite.js', 'studio'), ['build', '--logLevel', 'warn'], join(root, 'studio'))
      compressFiles(join(root, 'studio', 'dist', 'assets'))
    },
  },
]

const resolveBin = (name, path, workspace = '.') => {
  const require = createRequire(join(root, workspace, 'package.json'))
  const found = require.resolve
    .paths(name)
    ?.map(directory => join(directory, name, path))
    .find(existsSync)
  if (!found) throw new Error(`${name} is not installed; run "npm ci" first`)
  return found
}

/** Whoever builds, tests included: what is built is for production; without this React would be built for development. */
const environment = { ...process.env, NODE_ENV: 'production' }

function run(script, args, cwd = root) {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd, env: environment, stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error(`Building failed: ${script} ${args.join(' ')}`)
}

/** Text files are compressed once here, not with every request; those that gain nothing stay alone. */
function compressFiles(directory) {
  for (const name of readdirSync(directory).filter(file => /\.(js|css|svg|json)$/.test(file))) {
    const text = readFileSync(join(directory, name))
    if (text.length < 1024) continue
    writeFileSync(join(directory, `${name}.gz`), gzipSync(text, { level: 9 }))
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9 }
    writeFileSync(join(directory, `${name}.br`), brotliCompressSync(text, { params }))
  }
}

const isStale = part => Math.max(...part.sources.map(directory => newestSource(join(root, directory)))) > builtAt(join(root, part.stamp))

/**
 * Builds what is missing or older than its sources: "server" (platform and runtime) and "studio".
 * A shipped image without sources is never stale. Throws when a build fails.
 */
export function buildWhenStale(names = parts.map(part => part.name)) {
  for (const part of parts.filter(candidate => names.includes(candidate.name))) {
    if (!existsSync(join(root, part.sources[1], 'tsconfig.json')) || !isStale(part)) continue
    const begun = Date.now()
    process.stderr.write(`Building the ${part.name} …\n`)
    part.build()
    mkdirSync(dirname(join(root, part.stamp)), { recursive: true })
    writeFileSync(join(root, part.stamp), '')
    // a file saved while the build ran stays newer than the stamp
    utimesSync(join(root, part.stamp), begun / 1000, begun / 1000)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  buildWhenStale(process.argv.length > 2 ? process.argv.slice(2) : undefined)
