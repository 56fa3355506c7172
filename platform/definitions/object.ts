import { type Static, Type } from '@sinclair/typebox'
import type { FieldDefinition } from '../fields/definition.js'
import { labelShape, ruleShape } from '../fields/definition.js'
import { exampleShape } from '../fields/example-shape.js'
import { kind, nameShape, sortShape } from './kind.js'
import { indexShape, rangeShape, uniqueShape } from './object-sets.js'
import { recordAccessShape } from './record-access.js'

const events = ['create', 'update', 'delete', 'transition', 'import', 'api'] as const

/** What happens to a record when a validation rule is judged; `import` and `api` are creates and updates that come in by that way. */
export const validationEvents: readonly ValidationEvent[] = events
export type ValidationEvent = (typeof events)[number]

/** A condition that every record must meet; broken, it says its message at the fields named. */
export const validationShape = Type.Object(
  {
    rule: nameShape,
    label: Type.Optional(labelShape),
    at: Type.Optional(Type.Array(Type.String(), { maxItems: 20 })),
    message: labelShape,
    hint: Type.Optional(labelShape),
    on: Type.Optional(
      Type.Array(Type.Union(validationEvents.map(event => Type.Literal(event))), {
        description: 'When it is judged: on create and update unless said; `import` and `api` are writes by that way',
      }),
    ),
    severity: Type.Optional(
      Type.Union([Type.Literal('error'), Type.Literal('warning')], { description: 'A warning lets a write through that confirms it' }),
    ),
    lock: Type.Optional(
      Type.Array(Type.String(), {
        maxItems: 5,
        description: 'Records that are locked before it is judged: those of these lookups, with `id` the record itself',
      }),
    ),
    must: ruleShape,
    examples: Type.Optional(Type.Array(exampleShape, { maxItems: 50, description: 'Values of a record and whether `must` holds' })),
  },
  { additionalProperties: false },
)

/** A kind of record with its fields and rules. */
export const object = kind('object', 'objects', {
  object: nameShape,
  plural: nameShape,
  label: labelShape,
  pluralLabel: Type.Optional(labelShape),
  description: Type.Optional(labelShape),
  icon: Type.Optional(Type.String({ maxLength: 60 })),
  title: Type.Optional(Type.String()),
  subtitle: Type.Optional(Type.String()),
  owner: Type.Optional(Type.Union([Type.Literal('user'), Type.Literal('none')])),
  access: Type.Optional(recordAccessShape),
  sort: Type.Optional(sortShape),
  was: Type.Optional(Type.Array(Type.String())),
  pluralWas: Type.Optional(Type.Array(Type.String())),
  fields: Type.Unsafe<Readonly<Record<string, FieldDefinition>>>(
    Type.Record(Type.String(), Type.Object({ type: Type.String() }), { maxProperties: 500 }),
  ),
  rules: Type.Optional(Type.Array(validationShape, { maxItems: 200 })),
  unique: Type.Optional(Type.Array(uniqueShape, { maxItems: 20 })),
  ranges: Type.Optional(Type.Array(rangeShape, { maxItems: 20 })),
  indexes: Type.Optional(Type.Array(indexShape, { maxItems: 20 })),
})
export type ObjectDefinition = Static<typeof object.shape>
export type ValidationDefinition = Static<typeof validationShape>
