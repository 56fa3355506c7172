import { formatDateTime } from '@tessera/platform/fields/reading.js'
import type { Label } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import { useApp, useLabel } from '../api/app.js'
import { useMembers } from '../api/records.js'
import type { AuditEntry } from './audit.js'
import { useTexts } from './oversight-texts.js'

/** Ids that lead nowhere in the app; whoever needs them asks the API. */
const unnamed = new Set(['key', 'assignment', 'deletion', 'invitation', 'owner', 'start'])
/** Values that are words of ours. */
const worded = new Set(['method', 'reason', 'why', 'kind', 'as', 'level'])
const people = new Set(['member', 'seenAs', 'members', 'membersBefore', 'with'])
const instants = new Set(['from', 'until', 'expiresAt'])
const roles = new Set(['role', 'roles', 'secondFactorRoles'])
const fields = new Set(['field', 'fields', 'sensitive'])
const elements = new Set(['put', 'removed'])

/** One thing that an entry tells beside, in the words of who reads it. */
export interface Told {
  readonly name: string
  readonly value: string
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isNothing = (value: unknown) => value === null || value === undefined || (Array.isArray(value) && value.length === 0)

/** Gives what an entry tells beside: named and worded in the language of who reads it. */
export function useTold(): (entry: AuditEntry) => readonly Told[] {
  const { t } = useTexts()
  const wordOf = useWords()
  const nameOf = (key: string) => t(`audit.data.${key}`, { defaultValue: key })
  return ({ object, data }) =>
    Object.entries(data ?? {}).flatMap(([key, value]): Told[] => {
      if (isNothing(value) || unnamed.has(key) || key === 'after') return []
      if (key === 'before' && isObject(value)) return changed(value, isObject(data?.after) ? data.after : {}, wordOf, nameOf)
      if (isObject(value) && key === 'inDay')
        return Object.entries(value).map(([part, count]) => ({ name: nameOf(`inDay.${part}`), value: wordOf(part, count, object) }))
      return [{ name: nameOf(key), value: wordOf(key, value, object) }]
    })
}

type WordOf = (key: string, value: unknown, object: string | null) => string

/** Settings as they were and are. */
const changed = (
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  wordOf: WordOf,
  nameOf: (key: string) => string,
): Told[] =>
  Object.keys({ ...before, ...after }).map(key => ({
    name: nameOf(`setting.${key}`),
    value: `${wordOf(key, before[key], null)} → ${wordOf(key, after[key], null)}`,
  }))

/** How values of entries are written. */
function useWords(): WordOf {
  const { t } = useTexts()
  const { model, locale, timeZone } = useApp()
  const label = useLabel()
  const { data: members = [] } = useMembers()
  const labelled = (name: string, text: Label | undefined) => (text === undefined ? name : label(text))
  const one = (key: string, value: unknown, object: string | null): string => {
    if (isNothing(value)) return '—'
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
    if (worded.has(key)) return t(`audit.word.${text}`, { defaultValue: text })
    if (people.has(key)) return members.find(({ id }) => id === text)?.name ?? text
    if (instants.has(key)) return formatDateTime(text, locale, timeZone)
    if (roles.has(key)) return labelled(text, lookup(model.roles, text)?.definition.label)
    if (fields.has(key)) return labelled(text, lookup(lookup(model.objects, object ?? '')?.fields ?? {}, text)?.label)
    if (elements.has(key)) return elementText(text)
    return typeof value === 'number' ? value.toLocaleString(locale) : text
  }
  const elementText = (path: string): string => {
    const [folder = '', name = ''] = path.split('/')
    if (folder === 'objects') return labelled(path, lookup(model.objects, name)?.label)
    return folder === 'roles' ? labelled(path, lookup(model.roles, name)?.definition.label) : path
  }
  const ofObjects = (value: Readonly<Record<string, unknown>>): string =>
    Object.entries(value)
      .map(
        ([name, held]) =>
          `${labelled(name, lookup(model.objects, name)?.label)}${isNothing(held) ? '' : `: ${words('fields', held, name)}`}`,
      )
      .join('; ')
  const words: WordOf = (key, value, object) => {
    if (Array.isArray(value)) return value.length === 0 ? '—' : value.map(each => one(key, each, object)).join(', ')
    return isObject(value) && (key === 'objects' || key === 'counts') ? ofObjects(value) : one(key, value, object)
  }
  return words
}
