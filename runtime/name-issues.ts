import { type Issue, issue } from '@tessera/platform/errors.js'
import { isStorable } from './access/accounts.js'

/** What is wrong with a name that a member gives to something of theirs. */
export const nameIssues = (name: string, max: number): Issue[] => [
  ...(name === '' ? [issue('VALUE_REQUIRED', 'name', { field: { en: 'Name', 'zh-CN': '名称' } })] : []),
  ...(name.length > max ? [issue('VALUE_TOO_LONG', 'name', { field: 'name', max })] : []),
  ...(isStorable(name)
    ? []
    : [issue('INPUT_INVALID', 'name', { problem: { en: 'A name is made of visible signs.', 'zh-CN': '名称只能含可见字符。' } })]),
]
