import { type Static, Type } from '@sinclair/typebox'
import { labelShape } from './label-shape.js'

/** Which rule of a field an example is of. */
export const exampledRules = ['rule', 'visibleWhen', 'requiredWhen', 'readOnlyWhen', 'defaultRule'] as const

const common = {
  name: Type.Optional(labelShape),
  given: Type.Record(Type.String(), Type.Unsafe<unknown>({}), {
    description: 'Values of fields; before, user, today and now; rows by the name of the children; of a relation, values of its record',
  }),
  expect: Type.Unsafe<unknown>({ description: 'true or false of a condition, the value of a computed field' }),
}

/** Values of a record and what a rule comes to: a red one keeps a publish back. */
export const exampleShape = Type.Object(common, { additionalProperties: false })

/** An example of a field, which may have several rules. */
export const fieldExampleShape = Type.Object(
  { ...common, for: Type.Optional(Type.Union(exampledRules.map(name => Type.Literal(name)))) },
  { additionalProperties: false },
)

export type ExampleDefinition = Static<typeof fieldExampleShape>
