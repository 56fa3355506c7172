import { idClass } from './classes.js'
import { optionsOf } from './definition.js'
import { fieldType, type Named } from './field.js'
import { idExamples, idFromText, parseId } from './id-text.js'
import { asWritten } from './reading.js'

/** The record above in a tree of the same object; never one of its own branch. */
export const hierarchy: Named<'hierarchy'> = fieldType({
  name: 'hierarchy',
  label: { en: 'Hierarchy', 'zh-CN': '层级' },
  group: 'relation',
  sample: { en: '→ a record', 'zh-CN': '→ 记录' },
  options: optionsOf('to', 'inverse', 'inverseLabel', 'onDelete'),
  class: () => idClass,
  columns: () => [{ suffix: 'Id', type: 'uuid' }],
  writable: true,
  relation: 'hierarchy',
  parse: parseId,
  fromText: idFromText,
  format: value => asWritten(value),
  schema: () => ({ type: 'string' }),
  converts: {},
  examples: idExamples,
})
