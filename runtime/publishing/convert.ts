import type { FieldModel } from '@tessera/platform/model/model.js'

/**
 * A value of a field of one type as a value of another: as it is when the new type takes it, else by its text.
 * Null when it does not fit, or when the types cannot be converted at all.
 * @param value in its contract form, never null
 */
export function convert(value: unknown, from: FieldModel, to: FieldModel): unknown {
  if (from.type.name !== to.type.name && to.type.converts[from.type.name] === undefined) return null
  if (from.relation && !pointsAt(to, from.relation.to)) return null
  // a text may look like HTML and is none
  if (to.class.isMarkup && !from.class.isMarkup) return textOf(String(value), to)
  const taken = to.type.parse(value, to.definition)
  if ('value' in taken) return taken.value
  if (Array.isArray(value)) return textOf(value.map(String).join(', '), to)
  return textOf(String(value), to)
}

function textOf(text: string, to: FieldModel): unknown {
  const read = to.type.fromText(text, to.definition, { locale: 'en', timeZone: 'UTC' })
  return 'value' in read ? read.value : null
}

/** Whether a field can point at the records that another one points at. */
export const pointsAt = ({ relation, targets }: FieldModel, object: string | null): boolean =>
  targets ? object !== null && targets.includes(object) : relation !== null && relation.to === object
