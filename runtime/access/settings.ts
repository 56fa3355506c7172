import { type Issue, issue } from '@tessera/platform/errors.js'
import { locales } from '@tessera/platform/label.js'
import { isStorable } from './accounts.js'
import { leastPassword } from './password-policy.js'

/** What a workspace is founded with. */
export interface FoundingInput {
  readonly name: string
  readonly locale: string
  readonly timeZone: string
  readonly currency: string
  readonly fiscalYearStart: number
  readonly firstWeekday: number
}

/** How people of a workspace sign in. */
export interface SecuritySettings {
  readonly passwordLeast: number
  /** Minutes. */
  readonly sessionIdle: number
  readonly sessionDays: number
  readonly secondFactor: boolean
  readonly secondFactorRoles: readonly string[]
}

/** What is looked after in a workspace. */
export interface OversightSettings {
  readonly exportAlert: number
  readonly exportAlertSensitive: number
  readonly exportBlock: boolean
  readonly binDays: number
}

/** The settings of a workspace as an admin changes them. */
export type SettingsInput = FoundingInput & SecuritySettings & OversightSettings

const mostRows = 10_000_000

/** All issues of what is to be looked after. */
export const checkOversight = (input: OversightSettings): Issue[] =>
  wrongOf(input, [
    ['exportAlert', isBetween(input.exportAlert, 0, mostRows), `0–${mostRows}`],
    ['exportAlertSensitive', isBetween(input.exportAlertSensitive, 0, mostRows), `0–${mostRows}`],
    ['binDays', isBetween(input.binDays, 1, 3_650), '1–3650'],
  ])

/** All issues of how people of a workspace are to sign in. */
export function checkSecurity(input: SecuritySettings): Issue[] {
  const { passwordLeast, sessionIdle, sessionDays, secondFactorRoles } = input
  const checks: [keyof SecuritySettings, boolean, string][] = [
    ['passwordLeast', isBetween(passwordLeast, leastPassword, 64), `${leastPassword}–64`],
    ['sessionIdle', isBetween(sessionIdle, 5, 129_600), '5–129600'],
    ['sessionDays', isBetween(sessionDays, 1, 365), '1–365'],
    [
      'secondFactorRoles',
      secondFactorRoles.length <= 100 && secondFactorRoles.every(role => /^[a-z][a-zA-Z0-9]{0,39}$/.test(role)),
      'admin, …',
    ],
  ]
  return wrongOf(input, checks)
}

/** All issues of a workspace's settings; none when they can be used. */
export function checkSettings(input: FoundingInput): Issue[] {
  const checks: [keyof FoundingInput, boolean, string][] = [
    ['name', input.name.trim().length > 0 && input.name.length <= 100 && isStorable(input.name), '1–100'],
    ['locale', isLocale(input.locale), locales.join(', ')],
    ['timeZone', isTimeZone(input.timeZone), 'Asia/Shanghai, Europe/Berlin, UTC …'],
    ['currency', Intl.supportedValuesOf('currency').includes(input.currency), 'CNY, EUR, USD …'],
    ['fiscalYearStart', isBetween(input.fiscalYearStart, 1, 12), '1–12'],
    ['firstWeekday', isBetween(input.firstWeekday, 1, 7), '1–7'],
  ]
  return wrongOf(input, checks)
}

const wrongOf = <T>(input: T, checks: readonly [keyof T & string, boolean, string][]): Issue[] =>
  checks.filter(([, fits]) => !fits).map(([path, , expected]) => issue('SETTING_INVALID', path, { value: String(input[path]), expected }))

/** Issues of what a member sets for themselves. */
export function checkProfile(locale: string, timeZone: string): Issue[] {
  return [
    ...(isLocale(locale) ? [] : [issue('SETTING_INVALID', 'locale', { value: locale, expected: locales.join(', ') })]),
    ...(isTimeZone(timeZone)
      ? []
      : [issue('SETTING_INVALID', 'timeZone', { value: timeZone, expected: 'Asia/Shanghai, Europe/Berlin, UTC …' })]),
  ]
}

/** Issues of an e-mail address to sign in with. */
export const checkEmail = (email: string): Issue[] =>
  email.length <= 254 && isStorable(email) && /^[^\s@]+@[^\s@]+$/.test(email.trim())
    ? []
    : [issue('SETTING_INVALID', 'email', { value: email, expected: 'name@example.com' })]

const isLocale = (locale: string) => locales.some(known => known === locale)
const isBetween = (value: number, least: number, most: number) => Number.isInteger(value) && value >= least && value <= most

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone.length > 0
  } catch {
    return false
  }
}
