import { type Static, Type } from '@sinclair/typebox'
import { labelShape, ruleShape } from '../fields/definition.js'
import { kind, nameShape } from './kind.js'

/** What happens by itself when something happened to a record. */
export const workflow = kind('workflow', 'workflows', {
  workflow: nameShape,
  label: labelShape,
  on: Type.Object(
    {
      object: Type.String(),
      event: Type.Union([Type.Literal('created'), Type.Literal('updated'), Type.Literal('deleted'), Type.Literal('restored')]),
      fields: Type.Optional(Type.Array(Type.String(), { maxItems: 50 })),
    },
    { additionalProperties: false },
  ),
  when: Type.Optional(ruleShape),
  steps: Type.Array(Type.Object({ do: Type.String() }, { additionalProperties: true }), { minItems: 1, maxItems: 50 }),
  inactive: Type.Optional(Type.Boolean()),
})
export type WorkflowDefinition = Static<typeof workflow.shape>
