import { type Static, Type } from '@sinclair/typebox'
import { labelShape, optionShape } from '../fields/definition.js'
import { kind, nameShape } from './kind.js'

const { value, label, color, kind: meaning, inactive } = optionShape.properties

/** Options that several choices offer; what an option means for one field alone, such as a state, is said at that field. */
export const optionSet = kind('optionSet', 'optionSets', {
  optionSet: nameShape,
  label: labelShape,
  description: Type.Optional(labelShape),
  options: Type.Array(Type.Object({ value, label, color, kind: meaning, inactive }, { additionalProperties: false }), {
    minItems: 1,
    maxItems: 500,
  }),
})
export type OptionSetDefinition = Static<typeof optionSet.shape>
