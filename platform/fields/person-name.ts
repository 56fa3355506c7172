import type { Locale } from '../label.js'
import { nameParts, personNameClass } from './classes.js'
import { optionsOf } from './definition.js'
import { fieldType, type Named } from './field.js'
import { isHan, type Parts, parseParts, partsIn, partsSchema } from './parts.js'
import { expected, plain } from './value-text.js'

/** A person's name in its parts; which comes first is a matter of the reader and the script. */
export const personName: Named<'personName'> = fieldType({
  name: 'personName',
  label: { en: "Person's name", 'zh-CN': '姓名' },
  group: 'people',
  sample: { en: 'Jing Ouyang', 'zh-CN': '欧阳静' },
  options: optionsOf(),
  class: () => personNameClass,
  columns: () => [{ suffix: '', type: 'jsonb' }],
  writable: true,
  parse: value => parseParts(value, nameParts, expected('personName')),
  fromText: (typed, field) => personName.parse(readName(plain(typed)), field),
  format: (value, _field, { locale }) => nameText(value, locale),
  schema: () => partsSchema(nameParts),
  converts: { text: 'parses' },
  examples: {
    field: {},
    valid: [named('Hopper', 'Grace', { middle: 'Brewster' }), named('Turing', 'Alan')],
    invalid: ['Grace Hopper', { surname: 'Hopper' }, { family: 5 }, { given: 'x'.repeat(201) }, ['x']],
    texts: [
      ['欧阳静', named('欧阳', '静')],
      ['李婉清', named('李', '婉清')],
      ['Grace Brewster Hopper', named('Hopper', 'Grace', { middle: 'Brewster' })],
      ['Turing, Alan', named('Turing', 'Alan')],
      ['', null],
    ],
  },
})

function named(family: string | null, given: string | null, rest: Parts = {}): Parts {
  return { ...Object.fromEntries(nameParts.map(part => [part, null])), ...rest, family, given }
}

/** Family names of two characters that are common enough to be told from a family name of one (as lists of compound surnames have them). */
const compound = new Set(
  '欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 司徒 夏侯 宇文 长孙 端木 独孤 南宫 百里 呼延 轩辕 申屠 太史'.split(' '),
)

/** The parts of a name as people write it: `李婉清`, `Grace Hopper`, `Hopper, Grace`. */
function readName(text: string): Parts | null {
  if (text === '') return null
  if (isHan(text) && !/\s/.test(text)) {
    const letters = [...text]
    const length = letters.length > 2 && compound.has(letters.slice(0, 2).join('')) ? 2 : 1
    return named(letters.slice(0, length).join(''), letters.slice(length).join('') || null)
  }
  const [family = '', given] = text.split(/\s*[,，]\s*/, 2)
  if (given !== undefined) return named(family || null, given || null)
  const words = text.split(/\s+/)
  if (words.length === 1) return named(null, text)
  return named(words.at(-1) ?? null, words[0] ?? null, { middle: words.slice(1, -1).join(' ') || null })
}

/** A Chinese name stays as it is written, family first; others begin with the family name for Chinese readers only. */
function nameText(value: unknown, locale: Locale): string {
  const whole = partsIn(value, ['family', 'given'])
  if (whole.length > 0 && whole.every(isHan))
    return [...partsIn(value, ['family', 'middle', 'given']), ...partsIn(value, ['prefix', 'suffix'])].join('')
  return partsIn(
    value,
    locale === 'zh-CN' ? ['prefix', 'family', 'given', 'middle', 'suffix'] : ['prefix', 'given', 'middle', 'family', 'suffix'],
  ).join(' ')
}
