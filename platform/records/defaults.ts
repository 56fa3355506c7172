import { isDynamicDefault } from '../model/fields.js'
import type { FieldModel, ObjectModel } from '../model/model.js'
import { onceFor } from '../once-for.js'
import type { Values } from './values.js'

/** Who writes and when; what defaults and rules may ask for. */
export interface Moment {
  readonly member: { readonly id: string; readonly name: string; readonly email: string } | null
  /** `YYYY-MM-DDTHH:MM:SS.sssZ` */
  readonly now: string
  /** `YYYY-MM-DD` in `timeZone`. */
  readonly today: string
  readonly timeZone: string
}

/** The values of a new record for fields that were not given at all; a given null stays empty. */
export function defaultsOf(object: ObjectModel, given: Values, moment: Moment): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const field of withDefaults(object)) if (!Object.hasOwn(given, field.key)) values[field.key] = defaultOf(field, moment)
  return values
}

const withDefaults = onceFor((object: ObjectModel) => Object.values(object.fields).filter(field => field.definition.default !== undefined))

function defaultOf(field: FieldModel, moment: Moment): unknown {
  const { default: value } = field.definition
  if (isDynamicDefault(field.type, value))
    return field.type.name === 'date' ? moment.today : field.type.name === 'dateTime' ? moment.now : (moment.member?.id ?? null)
  const parsed = field.type.parse(value, field.definition)
  return 'value' in parsed ? parsed.value : null
}
