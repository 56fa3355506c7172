import { elementPath } from '../definitions/index.js'
import type { Label } from '../label.js'
import type { Change, Deed } from './changes.js'
import { liveElements } from './changes.js'
import { isDefined } from './junctions.js'
import { type Mention, mentionsOf } from './mentions.js'
import type { FieldModel, Model } from './model.js'

/** A thing that changes so that others may notice, and the elements that name it. */
export interface Touched {
  readonly do: Deed
  readonly kind: string
  /** Where it stands now, in the present model. */
  readonly path: string
  readonly title: Label
  readonly mentions: readonly Mention[]
}

/** Changes of a field that others may notice; a label or a place in lists is none. */
const noticed: ReadonlySet<string> = new Set([
  'options',
  'rule',
  'required',
  'requiredWhen',
  'readOnly',
  'readOnlyWhen',
  'unique',
  'currency',
  'returns',
  'min',
  'max',
  'minLength',
  'pattern',
  'maxLength',
  'where',
  'multiple',
])

/** The field of a change as it is, where others may notice what becomes of it. */
export function noticedField({ do: deed, field, properties }: Change): FieldModel | null {
  const isNoticed = deed !== 'add' && (deed !== 'change' || properties.some(property => noticed.has(property)))
  return isNoticed ? (field?.before ?? null) : null
}

/** Everything that is changed, renamed or removed so that others may notice, each with what names it in the present model. */
export const touchedBy = (changes: readonly Change[], before: Model): Touched[] =>
  changes.flatMap((change): Touched[] => {
    const { do: deed, kind, title } = change
    const field = noticedField(change)
    if (field)
      return [{ do: deed, kind, path: `objects/${field.object}/fields/${field.name}`, title, mentions: mentionsOf([field], before) }]
    if (kind === 'field' || (deed !== 'remove' && deed !== 'rename')) return []
    const path = change.was ?? change.path
    return [{ do: deed, kind, path, title, mentions: namingElement(kind, path.split('/')[1] ?? '', before) }]
  })

/** Every other element that names an element: an object as the one it is for or points at, any other by its kind. */
function namingElement(kind: string, name: string, model: Model): Mention[] {
  const own = elementPath({ kind, name })
  const objects = Object.values(model.objects)
    .filter(isDefined)
    .map(object => ({ kind: 'object', name: object.name, label: object.label, definition: object.definition as object }))
  return [...objects, ...liveElements(model)].flatMap(({ definition, ...element }) => {
    const start = elementPath(element)
    const at = start === own ? [] : placesOf(definition, start, kind, name)
    return at.length > 0 ? [{ ...element, at }] : []
  })
}

/** Where in a definition an element is named: `object`, `to`, `report`, `roles`, or as the key of a grant. */
function placesOf(value: unknown, path: string, kind: string, name: string): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]): string[] => {
    const at = `${path}/${key}`
    if (kind === 'object' && key === name && /\/(grants|restrict)$/.test(path)) return [at]
    const isNaming = key === kind || key === `${kind}s` || (kind === 'object' && key === 'to')
    if (isNaming && inner === name) return [at]
    if (isNaming && Array.isArray(inner)) return inner.flatMap((one, index) => (one === name ? [`${at}/${index}`] : []))
    return placesOf(inner, at, kind, name)
  })
}
