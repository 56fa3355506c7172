import { describe, expect, it } from '@jest/globals'
import { Type as Real } from '@sinclair/typebox'
import { Type as Plain } from '../../studio/api/plain-typebox.js'

const shape = (Type: typeof Real) =>
  Type.Object(
    {
      name: Type.String({ maxLength: 5 }),
      note: Type.Optional(Type.Union([Type.String(), Type.Object({ en: Type.Optional(Type.String()) }, { minProperties: 1 })])),
      count: Type.Integer({ minimum: 1 }),
      kind: Type.Union([Type.Literal('a'), Type.Literal('b')]),
      one: Type.Union([Type.Literal('a')]),
      list: Type.Optional(Type.Array(Type.Number(), { maxItems: 3 })),
      map: Type.Record(Type.String(), Type.Boolean()),
      any: Type.Unsafe<unknown>({ description: 'anything' }),
    },
    { additionalProperties: false },
  )

describe('the small stand-in for typebox in the browser', () => {
  it('makes the same JSON Schema', () =>
    expect(JSON.parse(JSON.stringify(shape(Plain as unknown as typeof Real)))).toEqual(JSON.parse(JSON.stringify(shape(Real)))))
})
