import type { Label } from '../label.js'
import { textClass } from './classes.js'
import { optionsOf } from './definition.js'
import { type FieldExamples, fieldType, fits, type Named, type Parsed } from './field.js'
import { asWritten } from './reading.js'
import { parseText, plain } from './value-text.js'

/** What tells one type of formatted texts from another. */
interface Form<N extends string> {
  readonly name: N
  readonly label: Label
  readonly sample: string
  /** The one form in which a text is kept, or why it has none. */
  readonly normal: (text: string) => Parsed
  readonly examples: FieldExamples
}

/** A type of texts that are kept in one normal form: an e-mail address, a phone number, a web address. */
export function formattedText<N extends string>({ name, label, sample, normal, examples }: Form<N>): Named<N> {
  const parse: Named<N>['parse'] = (value, field) => {
    const parsed = parseText(value, field, 500)
    return 'misfit' in parsed || parsed.value === null ? parsed : normal(String(parsed.value))
  }
  return fieldType({
    name,
    label,
    group: 'text',
    sample,
    options: optionsOf('maxLength'),
    class: () => textClass,
    columns: () => [{ suffix: '', type: 'text' }],
    writable: true,
    parse,
    fromText: (typed, field) => (plain(typed) === '' ? fits(null) : parse(plain(typed), field)),
    format: asWritten,
    schema: field => ({ type: 'string', maxLength: field.maxLength ?? 500 }),
    converts: { text: 'parses' },
    examples,
  })
}
