const { createHash } = require('node:crypto')
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { transformSync, version } = require('@swc/core')

const options = {
  configFile: false,
  swcrc: false,
  jsc: {
    target: 'es2023',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true, tsx: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false, react: { runtime: 'automatic' } },
  },
  module: { type: 'es6' },
  sourceMaps: true,
}

const folder = join(tmpdir(), `tessera-test-modules-${process.getuid?.() ?? 'any'}`)
const salt = `${version} ${JSON.stringify(options)}`

const placeOf = (file, source) => join(folder, createHash('sha256').update(`${salt}\0${file}\0${source}`).digest('hex'))

const readIfThere = file => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

// whoever else writes the same file meanwhile writes the same text: the last rename wins
function write(file, text) {
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, text)
  renameSync(unfinished, file)
}

/** Where the source map of a TypeScript file lies, once it was transformed. */
const sourceMapOf = file => `${placeOf(file, readFileSync(file, 'utf8'))}.map`

/** The JavaScript of a TypeScript file; what was transformed once is kept until its source changes. */
function javaScriptOf(file) {
  const source = readFileSync(file, 'utf8')
  const place = placeOf(file, source)
  const kept = readIfThere(`${place}.js`)
  if (kept !== undefined) return kept
  const { code, map } = transformSync(source, { ...options, filename: file })
  mkdirSync(folder, { recursive: true })
  write(`${place}.map`, map)
  write(`${place}.js`, code)
  return code
}

module.exports = { javaScriptOf, sourceMapOf }
