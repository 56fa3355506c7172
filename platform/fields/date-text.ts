import { plain } from './value-text.js'

/** The orders of year, month and day that files come in. */
export const dateFormats = ['YYYY-MM-DD', 'M/D/YYYY', 'D/M/YYYY', 'D.M.YYYY', 'YYYY年M月D日'] as const
export type DateFormat = (typeof dateFormats)[number]

const patterns: Readonly<Record<DateFormat, readonly [RegExp, readonly [number, number, number]]>> = {
  'YYYY-MM-DD': [/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/, [1, 2, 3]],
  'M/D/YYYY': [/^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/, [3, 1, 2]],
  'D/M/YYYY': [/^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/, [3, 2, 1]],
  'D.M.YYYY': [/^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, [3, 2, 1]],
  YYYY年M月D日: [/^(\d{4})年(\d{1,2})月(\d{1,2})[日号]$/, [1, 2, 3]],
}

/** Whether a text is a day of the calendar written `YYYY-MM-DD`, in the years 1 to 9999. */
export function isDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  return parts !== null && isoDate(Number(parts[1]), Number(parts[2]), Number(parts[3])) === text
}

/** The day as `YYYY-MM-DD`, or null when there is no such day (Gregorian calendar). */
export function isoDate(year: number, month: number, day: number): string | null {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return null
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Reads a day in one format; without one, only in the unmistakable ones. Null when it is none. */
export function readDate(text: string, format?: string): string | null {
  const tried =
    format === undefined
      ? (['YYYY-MM-DD', 'YYYY年M月D日'] as const)
      : dateFormats.filter(known => known === format || known === 'YYYY-MM-DD')
  for (const known of tried) {
    const [pattern, [year, month, day]] = patterns[known]
    const parts = pattern.exec(plain(text))
    if (parts) return isoDate(Number(parts[year]), Number(parts[month]), Number(parts[day]))
  }
  return null
}

/** The format in which every sample is a day, preferring the earlier of `dateFormats`; null when none fits. Empty samples are left out. */
export function recognizeDateFormat(samples: readonly string[]): DateFormat | null {
  const given = samples.map(plain).filter(sample => sample !== '')
  if (given.length === 0) return null
  return dateFormats.find(format => given.every(sample => patterns[format][0].test(sample) && readDate(sample, format) !== null)) ?? null
}

const daysOf = (year: number, month: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
