import { Type } from '@sinclair/typebox'
import { integerClass } from './classes.js'
import type { FieldDefinition } from './definition.js'
import { fieldType, fits, type Named } from './field.js'
import { integer } from './integer.js'
import { numberFromText } from './number-text.js'

/** How many stars there are. */
export const starsOf = (field: FieldDefinition): number => Number(field.max ?? 5)

/** Stars, from one to as many as the field has. */
export const rating: Named<'rating'> = fieldType({
  name: 'rating',
  label: { en: 'Rating', 'zh-CN': '评分' },
  group: 'number',
  sample: '★★★★☆',
  options: Type.Object(
    { max: Type.Optional(Type.Integer({ minimum: 1, maximum: 10, description: 'How many stars there are, 5 when it is left out' })) },
    { additionalProperties: false },
  ),
  class: () => integerClass,
  columns: () => [{ suffix: '', type: 'integer' }],
  writable: true,
  parse: (value, field) => integer.parse(value, { type: 'integer', min: 1, max: starsOf(field) }),
  fromText: (typed, field) => {
    const stars = /^(★+)☆*$/u.exec(typed.trim())?.[1]
    return stars ? rating.parse(stars.length, field) : fromNumber(typed, field)
  },
  format: (value, field) => (typeof value === 'number' ? '★'.repeat(value).padEnd(starsOf(field), '☆') : ''),
  schema: field => ({ type: 'integer', minimum: 1, maximum: starsOf(field) }),
  converts: { integer: 'parses', text: 'parses' },
  examples: {
    field: { max: 5 },
    valid: [1, 3, 5],
    invalid: [0, 6, 2.5, 'x', true],
    texts: [
      ['4', 4],
      ['★★☆☆☆', 2],
      ['', null],
    ],
  },
})

const fromNumber = numberFromText((value, field) => (value === null ? fits(null) : rating.parse(value, field)))
