import type { FieldModel, Model, ObjectModel } from '@tessera/platform/model/model.js'
import { typeName } from '@tessera/platform/model/naming.js'
import { statusOf, titleName } from '@tessera/platform/model/seen.js'

export { seenFields, statusOf, titleName } from '@tessera/platform/model/seen.js'

/** The name of a record of one object among several; titles of different types may not share a key of the answer. */
function targetSelection(target: string, { objects }: Model): string[] {
  const object = Object.hasOwn(objects, target) ? objects[target] : undefined
  const type = typeName(target)
  return object ? [`... on ${type} { id title${type}: ${titleName(object)} }`] : []
}

function fieldSelection(field: FieldModel, model: Model): string {
  if (field.class.parts) return `${field.name} { ${Object.keys(field.class.parts).join(' ')} }`
  if (field.targets)
    return `${field.key} ${field.name} { __typename ${field.targets.flatMap(target => targetSelection(target, model)).join(' ')} }`
  if (!field.relation) return field.currency && field.currencyOf === null ? `${field.name} ${field.name}Currency` : field.name
  const to = field.relation.to
  if (to === null) return `${field.key} ${field.name} { id title: name }`
  const target = Object.hasOwn(model.objects, to) ? model.objects[to] : undefined
  return target ? `${field.key} ${field.name} { id title: ${titleName(target)} }` : field.key
}

/** What to ask of records so that these fields can be drawn; the same fields give the same text, so plans are found again. */
export function selectionOf(object: ObjectModel, names: readonly string[], model: Model): string {
  const wanted = [...new Set([titleName(object), statusOf(object)?.name ?? '', ...names])]
    .filter(name => name !== 'id' && name !== 'version' && Object.hasOwn(object.fields, name))
    .sort()
  const parts = wanted.map(name => {
    const field = object.fields[name]
    return field ? fieldSelection(field, model) : ''
  })
  return ['id', 'version', ...parts].join(' ')
}

const closedKinds = new Set(['won', 'lost', 'done', 'closed', 'cancelled', 'canceled', 'paid', 'rejected', 'converted', 'inactive'])

/** Whether an option's kind says that nothing is to be done any more. */
export const isClosedKind = (kind: string | undefined): boolean => kind !== undefined && closedKinds.has(kind)

/** Whether an option's kind is an end that nobody wished for. */
export const isLostKind = (kind: string | undefined): boolean =>
  kind === 'lost' || kind === 'cancelled' || kind === 'canceled' || kind === 'rejected'

/** Whether an option's kind is an end that is wished for. */
export const isWishedKind = (kind: string | undefined): boolean => isClosedKind(kind) && !isLostKind(kind) && kind !== 'inactive'
