import { type Issue, issue, joinPath, nearest } from '../errors.js'
import type { ThroughModel } from '../model/junction-model.js'
import type { ChildModel, FieldModel, Model, ObjectModel } from '../model/model.js'
import { lookup } from '../registry.js'
import { fieldOfKey } from './values.js'

/** One record that is to be written: what was given, still unchecked. */
export interface Draft {
  readonly object: ObjectModel
  readonly action: 'create' | 'update' | 'delete'
  readonly id: string
  /** Given values by key. */
  readonly given: Readonly<Record<string, unknown>>
  /** Relations that are named by a unique field of their record: relation field to key and value. */
  readonly by: readonly { readonly field: FieldModel; readonly key: string; readonly value: unknown }[]
  /** The version that the writer has read. */
  readonly version: number | null
  /** Which row of the request it belongs to, and its path inside that row. */
  readonly row: number
  readonly path: string
  /** The transition that is asked for by its name. */
  readonly transition?: TransitionInput
  /** Of a line: the id that its parent must have. */
  readonly parent: { readonly field: FieldModel; readonly id: string } | null
}

/** Lines that must be the only ones of their parent; whoever can read says which others there are. */
export interface Replaced {
  readonly child: ChildModel
  readonly parent: string
  readonly row: number
  readonly path: string
}

/** What is asked of the links of a record; whoever can read says which links there are. */
export interface Linking {
  readonly child: ChildModel & { readonly through: ThroughModel }
  /** The record that has the links. */
  readonly parent: string
  readonly isNew: boolean
  /** `link`, `unlink` and `replace` as they were given. */
  readonly deeds: Readonly<Record<string, unknown>>
  readonly row: number
  readonly path: string
}

/** A request opened into single records, those that others point at first. */
export interface Opened {
  readonly drafts: readonly Draft[]
  readonly replaced: readonly Replaced[]
  readonly linking: readonly Linking[]
  readonly issues: readonly { readonly row: number; readonly issue: Issue }[]
}

/** A transition that somebody asks for. */
export interface TransitionInput {
  readonly name: string
  readonly comment: string | null
}

/** One row as it came: what to do to which record. */
export interface RowInput {
  readonly action: 'create' | 'update'
  readonly id: string | null
  readonly version: number | null
  readonly data: Readonly<Record<string, unknown>>
  readonly transition?: TransitionInput
}

/** What opening needs from outside. */
export interface Opening {
  readonly model: Model
  readonly newId: () => string
  /** Whether a field may be given; programs that restore data may give more. */
  readonly mayWrite: (field: FieldModel) => boolean
}

/**
 * Opens rows with nested records (`partner: { create }`, `lines: { create, update, delete, replace }`) into drafts:
 * records that others point at come first, lines last.
 */
export function openRows(object: ObjectModel, rows: readonly RowInput[], opening: Opening): Opened {
  const bag: Bag = { first: [], own: [], last: [], replaced: [], linking: [], issues: [] }
  rows.forEach((row, index) => openRow(object, row, { row: index, path: '', parent: null }, bag, 'own', opening))
  return { drafts: [...bag.first, ...bag.own, ...bag.last], replaced: bag.replaced, linking: bag.linking, issues: bag.issues }
}

interface Bag {
  readonly first: Draft[]
  readonly own: Draft[]
  readonly last: Draft[]
  readonly replaced: Replaced[]
  readonly linking: Linking[]
  readonly issues: { row: number; issue: Issue }[]
}

type Place = Pick<Draft, 'row' | 'path' | 'parent'>

function openRow(object: ObjectModel, input: RowInput, place: Place, bag: Bag, level: 'first' | 'own' | 'last', opening: Opening): string {
  const id = input.id ?? opening.newId()
  const given: Record<string, unknown> = {}
  const by: Draft['by'][number][] = []
  const complain = (found: Issue) => bag.issues.push({ row: place.row, issue: found })
  const lines: (() => void)[] = []
  for (const [key, value] of Object.entries(input.data)) {
    const path = joinPath(place.path, key)
    if (key === 'id' && input.action === 'create') continue
    const child = lookup(object.children, key)
    const related = relationNamed(object, key)
    const inner = { ...place, path, parent: null }
    if (child?.owned) lines.push(() => openLines(child, value, id, { ...place, path }, bag, opening))
    else if (child?.through) openLinking(child, value, id, input.action === 'create', { ...place, path }, bag, opening)
    else if (lookup(object.fields, key)?.targets) openTarget(object, key, value, inner, given, by, bag, opening)
    else if (related) openLink(related, value, inner, given, by, bag, opening)
    else {
      const field = fieldOfKey(object, key)
      if (!field) complain(issue('INPUT_UNKNOWN', path, { key, suggestion: nearest(key, Object.keys(object.fields)) ?? '' }))
      else if (!opening.mayWrite(field)) complain(issue('FIELD_NOT_WRITABLE', path, { field: field.label }))
      else given[key] = value
    }
  }
  const { row, path, parent } = place
  bag[level].push({
    object,
    action: input.action,
    id,
    given,
    by,
    version: input.version,
    row,
    path,
    parent,
    ...(input.transition ? { transition: input.transition } : {}),
  })
  for (const open of lines) open()
  return id
}

/** What is asked of the links of a record waits until somebody knows which there are. */
function openLinking(
  child: ChildModel,
  value: unknown,
  parent: string,
  isNew: boolean,
  { row, path }: Place,
  bag: Bag,
  opening: Opening,
): void {
  const { through } = child
  if (through && mayLink(through, opening))
    bag.linking.push({ child: { ...child, through }, parent, isNew, deeds: asObject(value), row, path })
  else bag.issues.push({ row, issue: issue('FIELD_NOT_WRITABLE', path, { field: child.label }) })
}

const mayLink = ({ junction, own }: ThroughModel, { model, mayWrite }: Opening): boolean => {
  const field = lookup(model.objects, junction)?.fields[own]
  return field !== undefined && mayWrite(field)
}

const relationNamed = (object: ObjectModel, key: string): FieldModel | null => {
  const field = lookup(object.fields, key)
  return field?.relation && field.relation.to !== null && field.key !== key ? field : null
}

function openLink(
  field: FieldModel,
  value: unknown,
  place: Place,
  given: Record<string, unknown>,
  by: Draft['by'][number][],
  bag: Bag,
  opening: Opening,
): void {
  const complain = (found: Issue) => bag.issues.push({ row: place.row, issue: found })
  if (value === null) {
    given[field.key] = null
    return
  }
  const link = asObject(value)
  const [[kind, inner] = ['', undefined]] = Object.entries(link).filter(([, part]) => part !== undefined)
  const target = lookup(opening.model.objects, field.relation?.to ?? '')
  if (!opening.mayWrite(field)) complain(issue('FIELD_NOT_WRITABLE', place.path, { field: field.label }))
  else if (kind === 'id') given[field.key] = inner
  else if (kind === 'create' && target)
    given[field.key] = openRow(
      target,
      { action: 'create', id: idOf(inner), version: null, data: asObject(inner) },
      { ...place, path: joinPath(place.path, 'create') },
      bag,
      'first',
      opening,
    )
  else if (kind === 'by') for (const [key, wanted] of Object.entries(asObject(inner))) by.push({ field, key, value: wanted })
  else complain(issue('INPUT_UNKNOWN', place.path, { key: kind }))
}

/** A record of one of several objects: which object is said by the key around the link. */
function openTarget(
  object: ObjectModel,
  key: string,
  value: unknown,
  place: Place,
  given: Record<string, unknown>,
  by: Draft['by'][number][],
  bag: Bag,
  opening: Opening,
): void {
  const field = object.fields[key]
  const type = Object.values(object.fields).find(({ typeOf }) => typeOf === key)
  if (!field?.targets || !type) return
  const [[target, link] = ['', null]] = Object.entries(asObject(value)).filter(([, part]) => part !== undefined)
  const isKnown = value === null || field.targets.includes(target)
  if (!isKnown) bag.issues.push({ row: place.row, issue: issue('INPUT_UNKNOWN', place.path, { key: target }) })
  else {
    const pointing: FieldModel = { ...field, relation: { kind: 'lookup', to: target, onDelete: 'setNull' } }
    openLink(pointing, value === null ? null : link, { ...place, path: joinPath(place.path, target) }, given, by, bag, opening)
    given[type.key] = value === null || link === null ? null : target
  }
}

function openLines(child: ChildModel, value: unknown, parent: string, place: Place, bag: Bag, opening: Opening): void {
  const object = lookup(opening.model.objects, child.object)
  const field = object?.fields[child.field]
  if (!object || !field) return
  const deeds = asObject(value)
  const inner = (deed: string, index: number): Place => ({
    row: place.row,
    path: `${place.path}/${deed}/${index}`,
    parent: { field, id: parent },
  })
  const create = (deed: 'create' | 'replace') =>
    asList(deeds[deed]).forEach((data, index) =>
      openRow(object, { action: 'create', id: idOf(data), version: null, data: asObject(data) }, inner(deed, index), bag, 'last', opening),
    )
  asList(deeds.delete).forEach((id, index) =>
    bag.last.push({ object, action: 'delete', id: String(id).toLowerCase(), given: {}, by: [], version: null, ...inner('delete', index) }),
  )
  asList(deeds.update).forEach((line, index) => {
    const { id, version, data } = asObject(line)
    openRow(
      object,
      { action: 'update', id: String(id).toLowerCase(), version: typeof version === 'number' ? version : null, data: asObject(data) },
      { ...inner('update', index), path: `${place.path}/update/${index}/data` },
      bag,
      'last',
      opening,
    )
  })
  if (deeds.replace !== undefined && deeds.replace !== null) bag.replaced.push({ child, parent, row: place.row, path: place.path })
  create('replace')
  create('create')
}

export const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const idOf = (value: unknown): string | null => {
  const { id } = asObject(value)
  return typeof id === 'string' ? id.toLowerCase() : null
}
