import { elementPath } from '../definitions/index.js'
import type { Label } from '../label.js'
import { lookup } from '../registry.js'
import { binders } from '../rules/operators/index.js'
import { liveElements } from './changes.js'
import { isDefined } from './junctions.js'
import { mergesIn } from './link-merges.js'
import { hasFieldKeys, holdsValues, isRule, namesField } from './mention-places.js'
import type { FieldModel, Model, ObjectModel } from './model.js'
import { fieldNamed } from './scope.js'

/** A definition that names a field, and where in it. */
export interface Mention {
  readonly kind: string
  readonly name: string
  readonly label: Label
  /** Places in the definition, such as `views/orders/columns/2`. */
  readonly at: readonly string[]
}

/** Every element that names one of the fields, directly or along lookups; a field's own definition does not count. */
export function mentionsOf(fields: readonly FieldModel[], model: Model): Mention[] {
  if (fields.length === 0) return []
  const wanted = new Set(fields.map(field => `${field.object} ${field.name}`))
  const objects = Object.values(model.objects)
    .filter(isDefined)
    .map(object => ({
      kind: 'object',
      name: object.name,
      label: object.label,
      definition: object.definition as object,
    }))
  return [...objects, ...liveElements(model)].flatMap(({ kind, name, label, definition }) => {
    const at: string[] = []
    const start = kind === 'object' ? (lookup(model.objects, name) ?? null) : null
    walk(definition, start, elementPath({ kind, name }), { model, wanted, at })
    return at.length > 0 ? [{ kind, name, label, at }] : []
  })
}

interface Search {
  readonly model: Model
  readonly wanted: ReadonlySet<string>
  readonly at: string[]
  /** What `parent` is in a body over rows, and in a rule over candidates. */
  readonly parent?: ObjectModel
}

/** Whether a field stands there only for one of the wanted ones. */
const isBeside = ({ object, currencyOf, sinceOf, typeOf }: FieldModel, wanted: Search['wanted']): boolean =>
  [currencyOf, sinceOf, typeOf].some(name => typeof name === 'string' && wanted.has(`${object} ${name}`))

/** Goes through a definition: what names a field is decided by the place where it stands, in the object that is named nearest around it. */
function walk(value: unknown, context: ObjectModel | null, path: string, search: Search): void {
  if (typeof value === 'string') {
    if (context && namesField(path) && passes(value, context, search)) search.at.push(path)
    return
  }
  if (typeof value !== 'object' || value === null) return
  const inner = Array.isArray(value) ? context : (objectOf(value, search.model) ?? rowsOf(value, context, search.model) ?? context)
  if (inner && hasFieldKeys(path)) for (const key of Object.keys(value)) if (passes(key, inner, search)) search.at.push(`${path}/${key}`)
  const isField = /^objects\/[^/]+\/fields\/[^/]+(\/attributes\/[^/]+)?$/.test(path)
  for (const [key, entry] of Object.entries(value)) {
    const at = `${path}/${key}`
    const granted = /^roles\/[^/]+\/(grants|restrict)$/.test(path) ? lookup(search.model.objects, key) : undefined
    const of = isField && inner ? fieldContext(key, value, inner, search.model) : (granted ?? inner)
    if (isField && key === 'schema') continue
    if (key === 'options') walkOptions(entry, of, at, search)
    else if (key === 'message') walkMessage(entry, of, at, search)
    else if (key === 'examples' && of) walkExamples(entry, value, of, at, search)
    else if (key === 'candidates' && inner) walkRule(entry, targetOf(value, search.model), at, { ...search, parent: inner })
    else if (holdsValues(at)) walkValues(entry, of, path.startsWith('workflows/') ? context : of, at, search)
    else if (isRule(key, at)) walkRule(entry, of, at, search)
    else walk(entry, of, at, search)
  }
}

/** Of a rule only what it reads names a field; its constants do not. */
function walkRule(rule: unknown, context: ObjectModel | null, path: string, search: Search): void {
  if (!context || typeof rule !== 'object' || rule === null) return
  if (!Array.isArray(rule) && walkBodies(rule, context, path, search)) return
  for (const [key, entry] of Object.entries(rule) as [string, unknown][]) {
    const at = `${path}/${key}`
    const read = Array.isArray(rule) ? [] : readBy(key, entry)
    for (const [place, name] of read) if (passes(name, context, search)) search.at.push(`${at}${place}`)
    walkRule(entry, context, at, search)
  }
}

/** The operators that read fields by their names. */
const readers: ReadonlySet<string> = new Set(['var', 'changed', 'missing', 'missing_some'])

/** The names that an operator reads as fields, each with its place in what the operator takes. */
function readBy(operator: string, given: unknown): [place: string, name: string][] {
  if (!readers.has(operator)) return []
  if (typeof given === 'string') return [['', given]]
  const [within, list] = operator === 'missing_some' && Array.isArray(given) ? ['/1', given[1] as unknown] : ['', given]
  if (!Array.isArray(list)) return []
  // what stands behind the name of a variable is its value where it is empty
  const names = operator === 'var' ? list.slice(0, 1) : (list as readonly unknown[])
  return names.flatMap((name, at) => (typeof name === 'string' ? [[`${within}/${at}`, name]] : []))
}

/** Values that are written, by the names of the fields of `target`; each is a rule over `context`. */
function walkValues(values: unknown, target: ObjectModel | null, context: ObjectModel | null, path: string, search: Search): void {
  for (const [key, rule] of Object.entries(values ?? {})) {
    if (target && passes(key, target, search)) search.at.push(`${path}/${key}`)
    walkRule(rule, context, `${path}/${key}`, search)
  }
}

/** Whose fields a property of a field names: of a rollup those of its children, of a related value those of the record that it is of. */
function fieldContext(key: string, field: object, object: ObjectModel, { objects }: Model): ObjectModel | null {
  const { type, of } = field as { type?: unknown; of?: unknown }
  const name = String(of)
  if (type === 'lookupValue' && key === 'field') return lookup(objects, fieldNamed(object, name)?.relation?.to ?? '') ?? null
  if (type !== 'rollup') return object
  // the children have a name of their own
  if (key === 'of') return null
  return ['field', 'by', 'rateDate', 'where'].includes(key)
    ? (lookup(objects, lookup(object.children, name)?.object ?? '') ?? null)
    : object
}

/** The bodies of a rule over the rows of a record: their names are of the rows. */
function walkBodies(value: object, context: ObjectModel, path: string, search: Search): boolean {
  const [entry, ...others] = Object.entries(value) as [string, unknown][]
  if (!entry || others.length > 0 || !Object.hasOwn(binders, entry[0] === 'all' ? 'every' : entry[0]) || !Array.isArray(entry[1]))
    return false
  const [source, ...bodies] = entry[1] as readonly unknown[]
  const rows = (source as { var?: unknown } | null)?.var
  const child = typeof rows === 'string' ? lookup(context.children, rows.replace(/^record\./, '')) : undefined
  const object = child && lookup(search.model.objects, child.object)
  if (!object) return false
  for (const [index, body] of bodies.entries()) walkRule(body, object, `${path}/${entry[0]}/${index + 1}`, { ...search, parent: context })
  return true
}

/** A rule over candidates reads records of the target. */
const targetOf = (field: object, { objects }: Model): ObjectModel | null => lookup(objects, String((field as { to?: unknown }).to)) ?? null

/** Of options only the rules under which they can be chosen, and what holds in a state, name fields. */
function walkOptions(options: unknown, context: ObjectModel | null, path: string, search: Search): void {
  if (!Array.isArray(options)) return
  options.forEach((option: unknown, index) => {
    const { when, editable, enter, leave } = (option ?? {}) as Readonly<Record<string, unknown>>
    walkRule(when, context, `${path}/${index}/when`, search)
    walk(editable, context, `${path}/${index}/editable`, search)
    walkValues(enter, context, context, `${path}/${index}/enter`, search)
    walkValues(leave, context, context, `${path}/${index}/leave`, search)
  })
}

/** Examples name fields by the keys of what they give; what they expect does where the rule gives names of fields. */
function walkExamples(examples: unknown, owner: object, context: ObjectModel, path: string, search: Search): void {
  if (!Array.isArray(examples)) return
  const isAboutNames = /"missing(_some)?":/.test(JSON.stringify({ ...owner, examples: undefined }))
  examples.forEach((example: unknown, index) => {
    const { given, expect } = (example ?? {}) as { given?: unknown; expect?: unknown }
    walkGiven(given, context, `${path}/${index}/given`, search)
    if (isAboutNames) walkNames(expect, context, `${path}/${index}/expect`, search)
  })
}

function walkNames(names: unknown, context: ObjectModel, path: string, search: Search): void {
  if (typeof names === 'string' && passes(names, context, search)) search.at.push(path)
  if (Array.isArray(names)) for (const [index, name] of names.entries()) walkNames(name, context, `${path}/${index}`, search)
}

function walkGiven(given: unknown, context: ObjectModel, path: string, search: Search): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return
  for (const [key, value] of Object.entries(given)) {
    const at = `${path}/${key}`
    const field = fieldNamed(context, key)
    const child = lookup(context.children, key)
    const target = lookup(search.model.objects, (field ? field.relation?.to : child?.object) ?? '')
    if (field && passes(key, context, search)) search.at.push(at)
    if (!field && key === 'before') walkGiven(value, context, at, search)
    else if (field && target) walkGiven(value, target, at, search)
    else if (target && Array.isArray(value)) value.forEach((row, index) => walkGiven(row, target, `${at}/${index}`, search))
  }
}

/** A message names fields in braces. */
function walkMessage(message: unknown, context: ObjectModel | null, path: string, search: Search): void {
  if (typeof message === 'string') {
    if (context && mergesIn(message).some(name => passes(name, context, search))) search.at.push(path)
  } else for (const [locale, text] of Object.entries(message ?? {})) walkMessage(text, context, `${path}/${locale}`, search)
}

/** A panel of a page names fields of the records that it lists, or of the records that its report counts. */
function rowsOf(value: object, context: ObjectModel | null, { objects, reports }: Model): ObjectModel | undefined {
  const { panel, list, report } = value as { panel?: unknown; list?: unknown; report?: unknown }
  if (typeof panel !== 'string' || !context) return undefined
  if (typeof report === 'string') return lookup(objects, lookup(reports, report)?.definition.object ?? '')
  return typeof list === 'string' ? lookup(objects, lookup(context.children, list)?.object ?? '') : undefined
}

function objectOf(value: object, model: Model): ObjectModel | undefined {
  const { object, on } = value as { object?: unknown; on?: { object?: unknown } | null }
  const named = object ?? (typeof on === 'object' ? on?.object : undefined)
  return typeof named === 'string' ? lookup(model.objects, named) : undefined
}

/** Whether a text is a path whose way leads over one of the fields. */
function passes(text: string, context: ObjectModel, { model, wanted, parent }: Search): boolean {
  const parts = text.split('.')
  const isOfParent = parts[0] === 'parent' && parts.length > 1 && !fieldNamed(context, 'parent')
  const around = parent ?? lookup(model.objects, String(context.detail?.relation?.to ?? ''))
  let object: ObjectModel | undefined = isOfParent ? around : context
  for (const part of isOfParent || ['record', 'before', 'current'].includes(parts[0] ?? '') ? parts.slice(1) : parts) {
    const field: FieldModel | null = object ? fieldNamed(object, part) : null
    if (!field) return false
    if (wanted.has(`${field.object} ${field.name}`) || isBeside(field, wanted)) return true
    object = field.relation?.to ? lookup(model.objects, field.relation.to) : undefined
  }
  return false
}
