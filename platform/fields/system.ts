import { idClass, integerClass } from './classes.js'
import { optionsOf } from './definition.js'
import { type FieldType, fieldType } from './field.js'
import { idExamples, idFromText, parseId } from './id-text.js'
import { integer } from './integer.js'
import { asWritten } from './reading.js'

/** The id that every record has; made by the application or given once at creation. */
export const identifier: FieldType = fieldType({
  name: 'identifier',
  label: { en: 'Id', 'zh-CN': '标识' },
  group: 'computed',
  sample: '01890a5d-…',
  options: optionsOf(),
  class: () => idClass,
  columns: () => [{ suffix: '', type: 'uuid' }],
  writable: false,
  parse: parseId,
  fromText: idFromText,
  format: value => asWritten(value),
  schema: () => ({ type: 'string' }),
  converts: {},
  examples: idExamples,
})

/** How often a record has been written; a write may name the version that it has read. */
export const versionNumber: FieldType = {
  ...integer,
  name: 'version',
  label: { en: 'Version', 'zh-CN': '版本' },
  group: 'computed',
  class: () => integerClass,
  writable: false,
}
