import { type Issue, issue } from '../errors.js'
import type { TextContext } from '../fields/field.js'
import { type Label, labelOf } from '../label.js'
import type { FieldModel, Model, ObjectModel } from '../model/model.js'
import { lookup } from '../registry.js'
import { linkKeys } from './import-keys.js'

/** How a file names a record of one of several objects: the field that names the object, and by what the records of each are found. */
export interface TargetsKey {
  readonly of: 'targets'
  readonly type: FieldModel
  readonly targets: Readonly<Record<string, { readonly target: ObjectModel; readonly field: FieldModel }>>
}

/** What a cell says of a record of one of several objects. */
export interface NamedTarget {
  readonly target: ObjectModel
  readonly field: FieldModel
  readonly text: string
  /** What stands before the name and says the object. */
  readonly prefix: string
}

/** The field beside a polymorphic one that names the object it points at. */
export const typeBeside = (field: FieldModel, object: ObjectModel): FieldModel | undefined =>
  Object.values(object.fields).find(({ typeOf }) => typeOf === field.name)

/**
 * The key of a field that points at several objects: records are found by `by` where their object has such a key, else by their title.
 * Null when none of the objects can be read, or none has the key.
 */
export function targetsKey(field: FieldModel, by: string | undefined, object: ObjectModel, { objects }: Model): TargetsKey | null {
  const type = typeBeside(field, object)
  const targets = (field.targets ?? []).flatMap(name => {
    const target = lookup(objects, name)
    const keys = target ? linkKeys(target) : []
    const key = keys.find(known => known.name === by) ?? keys.find(known => known.name === target?.title)
    return target && key ? [[name, { target, field: key }] as const] : []
  })
  const isKnown = by === undefined || targets.some(([, { field: key }]) => key.name === by)
  return type && targets.length > 0 && isKnown ? { of: 'targets', type, targets: Object.fromEntries(targets) } : null
}

const separator = /^([^:：]{1,100})[:：](.*)$/su

/**
 * The object and the name in a cell: `partner: Acme` with the object's name or label, the bare name where another column says the object
 * or there is only one.
 * @param kind what the other column says; null where there is none
 */
export function namedTarget(
  text: string,
  kind: string | null,
  { type, targets }: TargetsKey,
  column: string,
  label: FieldModel['label'],
  context: TextContext,
): NamedTarget | { readonly issue: Issue } {
  const [, before = '', after = ''] = separator.exec(text) ?? []
  const said = kind === null || kind === '' ? objectCalled(before.trim(), type, context) : objectCalled(kind, type, context)
  const names = Object.keys(targets)
  const name = said ?? (names.length === 1 && (kind === null || kind === '') ? names[0] : undefined)
  const found = lookup(targets, name ?? '')
  if (!found) return { issue: issue('KIND_MISSING', column, { field: label, value: kind || text, example: exampleOf(targets) }) }
  const isPrefixed = before !== '' && objectCalled(before.trim(), type, context) === name
  const rest = isPrefixed ? after.trim() : text
  return { ...found, text: rest, prefix: isPrefixed ? text.slice(0, text.length - after.trimStart().length) : '' }
}

/** How a cell may be written: `Boat: …`. */
function exampleOf(targets: TargetsKey['targets']): Label {
  const label = Object.values(targets)[0]?.target.label
  return { en: `${labelOf(label, 'en')}: …`, 'zh-CN': `${labelOf(label, 'zh-CN')}：…` }
}

/** The object that is called so: by its name or its label in any language. */
function objectCalled(text: string, type: FieldModel, context: TextContext): string | undefined {
  if (text === '') return undefined
  const parsed = type.type.fromText(text, type.definition, context)
  return 'value' in parsed && typeof parsed.value === 'string' ? parsed.value : undefined
}
