import { Type } from '@sinclair/typebox'

const text = Type.String({ minLength: 1, maxLength: 500 })

/** A text for people, in one language or in each. */
export const labelShape = Type.Union(
  [text, Type.Object({ en: Type.Optional(text), 'zh-CN': Type.Optional(text) }, { additionalProperties: false, minProperties: 1 })],
  {
    description: 'A text, or one for each language',
  },
)

/** A rule as JSON; its inner form is checked against the model. */
export const ruleShape = Type.Unsafe<unknown>({ description: 'A rule (JSON Logic)' })
