import { idClass } from './classes.js'
import { optionsOf } from './definition.js'
import { fieldType, type Named } from './field.js'
import { idExamples, idFromText, parseId } from './id-text.js'
import { asWritten } from './reading.js'

/** The parent that a line belongs to: it is required, and its deletion takes the line with it. */
export const masterDetail: Named<'masterDetail'> = fieldType({
  name: 'masterDetail',
  label: { en: 'Belongs to (lines)', 'zh-CN': '主从（明细）' },
  group: 'relation',
  sample: { en: '→ a record', 'zh-CN': '→ 记录' },
  options: optionsOf('to', 'inverse', 'inverseLabel'),
  class: () => idClass,
  columns: () => [{ suffix: 'Id', type: 'uuid' }],
  writable: true,
  relation: 'masterDetail',
  parse: parseId,
  fromText: idFromText,
  format: value => asWritten(value),
  schema: () => ({ type: 'string' }),
  converts: {},
  examples: idExamples,
})
