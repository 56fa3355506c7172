import { idClass } from './classes.js'
import { optionsOf } from './definition.js'
import { fieldType, type Named } from './field.js'
import { idFromText } from './id-text.js'
import { asWritten } from './reading.js'
import { expected } from './value-text.js'

/** Links to any number of records of an object, seen from both sides; the links themselves are records of a junction that the model makes. */
export const manyToMany: Named<'manyToMany'> = fieldType({
  name: 'manyToMany',
  label: { en: 'Links (many to many)', 'zh-CN': '多对多关联' },
  group: 'relation',
  sample: { en: '⇄ records', 'zh-CN': '⇄ 多条记录' },
  options: optionsOf('to', 'inverse', 'inverseLabel', 'attributes', 'ordered', 'max', 'labels'),
  class: () => idClass,
  columns: () => [],
  writable: false,
  parse: () => expected('text'),
  fromText: idFromText,
  format: asWritten,
  schema: () => ({ readOnly: true }),
  converts: {},
  examples: { field: { to: 'partner', inverse: 'examples' }, valid: [], invalid: [], texts: [] },
})
