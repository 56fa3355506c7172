import { type Static, Type } from '@sinclair/typebox'
import { exampleShape } from './example-shape.js'
import { labelShape, ruleShape } from './label-shape.js'

const stateName = Type.String({ minLength: 1, maxLength: 100 })
const fieldNames = Type.Array(Type.String(), { maxItems: 50, uniqueItems: true })

/** Values that are written beside a change of state: a rule for each field. */
export const effectsShape = Type.Record(Type.String(), ruleShape, { maxProperties: 50 })

const stay = Type.Union([Type.Integer({ minimum: 1, maximum: 3650 }), Type.String({ maxLength: 40 })])

/** One way from some states to another. */
export const transitionShape = Type.Object(
  {
    transition: Type.String({ pattern: '^[a-z][a-zA-Z0-9]{0,39}$', description: 'A small letter, then letters and digits' }),
    label: labelShape,
    from: Type.Union([Type.Literal('*'), Type.Array(stateName, { minItems: 1, uniqueItems: true })], {
      description: 'The states that it leads from; "*" is every other one',
    }),
    to: stateName,
    roles: Type.Optional(
      Type.Array(Type.String(), { minItems: 1, uniqueItems: true, description: 'Who may take it: members with one of these roles' }),
    ),
    owner: Type.Optional(Type.Literal(true, { description: 'The owner of the record may take it' })),
    userField: Type.Optional(Type.String({ description: 'The member in this field may take it' })),
    when: Type.Optional(ruleShape),
    message: Type.Optional(labelShape),
    hint: Type.Optional(labelShape),
    requires: Type.Optional(fieldNames),
    form: Type.Optional(fieldNames),
    confirm: Type.Optional(labelShape),
    comment: Type.Optional(Type.Union([Type.Literal('required'), Type.Literal('optional')])),
    set: Type.Optional(effectsShape),
    automatic: Type.Optional(
      Type.Union([Type.Literal(true), stay], {
        description: 'It is taken by itself: true as soon as `when` holds, a length of time once a record was that long in its state',
      }),
    ),
    examples: Type.Optional(Type.Array(exampleShape, { maxItems: 50, description: 'Values of a record and whether `when` holds' })),
  },
  { additionalProperties: false },
)

/** The states in which a record begins, and the ways between them; the states are the options of the field. */
export const statesShape = Type.Object(
  {
    initial: Type.Array(stateName, { minItems: 1, uniqueItems: true }),
    transitions: Type.Array(transitionShape, { maxItems: 200 }),
  },
  { additionalProperties: false },
)

/** What an option says as a state of a record. */
export const stateProperties = {
  editable: Type.Optional(
    Type.Union([Type.Literal(false), fieldNames], { description: 'Which fields and lines may change in this state; false is none' }),
  ),
  limit: Type.Optional(
    Type.Union(stay.anyOf, {
      description: 'How long a record may stay in this state: days, or an ISO 8601 duration',
    }),
  ),
  enter: Type.Optional(effectsShape),
  leave: Type.Optional(effectsShape),
}

export type StatesDefinition = Static<typeof statesShape>
export type TransitionDefinition = Static<typeof transitionShape>
