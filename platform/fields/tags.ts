import { choicesClass } from './classes.js'
import { optionsOf } from './definition.js'
import { fieldType, fits, misfit, type Named } from './field.js'
import { expected, isStorable, plain } from './value-text.js'

/** As many tags stand in one value. */
const mostTags = 40
const longestTag = 60

/** Short texts that whoever writes chooses freely, each once, in their order; none is no value. */
export const tags: Named<'tags'> = fieldType({
  name: 'tags',
  label: { en: 'Tags', 'zh-CN': '标签' },
  group: 'choice',
  sample: { en: 'trade fair, 2026', 'zh-CN': '展会、2026' },
  options: optionsOf(),
  class: () => choicesClass,
  columns: () => [{ suffix: '', type: 'text[]' }],
  writable: true,
  parse: value => {
    if (value === null || value === undefined) return fits(null)
    if (!Array.isArray(value) || value.some(item => typeof item !== 'string')) return expected('tags')
    if (value.some(item => !isStorable(String(item)))) return misfit('CHARACTER_FORBIDDEN')
    const chosen = [...new Set(value.map(item => String(item).normalize('NFC').replace(/\s+/g, ' ').trim()))].filter(tag => tag !== '')
    if (chosen.length > mostTags) return misfit('VALUES_TOO_MANY', { max: mostTags })
    if (chosen.some(tag => [...tag].length > longestTag)) return misfit('VALUE_TOO_LONG', { max: longestTag })
    return fits(chosen.length > 0 ? chosen : null)
  },
  fromText: (typed, field) => tags.parse(plain(typed).split(/[,;，；、|\n]/), field),
  format: (value, _field, { locale }) => (Array.isArray(value) ? value.join(locale === 'zh-CN' ? '、' : ', ') : ''),
  schema: () => ({ type: 'array', uniqueItems: true, maxItems: mostTags, items: { type: 'string', maxLength: longestTag } }),
  converts: { multiSelect: 'keeps', select: 'parses', text: 'parses' },
  examples: {
    field: {},
    valid: [['red'], ['red', 'blue']],
    invalid: [5, [1], ['x'.repeat(61)], Array.from({ length: 41 }, (_, index) => `tag ${index}`)],
    texts: [
      ['red, blue，red', ['red', 'blue']],
      ['', null],
    ],
  },
})
