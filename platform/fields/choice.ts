import { nearest } from '../errors.js'
import { type Locale, labelOf } from '../label.js'
import type { FieldDefinition, OptionDefinition } from './definition.js'
import { fits, type Misfit, type Parsed } from './field.js'
import { expected, isStorable, plain } from './value-text.js'

type Called = (option: OptionDefinition, locale: Locale) => string

const asValue: Called = option => option.value
const asPeopleSay: Called = (option, locale) => labelOf(option.label, locale) || option.value

/** Checks one chosen option; an inactive one is read, but not chosen anew. What it may be instead is named as whoever wrote the value would write it. */
export function optionMisfit(value: string, field: FieldDefinition, called: Called = asValue): Misfit | null {
  const options = field.options ?? []
  const option = options.find(known => known.value === value)
  if (option) return option.inactive ? { code: 'OPTION_INACTIVE', params: { value } } : null
  return {
    code: 'OPTION_UNKNOWN',
    params: { value: isStorable(value) ? value.slice(0, 100) : '', suggestion: suggestion(value, options, called) },
  }
}

/** The option meant by a text: its value or one of its labels, in any case and width. */
export function optionFromText(typed: string, field: FieldDefinition): Parsed {
  const wanted = plain(typed)
  if (wanted === '') return fits(null)
  const word = wanted.toLowerCase()
  const option = (field.options ?? []).find(known => textsOf(known).some(text => plain(text).toLowerCase() === word))
  if (option) return fits(option.value)
  const wrong = optionMisfit(wanted, field, asPeopleSay)
  return wrong ? { misfit: wrong } : expected('text')
}

/** What people call an option. */
export const optionLabel = (field: FieldDefinition, value: string, locale: Locale): string => {
  const option = (field.options ?? []).find(known => known.value === value)
  return option ? labelOf(option.label, locale) || option.value : value
}

/** The option whose value or label is nearest to a text, as people would write it; null when none is near. */
export function nearestOption(typed: string, options: readonly OptionDefinition[]): string | null {
  return nearest(typed, options.flatMap(textsOf))
}

function suggestion(value: string, options: readonly OptionDefinition[], called: Called): { en: string; 'zh-CN': string } {
  const near = nearestOption(value, options)
  if (near) return { en: `Did you mean “${near}”?`, 'zh-CN': `是否指「${near}」？` }
  const known = options.filter(option => !option.inactive).slice(0, 8)
  const names = (locale: Locale) => known.map(option => called(option, locale))
  return { en: `Choose one of: ${names('en').join(', ')}.`, 'zh-CN': `可选：${names('zh-CN').join('、')}。` }
}

const textsOf = (option: OptionDefinition): string[] =>
  [option.value, ...(typeof option.label === 'string' ? [option.label] : [option.label?.en, option.label?.['zh-CN']])].filter(
    text => text !== undefined,
  )
