import { geoPointClass } from './classes.js'
import { optionsOf } from './definition.js'
import { fieldType, fits, type Named } from './field.js'
import { parseDecimal } from './number-text.js'
import { isRecord } from './parts.js'
import { expected, plain } from './value-text.js'

/** A place on earth in degrees (WGS 84), to seven decimals: about a centimetre. */
export const geoPoint: Named<'geoPoint'> = fieldType({
  name: 'geoPoint',
  label: { en: 'Place on the map', 'zh-CN': '坐标' },
  group: 'people',
  sample: '39.9042, 116.4074',
  options: optionsOf(),
  class: () => geoPointClass,
  columns: () => [{ suffix: '', type: 'jsonb' }],
  writable: true,
  parse: value => {
    if (value === null || value === undefined) return fits(null)
    if (!isRecord(value) || Object.keys(value).some(part => part !== 'latitude' && part !== 'longitude')) return expected('geoPoint')
    const [latitude, longitude] = [degrees(value.latitude, 90), degrees(value.longitude, 180)]
    return latitude === null || longitude === null ? expected('geoPoint') : fits({ latitude, longitude })
  },
  fromText: (typed, field) => {
    const text = plain(typed)
    if (text === '') return fits(null)
    const [latitude, longitude, ...more] = text.split(/\s*[,，;\s]\s*/)
    return more.length > 0 ? expected('geoPoint') : geoPoint.parse({ latitude, longitude }, field)
  },
  format: value => (isRecord(value) ? `${String(value.latitude)}, ${String(value.longitude)}` : ''),
  schema: () => ({
    type: 'object',
    additionalProperties: false,
    properties: { latitude: { type: 'string' }, longitude: { type: 'string' } },
  }),
  converts: { text: 'parses' },
  examples: {
    field: {},
    valid: [
      { latitude: '31.2304', longitude: '121.4737' },
      { latitude: '39.9042', longitude: '116.4074' },
    ],
    invalid: [
      { latitude: '91', longitude: '0' },
      { latitude: '1' },
      { latitude: 'north', longitude: '0' },
      '39.9, 116.4',
      { latitude: '0', longitude: '-180.1' },
    ],
    texts: [
      ['39.9042, 116.4074', { latitude: '39.9042', longitude: '116.4074' }],
      ['39.9042，116.4074', { latitude: '39.9042', longitude: '116.4074' }],
      ['', null],
    ],
  },
})

/** Degrees as a decimal of at most seven decimals, rounded; null when they are none or beyond the limit. */
function degrees(value: unknown, limit: number): string | null {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value).replace(/^([+-]?\d+\.\d{7})\d+$/, '$1') : ''
  const parsed = text === '' ? null : parseDecimal(text, { type: 'decimal', min: -limit, max: limit }, { precision: 10, scale: 7 })
  return parsed !== null && 'value' in parsed && parsed.value !== null ? String(parsed.value) : null
}
