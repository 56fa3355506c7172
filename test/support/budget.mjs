// Weighs each page of the built studio against studio/budget.json, in thousands of bytes of compressed JavaScript:
// the first list with all that it brings along, and what every further page brings beside it.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const dist = join(root, 'studio', 'dist')
const budget = JSON.parse(readFileSync(join(root, 'studio', 'budget.json'), 'utf8'))
const chunks = JSON.parse(readFileSync(join(dist, 'chunks.json'), 'utf8'))
const byFile = new Map(chunks.map(chunk => [chunk.file, chunk]))

const compressed = file =>
  existsSync(`${join(dist, file)}.gz`) ? readFileSync(`${join(dist, file)}.gz`) : gzipSync(readFileSync(join(dist, file)))
const sizes = new Map(chunks.map(({ file }) => [file, compressed(file).length / 1000]))
const sum = numbers => [...numbers].reduce((all, one) => all + one, 0)

/** A file and everything that the browser has to load before it runs. */
function brought(files, found = new Set()) {
  for (const file of files.filter(each => byFile.has(each) && !found.has(each))) {
    found.add(file)
    brought(byFile.get(file).imports, found)
  }
  return found
}

/** The part of a file that sources of one kind make up, by their share of what was put together. */
function share(file, isMeant) {
  const modules = Object.entries(byFile.get(file).modules)
  const whole = sum(modules.map(([, length]) => length))
  return whole === 0 ? 0 : (sizes.get(file) * sum(modules.filter(([name]) => isMeant(name)).map(([, length]) => length))) / whole
}

const holder = source => chunks.find(({ modules }) => Object.hasOwn(modules, source))
const isOwn = name => /^studio\/.*\.tsx?$/.test(name)
const [entry] = chunks.filter(({ page }) => page?.startsWith('studio/index.html') || page === 'studio/main.tsx')
/** The list in the longer of both languages; antd's words come with ours. */
const firstWith = (ours, theirs) =>
  brought(
    [
      entry,
      holder('studio/views/list/list-page.tsx'),
      holder(`studio/i18n/${ours}.json`),
      holder(`node_modules/antd/es/locale/${theirs}.js`),
    ].map(({ file }) => file),
  )
const languages = [firstWith('en', 'en_GB'), firstWith('zh-CN', 'zh_CN')]
const weight = files => sum([...files].map(file => sizes.get(file)))
const first = languages.toSorted((a, b) => weight(b) - weight(a))[0]

const listOwn = sum([...first].map(file => share(file, name => name.startsWith('studio/views/list/'))))
const rows = [{ name: 'first list', size: weight(first), most: budget.firstList, own: listOwn }]
const later = [...new Set(chunks.flatMap(({ dynamicImports }) => dynamicImports))]
for (const file of later) {
  const name = byFile.get(file)?.page ?? ''
  if (name === '' || name.endsWith('.json') || budget.leftOut.some(start => name.startsWith(start))) continue
  const more = [...brought([file])].filter(each => !first.has(each))
  const isPage = name.startsWith('studio/')
  rows.push({
    name,
    size: weight(more),
    most: budget.lazy[name] ?? budget.route,
    own: isPage ? sum(more.map(each => share(each, isOwn))) : 0,
  })
}

const isOver = ({ size, most, own }) => size > most || own > budget.own
const shown = rows.toSorted((a, b) => b.size / b.most - a.size / a.most)
const line = ({ name, size, most, own }) =>
  `${isOver({ size, most, own }) ? 'OVER ' : '     '}${size.toFixed(1).padStart(7)} of ${String(most).padStart(3)}   own ${own.toFixed(1).padStart(5)} of ${budget.own}   ${name}`
const all = process.argv.includes('--all')
console.log('JavaScript of the studio, compressed, kB: what a page brings beside the first list')
for (const row of all ? shown : shown.slice(0, 12)) console.log(line(row))
if (!all && shown.length > 12) console.log(`     … and ${shown.length - 12} more (--all)`)
// files that load each other run in an order that nobody chose, and the first one finds nothing in the other
const circles = chunks.filter(({ file, imports }) => imports.some(other => brought([other]).has(file))).map(({ file }) => file)
for (const file of circles) console.log(`OVER ${file} loads a file that loads it again`)
const unknown = Object.keys(budget.lazy).filter(name => !rows.some(row => row.name === name))
for (const name of unknown) console.log(`OVER ${name} stands in studio/budget.json and is not built`)
process.exitCode = rows.some(isOver) || circles.length > 0 || unknown.length > 0 ? 1 : 0
