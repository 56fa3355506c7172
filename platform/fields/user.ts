import { idClass } from './classes.js'
import { optionsOf } from './definition.js'
import { fieldType, type Named } from './field.js'
import { idExamples, idFromText, parseId } from './id-text.js'
import { asWritten } from './reading.js'

/** A member of the workspace. */
export const user: Named<'user'> = fieldType({
  name: 'user',
  label: { en: 'Person', 'zh-CN': '人员' },
  group: 'people',
  sample: { en: 'Lin Yue', 'zh-CN': '林悦' },
  options: optionsOf(),
  class: () => idClass,
  columns: () => [{ suffix: 'Id', type: 'uuid' }],
  writable: true,
  relation: 'member',
  parse: parseId,
  fromText: idFromText,
  format: value => asWritten(value),
  schema: () => ({ type: 'string' }),
  converts: {},
  examples: idExamples,
})
