import { dateClass } from './classes.js'
import { isDate, readDate } from './date-text.js'
import { optionsOf } from './definition.js'
import { fieldType, fits, misfit, type Named } from './field.js'
import { formatDate } from './reading.js'
import { expected } from './value-text.js'

/** A day of the calendar, without a zone. */
export const date: Named<'date'> = fieldType({
  name: 'date',
  label: { en: 'Date', 'zh-CN': '日期' },
  group: 'time',
  sample: '2026-11-22',
  options: optionsOf('min', 'max'),
  class: () => dateClass,
  columns: () => [{ suffix: '', type: 'date' }],
  writable: true,
  parse: (value, field) => {
    if (value === null || value === undefined || value === '') return fits(null)
    if (typeof value !== 'string' || !isDate(value)) return expected('date')
    if (field.min !== undefined && value < String(field.min)) return misfit('VALUE_TOO_SMALL', { min: String(field.min) })
    if (field.max !== undefined && value > String(field.max)) return misfit('VALUE_TOO_LARGE', { max: String(field.max) })
    return fits(value)
  },
  fromText: (typed, field, { dateFormat }) => {
    if (typed.trim() === '') return fits(null)
    const day = readDate(typed, dateFormat)
    return day === null ? expected('date') : date.parse(day, field)
  },
  format: (value, _field, { locale }) => formatDate(value, locale),
  schema: () => ({ type: 'string', format: 'date' }),
  converts: { dateTime: 'keeps', text: 'parses' },
  examples: {
    field: { min: '1900-01-01' },
    valid: ['1900-01-01', '2024-02-29', '2026-11-22'],
    invalid: ['2023-02-29', '1899-12-31', '22.11.2026', 5, '2026-11-22T00:00:00Z'],
    texts: [
      ['2026/1/5', '2026-01-05'],
      ['2026年1月5日', '2026-01-05'],
      ['', null],
    ],
  },
})
