import { booleanClass } from './classes.js'
import { optionsOf } from './definition.js'
import { fieldType, fits, type Named } from './field.js'

import { expected, plain } from './value-text.js'

const yes = ['true', 'yes', 'y', '1', 'x', '是', '对', '√', '✓']
const no = ['false', 'no', 'n', '0', '否', '不', '×']

/** Yes or no; without a value it is empty, unless the field is required or has a default. */
export const boolean: Named<'boolean'> = fieldType({
  name: 'boolean',
  label: { en: 'Yes or no', 'zh-CN': '是否' },
  group: 'choice',
  sample: '✓',
  options: optionsOf(),
  class: () => booleanClass,
  columns: () => [{ suffix: '', type: 'boolean' }],
  writable: true,
  parse: value => (value === null || value === undefined ? fits(null) : typeof value === 'boolean' ? fits(value) : expected('boolean')),
  fromText: typed => {
    const word = plain(typed).toLowerCase()
    return word === '' ? fits(null) : yes.includes(word) ? fits(true) : no.includes(word) ? fits(false) : expected('boolean')
  },
  format: (value, _field, { locale }) =>
    value === null || value === undefined ? '' : locale === 'zh-CN' ? (value ? '是' : '否') : value ? 'Yes' : 'No',
  schema: () => ({ type: 'boolean' }),
  converts: { text: 'parses', integer: 'parses' },
  examples: {
    field: {},
    valid: [false, true],
    invalid: ['true', 1, []],
    texts: [
      ['yes', true],
      ['否', false],
      ['', null],
    ],
  },
})
