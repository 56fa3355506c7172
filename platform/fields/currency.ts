import { choiceClass } from './classes.js'
import { optionsOf } from './definition.js'
import { fieldType, fits, type Named } from './field.js'
import { asWritten } from './reading.js'
import { expected, plain } from './value-text.js'

/** A currency by its ISO 4217 code. */
export const currency: Named<'currency'> = fieldType({
  name: 'currency',
  label: { en: 'Currency', 'zh-CN': '币种' },
  group: 'number',
  sample: 'CNY',
  options: optionsOf(),
  class: () => choiceClass,
  columns: () => [{ suffix: '', type: 'text' }],
  writable: true,
  parse: value =>
    value === null || value === undefined || value === ''
      ? fits(null)
      : typeof value === 'string' && codes.has(value)
        ? fits(value)
        : expected('currency'),
  fromText: typed => (plain(typed) === '' ? fits(null) : currency.parse(plain(typed).toUpperCase(), { type: 'currency' })),
  format: asWritten,
  schema: () => ({ type: 'string', enum: [...codes] }),
  converts: { text: 'parses', select: 'parses' },
  examples: {
    field: {},
    valid: ['CNY', 'EUR', 'USD'],
    invalid: ['RMB', 'usd', 1, 'XXX'],
    texts: [
      ['usd', 'USD'],
      ['', null],
    ],
  },
})

/** The codes in use (ISO 4217 list one, without funds and metals). */
export const codes: ReadonlySet<string> = new Set(
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG'.split(
    ' ',
  ),
)
