import { integerClass } from './classes.js'
import { type FieldDefinition, optionsOf } from './definition.js'
import { fieldType, type Named } from './field.js'
import { resultOf } from './formula.js'
import { expected } from './value-text.js'

const isCount = (field: FieldDefinition): boolean => field.function === 'count' || field.function === 'countDistinct'

/** What an average and an existence are kept with, so that a change of one child does not read the others. `$` is in no field's name. */
const companions: Readonly<Record<string, readonly { readonly suffix: string; readonly type: string }[]>> = {
  avg: [
    { suffix: '$sum', type: 'numeric' },
    { suffix: '$count', type: 'integer' },
  ],
  exists: [{ suffix: '$count', type: 'integer' }],
}

/** A value made of child records, kept with the parent and right at every moment. What it returns follows from its function and field. */
export const rollup: Named<'rollup'> = fieldType({
  name: 'rollup',
  label: { en: 'Rollup', 'zh-CN': '汇总' },
  group: 'computed',
  sample: 'Σ 12,000',
  options: optionsOf('of', 'function', 'field', 'where', 'by', 'currency', 'rateDate'),
  class: field => (isCount(field) ? integerClass : resultOf(field).class),
  columns: field => [
    { suffix: '', type: isCount(field) ? 'integer' : resultOf(field).column },
    ...(companions[field.function ?? ''] ?? []),
  ],
  writable: false,
  parse: () => expected('number'),
  fromText: () => expected('number'),
  format: (value, field, context) => resultOf(field).format(value, context, field),
  schema: () => ({ readOnly: true }),
  converts: {},
  examples: { field: { of: 'lines', function: 'count' }, valid: [], invalid: [], texts: [] },
})
