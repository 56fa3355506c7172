import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import transform from './transform.cjs'

const root = new URL('../../../', import.meta.url)
const tests = new URL('test/', root).href
const globals = new URL('globals.mjs', import.meta.url).href

const sourceAt = url => {
  if (existsSync(url)) return undefined
  return ['.ts', '.tsx'].map(ending => new URL(url.href.replace(/\.js$/, ending))).find(source => existsSync(source))
}

/** The TypeScript file that a specifier of the project means, if it means one. */
function sourceOf(specifier, parent) {
  if (specifier.startsWith('@tessera/platform/')) return sourceAt(new URL(specifier.replace('@tessera/', './'), root))
  if (!/^\.{1,2}\//.test(specifier)) return undefined
  const url = new URL(specifier, parent)
  if (specifier.endsWith('.js')) return sourceAt(url)
  return existsSync(fileURLToPath(url)) ? undefined : sourceAt(new URL(`${url.href}.js`))
}

/** Finds sources, gives Jest's functions, and keeps the modules of one spec file apart from those of the next. */
export async function resolve(specifier, context, next) {
  if (specifier === '@jest/globals') return { url: globals, shortCircuit: true }
  const source = context.parentURL?.startsWith(root.href) ? sourceOf(specifier, context.parentURL) : undefined
  const found = source ? { url: source.href, format: 'module', shortCircuit: true } : await next(specifier, context)
  const spec = new URL(context.parentURL ?? root).searchParams.get('spec')
  return spec !== null && found.url.startsWith(tests) && !found.url.startsWith(new URL('.', import.meta.url).href)
    ? { ...found, url: `${found.url}?spec=${spec}` }
    : found
}

/** Gives JavaScript for TypeScript, and nothing for styles. */
export async function load(url, context, next) {
  const { protocol, pathname } = new URL(url)
  if (protocol !== 'file:') return next(url, context)
  if (/\.css$/.test(pathname)) return { format: 'module', source: '', shortCircuit: true }
  if (!/\.tsx?$/.test(pathname) || pathname.includes('/node_modules/')) return next(url, context)
  return { format: 'module', source: transform.javaScriptOf(fileURLToPath(url)), shortCircuit: true }
}
