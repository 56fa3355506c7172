import { type ElementRef, kinds } from '../definitions/index.js'
import { lookup } from '../registry.js'

/** `projectLine` as GraphQL type: `ProjectLine`. */
export const typeName = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

/** `closeDate` as PostgreSQL writes it: `close_date`. */
export const snake = (name: string): string => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)

/** `Training class 2` as a file name: `training-class-2`. */
export const kebab = (name: string): string => snake(name).replaceAll('_', '-')

/** Where a definition lies in the folder of its app: `objects/order-line.json`, `app.json`. */
export function fileOf(element: ElementRef): string {
  const folder = lookup(kinds, element.kind)?.folder ?? ''
  return folder === '' ? `${element.kind}.json` : `${folder}/${kebab(element.name)}.json`
}

/** A name for PostgreSQL of at most `bytes` bytes; a longer one is cut and gets a hash of the whole. */
export function physicalName(text: string, bytes = 63): string {
  if (byteLength(text) <= bytes) return text
  let cut = text
  while (byteLength(cut) > bytes - 9) cut = cut.slice(0, -1)
  return `${cut}_${fnv(text)}`
}

/** The GraphQL root fields of an object. */
export const rootNames = (name: string, plural: string) => {
  const [one, many] = [typeName(name), typeName(plural)]
  return {
    queries: { one: name, many: plural, aggregate: `${plural}Aggregate` },
    mutations: {
      create: `create${one}`,
      createMany: `create${many}`,
      update: `update${one}`,
      updateMany: `update${many}`,
      upsertMany: `upsert${many}`,
      delete: `delete${one}`,
      deleteMany: `delete${many}`,
      restore: `restore${one}`,
      transition: `transition${one}`,
      merge: `merge${many}`,
      unmerge: `unmerge${many}`,
    },
    subscriptions: { changed: `${name}Changed` },
  } as const
}

const functionEndings = ['Sum', 'Avg', 'Min', 'Max', 'CountDistinct']
const typeEndings = [
  '',
  'Where',
  'OrderBy',
  'Create',
  'Update',
  'Link',
  'Key',
  'Connection',
  'Edge',
  'Batch',
  'GroupBy',
  'Change',
  'ListFilter',
  'Lines',
  'LinesCreate',
  'LinesUpdate',
  ...['Aggregate', 'AggregateHaving', 'AggregateOrderBy'].flatMap(ending => [
    ending,
    ...functionEndings.map(measure => `${ending}${measure}`),
  ]),
]

/** The GraphQL types of an object, by their ending. */
export const typeNames = (name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(typeEndings.map(ending => [ending, `${typeName(name)}${ending}`]))

/** The GraphQL types that the links of a many-to-many make beside those of every object: what either end may say of them. */
export const linkTypeNames = (junction: string) => {
  const own = typeName(junction)
  return {
    attributes: `${own}Attributes`,
    near: { input: `${own}Targets`, entry: `${own}TargetsEntry` },
    far: { input: `${own}Sources`, entry: `${own}SourcesEntry` },
  } as const
}

/** The GraphQL types of a field that points at several objects: what it gives, how it is written and filtered. */
export const targetTypeNames = (object: string, field: string) => {
  const own = `${typeName(object)}${typeName(field)}`
  return { union: own, input: `${own}Target`, where: `${own}Filter` } as const
}

/** A free name near the wanted one: `query2`, `query3` … */
export function freeName(wanted: string, isTaken: (name: string) => boolean): string {
  for (let number = 2; ; number++) {
    const proposal = `${wanted.slice(0, 37)}${number}`
    if (!isTaken(proposal)) return proposal
  }
}

/** A well-formed name made of any text: letters and digits in camel case, `field` before a digit. */
export function nameFrom(text: string, fallback = 'field'): string {
  const words = text
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .split(' ')
    .filter(word => word !== '')
  const joined = words.map((word, index) => (index === 0 ? word.charAt(0).toLowerCase() + word.slice(1) : typeName(word))).join('')
  const name = /^[a-z]/.test(joined) ? joined : joined === '' ? fallback : `${fallback}${joined}`
  return name.slice(0, 40)
}

const byteLength = (text: string): number =>
  [...text].reduce(
    (sum, letter) =>
      sum +
      ((letter.codePointAt(0) ?? 0) < 0x80 ? 1 : (letter.codePointAt(0) ?? 0) < 0x800 ? 2 : (letter.codePointAt(0) ?? 0) < 0x10000 ? 3 : 4),
    0,
  )

/** FNV-1a, 32 bits (Fowler, Noll, Vo), as eight hex digits. */
export function fnv(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
