import { timeOfDay } from '../rules/durations.js'
import { timeClass } from './classes.js'
import { optionsOf } from './definition.js'
import { fieldType, fits, misfit, type Named } from './field.js'
import { expected, plain } from './value-text.js'

/** A time of day, to the second, without a zone. */
export const time: Named<'time'> = fieldType({
  name: 'time',
  label: { en: 'Time', 'zh-CN': '时间' },
  group: 'time',
  sample: '14:05',
  options: optionsOf('min', 'max'),
  class: () => timeClass,
  columns: () => [{ suffix: '', type: 'time(0) without time zone' }],
  writable: true,
  parse: (value, field) => {
    if (value === null || value === undefined || value === '') return fits(null)
    const read = typeof value === 'string' ? timeOfDay(value) : null
    if (read === null) return expected('time')
    const [min, max] = [bound(field.min), bound(field.max)]
    if (min !== null && read < min) return misfit('VALUE_TOO_SMALL', { min: short(min) })
    return max !== null && read > max ? misfit('VALUE_TOO_LARGE', { max: short(max) }) : fits(read)
  },
  fromText: (typed, field) => {
    if (plain(typed) === '') return fits(null)
    const read = readTime(typed)
    return read === null ? expected('time') : time.parse(read, field)
  },
  format: value => (typeof value === 'string' ? short(value) : ''),
  schema: () => ({ type: 'string', format: 'time' }),
  converts: { text: 'parses' },
  examples: {
    field: { min: '06:00' },
    valid: ['06:00:00', '09:05:30', '23:59:59'],
    invalid: ['24:00:00', '05:59:59', '9:05', 930, 'noon'],
    texts: [
      ['9:05', '09:05:00'],
      ['3:30 pm', '15:30:00'],
      ['下午3点半', '15:30:00'],
      ['１４：０５', '14:05:00'],
      ['', null],
    ],
  },
})

const bound = (value: unknown): string | null => (value === undefined ? null : timeOfDay(String(value)))

/** Without seconds where there are none. */
const short = (value: string): string => value.replace(/^(\d\d:\d\d):00$/, '$1')

const spoken = /^(上午|早上|凌晨|下午|晚上|中午)?\s*(\d{1,2})(?:[:.点时](\d{1,2})?(半)?分?(?::?(\d{2})秒?)?)?\s*([ap])?\.?(?:m\.?)?$/i

/** Reads a time as people write it: `9:05`, `3:30 pm`, `下午3点半`, `14.30`. Null when it is none. */
export function readTime(typed: string): string | null {
  const found = spoken.exec(plain(typed))
  if (!found) return null
  const [, part = '', hour = '', minute, half, second, letter] = found
  if (!part && !letter && minute === undefined && half === undefined && !/[:点时]$/.test(plain(typed))) return null
  const isLate = part === '下午' || part === '晚上' || letter?.toLowerCase() === 'p' || (part === '中午' && Number(hour) < 11)
  const isEarly = part === '上午' || part === '早上' || part === '凌晨' || letter?.toLowerCase() === 'a'
  const count = isLate && Number(hour) < 12 ? Number(hour) + 12 : isEarly && Number(hour) === 12 ? 0 : Number(hour)
  const two = (digits: number | string): string => String(digits).padStart(2, '0')
  return timeOfDay(`${two(count)}:${half ? '30' : two(minute ?? 0)}:${two(second ?? 0)}`)
}
