import type { ElementRef } from '../definitions/index.js'
import { elementPath } from '../definitions/index.js'
import type { Label } from '../label.js'
import { lookup } from '../registry.js'
import { isDefined } from './junctions.js'
import type { FieldModel, Model, ObjectModel } from './model.js'
import { differingIn } from './property-changes.js'

/** What happens to a thing between two models. */
export type Deed = 'add' | 'return' | 'rename' | 'retype' | 'change' | 'remove'

/** One difference between two models, in the terms of the person who made it. */
export interface Change {
  readonly do: Deed
  /** `object`, `field`, or the kind of another element. */
  readonly kind: string
  /** Where the thing stands now; of a removed one, where it stood. */
  readonly path: string
  /** Where it stood under its former name. */
  readonly was: string | null
  readonly title: Label
  /** The properties that differ. */
  readonly properties: readonly string[]
  /** The definitions that differ in them; null where something else happened. */
  readonly definitions: Definitions | null
  /** Of a field: its object and itself, before and after. */
  readonly field: { readonly before: FieldModel | null; readonly after: FieldModel | null } | null
}

/** A definition as it was and as it is, with the fields that the object had which it is for. */
interface Definitions {
  readonly before: object
  readonly after: object
  readonly fields?: Readonly<Record<string, FieldModel>> | undefined
  /** The objects that there were. */
  readonly objects?: Readonly<Record<string, ObjectModel>>
}

/** A table that holds data already, hidden or not. */
export interface HeldTable {
  readonly name: string
  readonly columns: readonly { readonly name: string }[]
}

/**
 * Everything that differs between two models: objects, their fields, then the other elements.
 * @param held the tables as they are: what comes back to one of their columns returns with its values
 */
export const changesOf = (before: Model, after: Model, held: readonly HeldTable[] = []): Change[] => [
  ...objectChanges(before, after, held),
  ...elementChanges(before, after),
]

/** The object or field of an earlier model that one of a later model continues, by name or former name. */
export function formerOf<T extends { readonly name: string; readonly definition: { readonly was?: readonly string[] | undefined } }>(
  thing: T,
  earlier: Readonly<Record<string, T>>,
  later: Readonly<Record<string, T>>,
): T | null {
  const own = lookup(earlier, thing.name)
  if (
    own &&
    !Object.values(later).some(
      other => other !== thing && !Object.hasOwn(earlier, other.name) && other.definition.was?.includes(thing.name),
    )
  )
    return own
  const names = [...(thing.definition.was ?? [])]
    .reverse()
    .filter(name => !Object.hasOwn(later, name) || !Object.hasOwn(earlier, thing.name))
  return names.map(name => lookup(earlier, name)).find(found => found !== undefined) ?? null
}

/** What a thing continues: by its name or a former one, else by the place of its data, as when a rename is undone. */
function continued<T extends Parameters<typeof formerOf>[0]>(
  thing: T,
  earlier: Readonly<Record<string, T>>,
  later: Readonly<Record<string, T>>,
  placeOf: (thing: T) => string | undefined,
): T | null {
  const place = placeOf(thing)
  const atPlace = Object.values(earlier).find(other => !Object.hasOwn(later, other.name) && placeOf(other) === place)
  return formerOf(thing, earlier, later) ?? (place === undefined ? null : (atPlace ?? null))
}

const columnOf = (field: FieldModel): string | undefined => field.columns[0]?.name

/** What a model has by definition; the objects that hold links follow from those. */
const definedIn = ({ objects }: Model): ObjectModel[] => Object.values(objects).filter(isDefined)

function objectChanges(before: Model, after: Model, held: readonly HeldTable[]): Change[] {
  const formers = definedIn(after).map(object => ({
    object,
    former: continued(object, before.objects, after.objects, ({ table }) => table),
  }))
  const kept = new Set(formers.map(({ former }) => former?.name))
  return [
    ...formers.flatMap(({ object, former }) => {
      const table = held.find(({ name }) => name === object.table)
      return former ? changedObject(former, object, table) : [objectChange(table ? 'return' : 'add', object, null, [])]
    }),
    ...definedIn(before)
      .filter(object => !kept.has(object.name))
      .map(object => objectChange('remove', object, null, [])),
  ]
}

function changedObject(before: ObjectModel, after: ObjectModel, held: HeldTable | undefined): Change[] {
  const properties = differingIn(before.definition, after.definition, [
    '$schema',
    'object',
    'fields',
    ...(endsName(before, after) ? [] : ['was']),
  ])
  const own = [
    ...(before.name !== after.name ? [objectChange('rename', after, before, [])] : []),
    ...(properties.length > 0
      ? [{ ...objectChange('change', after, null, properties), definitions: { before: before.definition, after: after.definition } }]
      : []),
  ]
  const formers = fieldsOf(after).map(field => ({ field, former: continued(field, before.fields, after.fields, columnOf) }))
  const kept = new Set(formers.map(({ former }) => former?.name))
  return [
    ...own,
    ...formers.flatMap(({ field, former }) => fieldChanges(former, field, held)),
    ...fieldsOf(before)
      .filter(field => !kept.has(field.name))
      .map(field => fieldChange('remove', field, null, [])),
  ]
}

type Named = { readonly name: string; readonly definition: { readonly was?: readonly string[] | undefined } }

/** Whether a former name is taken away, under which the API answered so far; a new one is told by the rename itself. */
const endsName = (before: Named, after: Named): boolean =>
  (before.definition.was ?? []).some(name => name !== after.name && !after.definition.was?.includes(name))

const fieldsOf = (object: ObjectModel): FieldModel[] =>
  Object.values(object.fields).filter(field => field.currencyOf === null && field.sinceOf === undefined)

function fieldChanges(before: FieldModel | null, after: FieldModel, held: HeldTable | undefined): Change[] {
  const column = columnOf(after)
  const isHeld = column !== undefined && held?.columns.some(({ name }) => name === column) === true
  if (!before) return [fieldChange(isHeld ? 'return' : 'add', null, after, [])]
  const isRetyped = before.type.name !== after.type.name || before.relation?.to !== after.relation?.to
  const without = ['type', ...(endsName(before, after) ? [] : ['was']), ...(isRetyped ? ['to'] : [])]
  const properties = differingIn(before.definition, after.definition, without)
  return [
    ...(before.name !== after.name ? [fieldChange('rename', before, after, [])] : []),
    ...(isRetyped ? [fieldChange('retype', before, after, properties)] : []),
    ...(!isRetyped && properties.length > 0 ? [fieldChange('change', before, after, properties)] : []),
  ]
}

const objectChange = (deed: Deed, object: ObjectModel, former: ObjectModel | null, properties: readonly string[]): Change => ({
  do: deed,
  kind: 'object',
  path: `objects/${object.name}`,
  was: former ? `objects/${former.name}` : null,
  title: object.label,
  properties,
  definitions: null,
  field: null,
})

function fieldChange(deed: Deed, before: FieldModel | null, after: FieldModel | null, properties: readonly string[]): Change {
  const field = after ?? before
  return {
    do: deed,
    kind: 'field',
    path: field ? fieldPath(field) : '',
    was: deed === 'rename' && before ? fieldPath(before) : null,
    title: field?.label ?? '',
    properties,
    definitions: before && after ? { before: before.definition, after: after.definition } : null,
    field: { before, after },
  }
}

/** Where a field stands in paths. */
export const fieldPath = (field: FieldModel): string => `objects/${field.object}/fields/${field.name}`

function elementChanges(before: Model, after: Model): Change[] {
  const [had, has] = [otherElements(before), otherElements(after)]
  return [...new Set([...Object.keys(has), ...Object.keys(had)])].flatMap((path): Change[] => {
    const [old, now] = [had[path], has[path]]
    const shown = now ?? old
    if (!shown) return []
    const properties = old && now ? differingIn(old.definition, now.definition, ['$schema']) : []
    if (old && now && properties.length === 0) return []
    const deed = !old ? 'add' : !now ? 'remove' : 'change'
    const fields = lookup(before.objects, (old?.definition as { object?: string } | undefined)?.object ?? '')?.fields
    const definitions = old && now ? { before: old.definition, after: now.definition, fields, objects: before.objects } : null
    return [{ do: deed, kind: shown.kind, path, was: null, title: shown.label, properties, definitions, field: null }]
  })
}

interface Shown extends ElementRef {
  readonly label: Label
  readonly definition: object
}

/** All elements but objects that live; what a template holds names nothing that does. */
export const liveElements = (model: Model): Shown[] => Object.values(otherElements(model)).filter(({ kind }) => kind !== 'template')

/** All elements but objects, by path. */
export function otherElements(model: Model): Record<string, Shown> {
  const shown: Shown[] = [
    ...(model.app ? [{ kind: 'app', name: model.app.app, label: model.app.label, definition: model.app }] : []),
    ...Object.values(model.optionSets).map(set => ({ kind: 'optionSet', name: set.optionSet, label: set.label, definition: set })),
    ...Object.values(model.templates).map(one => ({ kind: 'template', name: one.template, label: one.label, definition: one })),
    ...Object.values(model.forms).map(form => ({ kind: 'form', name: form.form, label: form.label, definition: form })),
    ...Object.values(model.pages).map(page => ({ kind: 'page', name: page.page, label: page.label, definition: page })),
    ...Object.values(model.views).map(({ name, definition }) => ({ kind: 'view', name, label: definition.label, definition })),
    ...Object.values(model.reports).map(({ name, definition }) => ({ kind: 'report', name, label: definition.label, definition })),
    ...Object.values(model.workflows).map(({ name, definition }) => ({ kind: 'workflow', name, label: definition.label, definition })),
    ...Object.values(model.roles).map(({ name, definition }) => ({ kind: 'role', name, label: definition.label, definition })),
    ...Object.values(model.navigation).map(navigation => ({
      kind: 'navigation',
      name: navigation.navigation,
      label: navigation.label,
      definition: navigation,
    })),
  ]
  return Object.fromEntries(shown.map(element => [elementPath(element), element]))
}
