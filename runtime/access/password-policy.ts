import { type Issue, issue } from '@tessera/platform/errors.js'

/** What a new password must not be guessed from, and how long it has to be. */
export interface PasswordRules {
  readonly least: number
  /** E-mail address, name, workspace: what others know of the person. */
  readonly known: readonly string[]
}

/** The fewest characters where no workspace says more. */
export const leastPassword = 12
/** Longer ones are refused unread: hashing costs by length. */
export const longestPassword = 200
/** What has to be left of a password when everything that is guessed first is taken away. */
const leastLeft = 6

const passwordLabel = { en: 'The password', 'zh-CN': '密码' }

/**
 * Issues of a new password: too short, too long, or made of what is guessed first: the person's own names, common words, rows of keys,
 * runs of letters or digits, one character again and again.
 */
export function checkPassword(password: string, rules: PasswordRules = { least: leastPassword, known: [] }): Issue[] {
  const { length } = [...password]
  if (length < rules.least) return [issue('VALUE_TOO_SHORT', 'password', { field: passwordLabel, min: rules.least })]
  if (length > longestPassword) return [issue('VALUE_TOO_LONG', 'password', { field: passwordLabel, max: longestPassword })]
  const left = [...unguessable(password.toLowerCase(), rules.known)]
  return left.length < leastLeft || new Set(left).size < 4 ? [issue('PASSWORD_GUESSABLE', 'password')] : []
}

const words = [
  ...['password', 'passwort', 'passw0rd', 'p@ssw0rd', 'p@ssword', 'tessera', 'welcome', 'willkommen', 'letmein', 'iloveyou', 'woaini'],
  ...['administrator', 'admin', 'root', 'login', 'secret', 'master', 'monkey', 'dragon', 'sunshine', 'princess', 'football', 'baseball'],
  ...['superman', 'batman', 'shadow', 'michael', 'trustno1', 'changeme', 'default', 'starwars', 'whatever', 'freedom', 'company', 'hello'],
]
const rows = [
  '1234567890',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
]
const runs = ['abcdefghijklmnopqrstuvwxyz', '01234567890', ...rows].flatMap(row => [row, [...row].reverse().join('')])
const leastRun = 4

function unguessable(password: string, known: readonly string[]): string {
  const own = known.flatMap(text => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter(part => [...part].length > 2)
  const without = [...own, ...words].sort((a, b) => b.length - a.length).reduce((left, word) => left.replaceAll(word, ''), password)
  return withoutRuns(without)
    .replace(/(19|20)\d\d/g, '')
    .replace(/(.+?)\1+/gu, '$1')
}

/** Takes away pieces of four and more that stand side by side on a keyboard, in the alphabet or among the digits. */
function withoutRuns(text: string): string {
  let left = ''
  for (let at = 0; at < text.length; ) {
    const length = longestRun(text, at)
    if (length < leastRun) left += text.charAt(at++)
    else at += length
  }
  return left
}

function longestRun(text: string, at: number): number {
  let length = 1
  while (at + length < text.length && runs.some(run => run.includes(text.slice(at, at + length + 1)))) length++
  return length
}
