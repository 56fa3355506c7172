import { Type } from '@sinclair/typebox'
import { textClass } from './classes.js'
import { optionsOf, valueModes } from './definition.js'
import { fieldType, type Named } from './field.js'
import { asWritten } from './reading.js'
import { expected } from './value-text.js'

/** A value of the record at the end of a relation: read there each time, or copied when the relation is set. It is of the type of that value. */
export const lookupValue: Named<'lookupValue'> = fieldType({
  name: 'lookupValue',
  label: { en: 'Value of a related record', 'zh-CN': '引用值' },
  group: 'computed',
  sample: { en: '→ its address', 'zh-CN': '→ 其地址' },
  options: Type.Object(
    {
      ...optionsOf('of', 'field', 'at', 'currency').properties,
      mode: Type.Optional(Type.Union([...valueModes], { description: 'Read each time, or copied when the relation is set' })),
    },
    { additionalProperties: false },
  ),
  class: () => textClass,
  columns: () => [],
  writable: false,
  parse: () => expected('text'),
  fromText: () => expected('text'),
  format: value => asWritten(value),
  schema: () => ({ readOnly: true }),
  converts: {},
  examples: { field: { of: 'partner', field: 'name', mode: 'live' }, valid: [], invalid: [], texts: [] },
})
