import { elementPath } from '../definitions/index.js'
import type { Label } from '../label.js'
import { lookup } from '../registry.js'
import { binders } from '../rules/operators/index.js'
import { liveElements } from './changes.js'
import { isDefined } from './junctions.js'
import { mergesIn } from './link-merges.js'
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

/** Texts and keys are names of fields of the object that the nearest `object` (or key of a grant) around them names. */
function walk(value: unknown, context: ObjectModel | null, path: string, search: Search): void {
  if (typeof value === 'string') {
    if (context && passes(value, context, search)) search.at.push(path)
    return
  }
  if (typeof value !== 'object' || value === null) return
  const inner = Array.isArray(value) ? context : (objectOf(value, search.model) ?? rowsOf(value, context, search.model) ?? context)
  if (inner && walkBodies(value, inner, path, search)) return
  for (const [key, entry] of Object.entries(value)) {
    const granted = /\/(grants|restrict)$/.test(path) ? lookup(search.model.objects, key) : undefined
    const isOwnDefinition = inner !== null && path === `objects/${inner.name}/fields`
    if (inner && !Array.isArray(value) && !isOwnDefinition && isKeyOfValues(path) && passes(key, inner, search))
      search.at.push(`${path}/${key}`)
    // the keys of the fields are names that an admin chose
    if (isOwnDefinition) walk(entry, inner, `${path}/${key}`, search)
    else if (isOfState(key, path) || isOfAccess(key, path) || isOfPage(key, path)) continue
    else if (key === 'options') walkOptions(entry, inner, `${path}/${key}`, search)
    else if (key === 'message') walkMessage(entry, inner, `${path}/${key}`, search)
    else if (key === 'examples' && inner) walkExamples(entry, value, inner, `${path}/${key}`, search)
    else if (key === 'candidates' && inner) walk(entry, targetOf(value, search.model), `${path}/${key}`, { ...search, parent: inner })
    else if (!ignored.has(key)) walk(entry, granted ?? inner, `${path}/${key}`, search)
  }
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
  for (const [index, body] of bodies.entries()) walk(body, object, `${path}/${entry[0]}/${index + 1}`, { ...search, parent: context })
  return true
}

/** A rule over candidates reads records of the target. */
const targetOf = (field: object, { objects }: Model): ObjectModel | null => lookup(objects, String((field as { to?: unknown }).to)) ?? null

/** Of options only the rules under which they can be chosen, and what holds in a state, name fields. */
function walkOptions(options: unknown, context: ObjectModel | null, path: string, search: Search): void {
  if (!Array.isArray(options)) return
  options.forEach((option: unknown, index) => {
    for (const key of ['when', 'editable', 'enter', 'leave']) {
      const part = lookup((option ?? {}) as Readonly<Record<string, unknown>>, key)
      if (part !== undefined) walk(part, context, `${path}/${index}/${key}`, search)
    }
  })
}

/** Examples name fields by the keys of what they give; what they expect does where the rule gives names of fields. */
function walkExamples(examples: unknown, owner: object, context: ObjectModel, path: string, search: Search): void {
  if (!Array.isArray(examples)) return
  const isAboutNames = /"missing(_some)?":/.test(JSON.stringify({ ...owner, examples: undefined }))
  examples.forEach((example: unknown, index) => {
    const { given, expect } = (example ?? {}) as { given?: unknown; expect?: unknown }
    walkGiven(given, context, `${path}/${index}/given`, search)
    if (isAboutNames) walk(expect, context, `${path}/${index}/expect`, search)
  })
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

/** Texts for people and names of other things are no fields. */
const ignored = new Set([
  '$schema',
  'label',
  'pluralLabel',
  'description',
  'help',
  'hint',
  'inverseLabel',
  'was',
  'type',
  'icon',
  'object',
  'plural',
  'device',
  'roles',
  'tab',
])

/** Whether a part of a state machine names states, roles and the like, but no field. */
const isOfState = (key: string, path: string): boolean =>
  /\/states(\/transitions\/\d+)?$/.test(path) && ['initial', 'transition', 'from', 'to', 'roles', 'confirm', 'comment'].includes(key)

/** Whether a part of a page names a page, tab, panel, list or report, but no field. */
const isOfPage = (key: string, path: string): boolean =>
  /^pages\/[^/]+(\/tabs\/\d+)?$/.test(path)
    ? key === 'page' || key === 'tab'
    : /^pages\/[^/]+\/(tabs\/\d+\/panels|side)\/\d+$/.test(path) && ['panel', 'show', 'list', 'report'].includes(key)

/** Whether a part of a grant or of an object's access names actions, levels and groups, but no field. */
const isOfAccess = (key: string, path: string): boolean =>
  (key === 'actions' && /\/(grants|restrict)\/[^/]+$/.test(path)) ||
  /\/(grants|restrict)\/[^/]+\/fields$/.test(path) ||
  /^objects\/[^/]+\/access\/(groups|rules\/\d+)$/.test(path) ||
  (key === 'default' && /^objects\/[^/]+\/access$/.test(path))

const isKeyOfValues = (path: string): boolean =>
  /\/(values|transitions\/\d+\/set|options\/\d+\/(enter|leave))$/.test(path) ||
  /(\/(grants|restrict)\/[^/]+\/fields|\/access\/groups)$/.test(path)

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
