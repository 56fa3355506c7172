import { elementPath } from '../definitions/index.js'
import type { Label } from '../label.js'
import { lookup } from '../registry.js'
import { otherElements } from './changes.js'
import { isDefined } from './junctions.js'
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
  return [...objects, ...Object.values(otherElements(model))].flatMap(({ kind, name, label, definition }) => {
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
}

/** Texts and keys are names of fields of the object that the nearest `object` (or key of a grant) around them names. */
function walk(value: unknown, context: ObjectModel | null, path: string, search: Search): void {
  if (typeof value === 'string') {
    if (context && passes(value, context, search)) search.at.push(path)
    return
  }
  if (typeof value !== 'object' || value === null) return
  const inner = Array.isArray(value) ? context : (objectOf(value, search.model) ?? context)
  for (const [key, entry] of Object.entries(value)) {
    const granted = path.endsWith('/grants') ? lookup(search.model.objects, key) : undefined
    const isOwnDefinition = inner !== null && path === `objects/${inner.name}/fields`
    if (inner && !Array.isArray(value) && !isOwnDefinition && isKeyOfValues(path) && passes(key, inner, search))
      search.at.push(`${path}/${key}`)
    if (!ignored.has(key)) walk(entry, granted ?? inner, `${path}/${key}`, search)
  }
}

/** Texts for people and names of other things are no fields. */
const ignored = new Set([
  '$schema',
  'label',
  'pluralLabel',
  'description',
  'help',
  'message',
  'hint',
  'inverseLabel',
  'was',
  'type',
  'options',
  'icon',
  'object',
  'plural',
])

const isKeyOfValues = (path: string): boolean => path.endsWith('/values') || /\/grants\/[^/]+\/fields$/.test(path)

function objectOf(value: object, model: Model): ObjectModel | undefined {
  const { object, on } = value as { object?: unknown; on?: { object?: unknown } | null }
  const named = object ?? (typeof on === 'object' ? on?.object : undefined)
  return typeof named === 'string' ? lookup(model.objects, named) : undefined
}

/** Whether a text is a path whose way leads over one of the fields. */
function passes(text: string, context: ObjectModel, { model, wanted }: Search): boolean {
  const parts = text.split('.')
  let object: ObjectModel | undefined = context
  for (const part of parts[0] === 'record' || parts[0] === 'before' ? parts.slice(1) : parts) {
    const field: FieldModel | null = object ? fieldNamed(object, part) : null
    if (!field) return false
    if (wanted.has(`${field.object} ${field.name}`) || (field.currencyOf !== null && wanted.has(`${field.object} ${field.currencyOf}`)))
      return true
    object = field.relation?.to ? lookup(model.objects, field.relation.to) : undefined
  }
  return false
}
