import type { FieldDefinition } from './definition.js'

/** Of which fields an automatic number may be made: `code`, or `group.code` of a record that is pointed at. */
export type PartText = (path: string) => string

const token = /\{(YYYY|YY|MM|DD|seq(?::\d{1,2})?|[a-z][a-zA-Z0-9]*(?:\.[a-z][a-zA-Z0-9]*)?)\}/g
const usual = '{seq:5}'

const tokensOf = (format: string | undefined): string[] => [...(format ?? usual).matchAll(token)].map(match => match[1] ?? '')

/** The fields that a format names, each once: `code`, `group.code`. */
export const partsOf = (format: string | undefined): readonly string[] => [
  ...new Set(tokensOf(format).filter(part => !isSequence(part) && !/^(?:YYYY|YY|MM|DD)$/.test(part))),
]

/** How many digits a drawn number has at least in a format that names it once; null for any other format. */
export function digitsOf(format: string | undefined): number | null {
  const [only, ...others] = tokensOf(format).filter(part => isSequence(part))
  return only !== undefined && others.length === 0 ? Number(only.slice(4) || 0) : null
}

const isSequence = (part: string): boolean => /^seq(?::\d{1,2})?$/.test(part)

/**
 * The text of a drawn number.
 * @param number what stands there instead of a number is written as it is
 * @param format such as `OPP-{YYYY}{MM}-{seq:5}` or `{code}-{seq}`; `{seq:5}` is the number with at least five digits
 * @param day today, `YYYY-MM-DD`, in the workspace's zone
 * @param part the text of a field that the format names
 */
export const numberText = (format: string | undefined, number: bigint | number | string, day: string, part: PartText = () => ''): string =>
  (format ?? usual).replace(token, (_, name: string) => {
    if (isSequence(name)) return String(number).padStart(Number(name.slice(4) || 0), '0')
    return dayPart(name, day) ?? part(name)
  })

const dayPart = (name: string, day: string): string | null =>
  ({ YYYY: day.slice(0, 4), YY: day.slice(2, 4), MM: day.slice(5, 7), DD: day.slice(8, 10) })[name] ?? null

/** How much of a day each scope of numbers goes by. */
const lengths: Readonly<Record<string, number>> = { year: 4, month: 7, day: 10 }

/**
 * Which numbers of a field are counted together: those of a year, a month, a day, a value; empty when all are.
 * @param day today, `YYYY-MM-DD`, in the workspace's zone
 */
export function scopeOf({ reset = 'never', per }: FieldDefinition, day: string, part: PartText): string {
  const time = day.slice(0, lengths[String(reset)] ?? 0)
  return per === undefined ? time : `${time}=${part(per)}`
}

/** What a format lacks so that numbers which begin anew do not come twice, such as `{YYYY}`; empty when it has all. */
export function missingParts({ format, reset = 'never', per }: FieldDefinition): string {
  const has = new Set(tokensOf(format))
  const hasYear = has.has('YYYY') || has.has('YY')
  const wanted = [
    ...(reset !== 'never' && !hasYear ? ['{YYYY}'] : []),
    ...((reset === 'month' || reset === 'day') && !has.has('MM') ? ['{MM}'] : []),
    ...(reset === 'day' && !has.has('DD') ? ['{DD}'] : []),
    ...(per !== undefined && !has.has(per) ? [`{${per}}`] : []),
  ]
  return wanted.join('')
}
