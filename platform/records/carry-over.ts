import { type Label, type Locale, labelOf } from '../label.js'
import type { ChildModel, FieldModel, Model, ObjectModel } from '../model/model.js'
import { lookup } from '../registry.js'
import { isEmpty } from './check.js'
import type { Values } from './values.js'

/** A value that was typed and has no field any more. */
export interface Dropped {
  readonly label: Label
  readonly field: FieldModel
  readonly value: unknown
}

/** A write as another version of the definitions understands it, and what it has no place for. */
export interface CarriedOver {
  readonly object: ObjectModel
  readonly data: Values
  readonly dropped: readonly Dropped[]
}

/**
 * Turns a write that a form made under one version into one of a later version: values of renamed fields and lines stand under their new
 * names, those of removed ones fall away and are told.
 * @param data as the records API takes it, lines as `{ create, update, delete, replace }`
 * @param object the object as the form knew it, one of `before`
 * @returns null when the object is gone, or neither it nor its lines have changed
 */
export function carryOver(data: Values, object: ObjectModel, before: Model, after: Model): CarriedOver | null {
  const now = successor(Object.values(after.objects), object)
  if (!now || fingerprint(object, before) === fingerprint(now, after)) return null
  return { object: now, ...carryValues(data, object, now, before, after) }
}

type Carried = Pick<CarriedOver, 'data' | 'dropped'>
type Named = { readonly name: string; readonly definition: { readonly was?: readonly string[] | undefined } }

/** What goes on under this name or a new one; no present name is a former one of another. */
const successor = <T extends Named>(candidates: readonly T[], { name }: { readonly name: string }): T | undefined =>
  candidates.find(each => each.name === name || each.definition.was?.includes(name))

const fingerprint = (object: ObjectModel, model: Model): string =>
  JSON.stringify([object.definition, ...ownedOf(object).map(child => lookup(model.objects, child.object)?.definition)])

const ownedOf = (object: ObjectModel): readonly ChildModel[] => Object.values(object.children).filter(child => child.owned)

function carryValues(data: Values, object: ObjectModel, now: ObjectModel, before: Model, after: Model): Carried {
  const carried: Record<string, unknown> = {}
  const dropped: Dropped[] = []
  for (const [key, value] of Object.entries(data)) {
    const child = lookup(object.children, key)
    const field = Object.values(object.fields).find(each => each.key === key)
    if (child) {
      const lines = carryLines(value as Values, child, now, before, after)
      if (lines.key !== null) carried[lines.key] = lines.data
      dropped.push(...lines.dropped)
    } else if (field) {
      const next = successor(Object.values(now.fields), field)
      if (next) carried[next.key] = value
      else if (!isEmpty(value)) dropped.push({ label: field.label, field, value })
    }
  }
  return { data: carried, dropped }
}

/** The lines of a write under the name that they have now; key null when there are none any more, and all that they held is dropped. */
function carryLines(
  input: Values,
  child: ChildModel,
  parent: ObjectModel,
  before: Model,
  after: Model,
): Carried & { readonly key: string | null } {
  const was = lookup(before.objects, child.object)
  const now = was && successor(Object.values(after.objects), was)
  const key = ownedOf(parent).find(each => each.object === now?.name)?.name ?? null
  const dropped: Dropped[] = []
  const carry = (line: unknown): Values => {
    if (!was) return line as Values
    const carried = carryValues(line as Values, was, key !== null && now ? now : { ...was, fields: {}, children: {} }, before, after)
    dropped.push(...carried.dropped.map(each => ({ ...each, label: under(child.label, each.label) })))
    return carried.data
  }
  const data = Object.fromEntries(
    Object.entries(input).map(([deed, lines]) => {
      if (!Array.isArray(lines) || deed === 'delete') return [deed, lines]
      return [deed, deed === 'update' ? lines.map(line => ({ ...line, data: carry(line.data) })) : lines.map(carry)]
    }),
  )
  return { key, data, dropped }
}

/** The label of a field inside lines: `Lines – Discount`. */
const under = (outer: Label, inner: Label): Label => {
  const text = (locale: Locale) => `${labelOf(outer, locale)} – ${labelOf(inner, locale)}`
  return { en: text('en'), 'zh-CN': text('zh-CN') }
}
