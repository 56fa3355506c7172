import { idClass } from './classes.js'
import { optionsOf } from './definition.js'
import { fieldType, type Named } from './field.js'
import { idExamples, idFromText, parseId } from './id-text.js'
import { asWritten } from './reading.js'

/** Points at a record of another object, or at none. */
export const lookup: Named<'lookup'> = fieldType({
  name: 'lookup',
  label: { en: 'Lookup', 'zh-CN': '查找' },
  group: 'relation',
  sample: { en: '→ a record', 'zh-CN': '→ 记录' },
  options: optionsOf('to', 'inverse', 'inverseLabel', 'onDelete'),
  class: () => idClass,
  columns: () => [{ suffix: 'Id', type: 'uuid' }],
  writable: true,
  relation: 'lookup',
  parse: parseId,
  fromText: idFromText,
  format: value => asWritten(value),
  schema: () => ({ type: 'string' }),
  converts: {},
  examples: idExamples,
})
