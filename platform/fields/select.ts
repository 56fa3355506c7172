import { optionFromText, optionLabel, optionMisfit } from './choice.js'
import { choiceClass } from './classes.js'
import { optionsOf } from './definition.js'
import { fieldType, fits, type Named } from './field.js'

import { expected } from './value-text.js'

/** One of the field's options; the value is stored, labels are only shown. */
export const select: Named<'select'> = fieldType({
  name: 'select',
  label: { en: 'Choice', 'zh-CN': '单选' },
  group: 'choice',
  sample: { en: 'In progress', 'zh-CN': '进行中' },
  options: optionsOf('options', 'optionSet', 'states', 'dependsOn'),
  class: () => choiceClass,
  columns: () => [{ suffix: '', type: 'text' }],
  writable: true,
  parse: (value, field) => {
    if (value === null || value === undefined || value === '') return fits(null)
    if (typeof value !== 'string') return expected('text')
    const wrong = optionMisfit(value, field)
    return wrong ? { misfit: wrong } : fits(value)
  },
  fromText: optionFromText,
  format: (value, field, { locale }) => (typeof value === 'string' ? optionLabel(field, value, locale) : ''),
  schema: field => ({ type: 'string', enum: (field.options ?? []).map(option => option.value) }),
  converts: { text: 'parses' },
  examples: {
    field: { options: [{ value: 'high', label: { en: 'High', 'zh-CN': '高' } }, { value: 'low' }, { value: 'old', inactive: true }] },
    valid: ['high', 'low'],
    invalid: ['medium', 'old', 1, ['high']],
    texts: [
      ['High', 'high'],
      ['高', 'high'],
      ['low', 'low'],
      ['', null],
    ],
  },
})
