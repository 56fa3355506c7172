import { type Issue, issue } from '@tessera/platform/errors.js'
import { locales } from '@tessera/platform/label.js'

/** The settings of a workspace as an admin changes them. */
export interface SettingsInput {
  readonly name: string
  readonly locale: string
  readonly timeZone: string
  readonly currency: string
  readonly fiscalYearStart: number
  readonly firstWeekday: number
}

/** All issues of a workspace's settings; none when they can be used. */
export function checkSettings(input: SettingsInput): Issue[] {
  const checks: [keyof SettingsInput, boolean, string][] = [
    ['name', input.name.trim().length > 0 && input.name.length <= 100, '1–100'],
    ['locale', isLocale(input.locale), locales.join(', ')],
    ['timeZone', isTimeZone(input.timeZone), 'Asia/Shanghai, Europe/Berlin, UTC …'],
    ['currency', Intl.supportedValuesOf('currency').includes(input.currency), 'CNY, EUR, USD …'],
    ['fiscalYearStart', isBetween(input.fiscalYearStart, 1, 12), '1–12'],
    ['firstWeekday', isBetween(input.firstWeekday, 1, 7), '1–7'],
  ]
  return checks
    .filter(([, fits]) => !fits)
    .map(([path, , expected]) => issue('SETTING_INVALID', path, { value: String(input[path]), expected }))
}

/** Issues of what a member sets for themselves. */
export function checkProfile(locale: string, timeZone: string): Issue[] {
  return [
    ...(isLocale(locale) ? [] : [issue('SETTING_INVALID', 'locale', { value: locale, expected: locales.join(', ') })]),
    ...(isTimeZone(timeZone)
      ? []
      : [issue('SETTING_INVALID', 'timeZone', { value: timeZone, expected: 'Asia/Shanghai, Europe/Berlin, UTC …' })]),
  ]
}

/** Issues of a new password. */
export const checkPassword = (password: string): Issue[] =>
  password.length < leastPassword ? [issue('VALUE_TOO_SHORT', 'password', { field: passwordLabel, min: leastPassword })] : []

/** Issues of an e-mail address to sign in with. */
export const checkEmail = (email: string): Issue[] =>
  /^[^\s@]+@[^\s@]+$/.test(email.trim()) ? [] : [issue('SETTING_INVALID', 'email', { value: email, expected: 'name@example.com' })]

const leastPassword = 10
const passwordLabel = { en: 'The password', 'zh-CN': '密码' }

const isLocale = (locale: string) => locales.some(known => known === locale)
const isBetween = (value: number, least: number, most: number) => Number.isInteger(value) && value >= least && value <= most

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone.length > 0
  } catch {
    return false
  }
}
