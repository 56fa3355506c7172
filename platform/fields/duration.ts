import type { Locale } from '../label.js'
import { durationText, longestDuration, secondsOf } from '../rules/durations.js'
import { durationClass } from './classes.js'
import type { FieldDefinition } from './definition.js'
import { optionsOf } from './definition.js'
import { fieldType, fits, misfit, type Named } from './field.js'
import { readNumber } from './number-text.js'
import { expected, plain } from './value-text.js'

/** A span of time in whole seconds (ISO 8601); a day has 24 hours. */
export const duration: Named<'duration'> = fieldType({
  name: 'duration',
  label: { en: 'Duration', 'zh-CN': '时长' },
  group: 'time',
  sample: { en: '1 h 30 min', 'zh-CN': '1小时30分' },
  options: optionsOf('min', 'max', 'unit'),
  class: () => durationClass,
  columns: () => [{ suffix: '', type: 'bigint' }],
  writable: true,
  parse: (value, field) => {
    if (value === null || value === undefined || value === '') return fits(null)
    const seconds = typeof value === 'string' ? secondsOf(value) : null
    if (seconds === null) return expected('duration')
    const [min, max] = [bound(field.min), bound(field.max)]
    if (min !== null && seconds < min) return misfit('VALUE_TOO_SMALL', { min: inBoth(min, field) })
    return max !== null && seconds > max ? misfit('VALUE_TOO_LARGE', { max: inBoth(max, field) }) : fits(durationText(seconds))
  },
  fromText: (typed, field) => {
    if (plain(typed) === '') return fits(null)
    const seconds = readDuration(typed, field)
    return seconds === null || Math.abs(seconds) > longestDuration ? expected('duration') : duration.parse(durationText(seconds), field)
  },
  format: (value, field, { locale }) => {
    const seconds = typeof value === 'string' ? secondsOf(value) : null
    return seconds === null ? '' : inWords(seconds, field, locale)
  },
  schema: () => ({ type: 'string', format: 'duration' }),
  converts: { text: 'parses', integer: 'parses', decimal: 'parses' },
  examples: {
    field: { min: 'PT0S', max: 'P30D' },
    valid: ['PT0S', 'PT90S', 'PT5M', 'PT1H30M', 'PT36H'].map(text => durationText(secondsOf(text) ?? 0)),
    invalid: ['-PT1S', 'P31D', 'P1M', '1:30', 5400, 'PT1.5H'],
    texts: [
      ['1:30', 'PT1H30M'],
      ['90', 'PT1H30M'],
      ['1.5h', 'PT1H30M'],
      ['1 h 30 min', 'PT1H30M'],
      ['1小时30分', 'PT1H30M'],
      ['2天', 'PT48H'],
      ['PT36H', 'PT36H'],
      ['', null],
    ],
  },
})

const lengths = { days: 86_400, hours: 3600, minutes: 60, seconds: 1 } as const
type Unit = keyof typeof lengths

const words: Readonly<Record<Unit, { readonly en: string; readonly 'zh-CN': string; readonly read: RegExp }>> = {
  days: { en: 'd', 'zh-CN': '天', read: /^(?:d|days?|天|日)$/i },
  hours: { en: 'h', 'zh-CN': '小时', read: /^(?:h|hrs?|hours?|小时|时|个小时)$/i },
  minutes: { en: 'min', 'zh-CN': '分', read: /^(?:m|mins?|minutes?|分|分钟)$/i },
  seconds: { en: 's', 'zh-CN': '秒', read: /^(?:s|secs?|seconds?|秒|秒钟)$/i },
}
const units = Object.keys(lengths) as Unit[]

const unitOf = (field: FieldDefinition): Unit => units.find(unit => unit === field.unit) ?? 'minutes'

const bound = (value: unknown): number | null => (value === undefined ? null : secondsOf(String(value)))

/** The seconds of a duration as people write it: `1:30`, `90` (in the field's unit), `1.5h`, `1小时30分`, ISO 8601. Null when it is none. */
function readDuration(typed: string, field: FieldDefinition): number | null {
  const text = plain(typed)
  const iso = secondsOf(text.toUpperCase())
  if (iso !== null) return iso
  const clock = /^(\d{1,9}):([0-5]\d)(?::([0-5]\d))?$/.exec(text)
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3] ?? 0)
  const bare = readNumber(text)
  if (bare !== null && /^-?[\d.,\s]+$/.test(text)) return whole(Number(bare) * lengths[unitOf(field)])
  if (!/^(?:\d+(?:\.\d+)?\s*[^\d\s.,]+\s*)+$/u.test(text)) return null
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)\s*([^\d\s.,]+)/gu)].map(([, count = '', word = '']) => {
    const unit = units.find(known => words[known].read.test(word))
    return unit ? Number(count) * lengths[unit] : Number.NaN
  })
  return whole(parts.reduce((sum, part) => sum + part, 0))
}

const whole = (seconds: number): number | null => (Number.isFinite(seconds) ? Math.round(seconds) : null)

/** `1 h 30 min`, `1小时30分`; days only where the field counts them. */
function inWords(seconds: number, field: FieldDefinition, locale: Locale): string {
  let rest = Math.abs(seconds)
  const shown = units
    .filter(unit => unit !== 'days' || unitOf(field) === 'days')
    .flatMap(unit => {
      const count = Math.floor(rest / lengths[unit])
      rest -= count * lengths[unit]
      return count > 0 ? [locale === 'en' ? `${count} ${words[unit].en}` : `${count}${words[unit]['zh-CN']}`] : []
    })
  const { [unitOf(field)]: unit } = words
  if (shown.length === 0) return locale === 'en' ? `0 ${unit.en}` : `0${unit['zh-CN']}`
  return `${seconds < 0 ? '-' : ''}${shown.join(locale === 'en' ? ' ' : '')}`
}

const inBoth = (seconds: number, field: FieldDefinition) => ({
  en: inWords(seconds, field, 'en'),
  'zh-CN': inWords(seconds, field, 'zh-CN'),
})
