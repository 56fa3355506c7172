import { dateTimeClass } from './classes.js'
import { isDate, readDate } from './date-text.js'
import { optionsOf } from './definition.js'
import { fieldType, fits, type Named, type Parsed } from './field.js'
import { formatDateTime } from './reading.js'
import { expected, plain } from './value-text.js'
import { instantOf } from './zone.js'

const iso = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/
const local = /^(\S+?)(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/

/** An instant, kept in UTC to the millisecond (ISO 8601). */
export const dateTime: Named<'dateTime'> = fieldType({
  name: 'dateTime',
  label: { en: 'Date and time', 'zh-CN': '日期时间' },
  group: 'time',
  sample: '2026-11-22 14:05',
  options: optionsOf(),
  class: () => dateTimeClass,
  columns: () => [{ suffix: '', type: 'timestamptz(3)' }],
  writable: true,
  parse: value =>
    value === null || value === undefined || value === '' ? fits(null) : typeof value === 'string' ? instant(value) : expected('dateTime'),
  fromText: (typed, field, { dateFormat, timeZone }) => {
    const wanted = plain(typed)
    if (wanted === '') return fits(null)
    if (iso.test(wanted)) return dateTime.parse(wanted, field)
    const parts = local.exec(wanted)
    const day = parts?.[1] ? readDate(parts[1], dateFormat) : null
    const [hour, minute, second] = [Number(parts?.[2] ?? 0), Number(parts?.[3] ?? 0), Number(parts?.[4] ?? 0)]
    return day === null || hour > 23 || minute > 59 || second > 59
      ? expected('dateTime')
      : fits(instantOf(day, { hour, minute, second }, timeZone))
  },
  format: (value, _field, { locale, timeZone, today }) => formatDateTime(value, locale, timeZone, today),
  schema: () => ({ type: 'string', format: 'date-time' }),
  converts: { date: 'keeps', text: 'parses' },
  examples: {
    field: {},
    valid: ['2024-02-29T23:59:59.999Z', '2026-01-02T03:04:05.678Z'],
    invalid: ['2026-01-02', '2026-13-02T00:00:00Z', 7, '2026-01-02T25:00:00Z', '2023-02-29T00:00:00Z'],
    texts: [
      ['2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05.678Z'],
      ['2026-01-02 08:30', '2026-01-02T00:30:00.000Z'],
      ['', null],
    ],
  },
})

function instant(value: string): Parsed {
  const parts = iso.exec(value)
  if (!parts?.[1] || !isDate(parts[1])) return expected('dateTime')
  const time = new Date(value)
  const year = time.getUTCFullYear()
  return Number.isNaN(time.getTime()) || year < 1 || year > 9999 ? expected('dateTime') : fits(time.toISOString())
}
