import { optionFromText, optionLabel, optionMisfit } from './choice.js'
import { choicesClass } from './classes.js'
import { optionsOf } from './definition.js'
import { fieldType, fits, type Named } from './field.js'

import { expected, plain } from './value-text.js'

/** Any of the field's options, each once, in the order of the options; none is no value. */
export const multiSelect: Named<'multiSelect'> = fieldType({
  name: 'multiSelect',
  label: { en: 'Several choices', 'zh-CN': '多选' },
  group: 'choice',
  sample: { en: 'Red, Blue', 'zh-CN': '红、蓝' },
  options: optionsOf('options', 'optionSet'),
  class: () => choicesClass,
  columns: () => [{ suffix: '', type: 'text[]' }],
  writable: true,
  parse: (value, field) => {
    if (value === null || value === undefined) return fits(null)
    if (!Array.isArray(value) || value.some(item => typeof item !== 'string') || value.length > 500) return expected('list')
    const wrong = value.map(item => optionMisfit(String(item), field)).find(found => found !== null)
    if (wrong) return { misfit: wrong }
    const chosen = (field.options ?? []).map(option => option.value).filter(known => value.includes(known))
    return fits(chosen.length > 0 ? chosen : null)
  },
  fromText: (typed, field) => {
    const parts = plain(typed)
      .split(/[,;，；、|]/)
      .map(part => part.trim())
      .filter(part => part !== '')
    const read = parts.map(part => optionFromText(part, field))
    const wrong = read.find(part => 'misfit' in part)
    return (
      wrong ??
      multiSelect.parse(
        read.map(part => ('value' in part ? part.value : null)),
        field,
      )
    )
  },
  format: (value, field, { locale }) =>
    Array.isArray(value) ? value.map(item => optionLabel(field, String(item), locale)).join(locale === 'zh-CN' ? '、' : ', ') : '',
  schema: field => ({
    type: 'array',
    uniqueItems: true,
    items: { type: 'string', enum: (field.options ?? []).map(option => option.value) },
  }),
  converts: { select: 'keeps' },
  examples: {
    field: { options: [{ value: 'red', label: 'Red' }, { value: 'blue' }, { value: 'gone', inactive: true }] },
    valid: [['red'], ['red', 'blue']],
    invalid: [5, ['green'], ['gone'], [1]],
    texts: [
      ['Red, blue', ['red', 'blue']],
      ['', null],
    ],
  },
})
