import { narrowDefinitions } from '@tessera/platform/access/narrow-definitions.js'
import type { Profile } from '@tessera/platform/access/profile.js'
import { type Element, elementOf, elementPath } from '@tessera/platform/definitions/index.js'
import { lookup } from '@tessera/platform/registry.js'
import type { KeptEntry } from './search.js'

type Data = KeptEntry['data']
type Value = Readonly<Record<string, unknown>>

/** What a reader of the log sees of definitions. */
export interface Seeing {
  readonly profile: Profile
  /** Paths of the elements that they see, as entries of publishes name them; roles are told to every auditor. */
  readonly elements: ReadonlySet<string>
}

/** What somebody sees of the definitions of a version. */
export function seeingOf(elements: readonly Element[], profile: Profile, roles: readonly string[]): Seeing {
  const shown = narrowDefinitions(elements, profile, roles).flatMap(definition => elementOf(definition) ?? [])
  return { profile, elements: new Set(shown.map(elementPath)) }
}

/** What an entry tells beside, without names of objects, fields and other elements that its reader does not see. */
export function seenData({ kind, object, data }: Pick<KeptEntry, 'kind' | 'object' | 'data'>, seeing: Seeing): Data {
  if (data === null) return null
  if (object !== null) return ofObject(data, object, seeing)
  return seeing.profile.isAdmin ? data : (lookup(redactions, kind)?.(data, seeing) ?? data)
}

const isObject = (value: unknown): value is Value => typeof value === 'object' && value !== null && !Array.isArray(value)
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

/** Of a publish what was changed in sight; its message is a text of an admin for admins. */
const published = ({ message: _, ...data }: Value, { elements }: Seeing): Value => {
  const isSeen = (path: string) => path.startsWith('roles/') || elements.has(path)
  return { ...data, put: texts(data.put).filter(isSeen), removed: texts(data.removed).filter(isSeen) }
}

/** Of a refusal by which door and why; root fields of the records API and paths name objects and fields. */
const refused = (data: Value): Value => ({
  ...data,
  ...(typeof data.what === 'string' && data.what.startsWith('/graphql') ? { what: '/graphql' } : {}),
  issues: texts(data.issues).map(text => text.split(' ')[0]),
})

/** Of a key the objects and fields in sight that it is held to. */
const keyed = (data: Value, seeing: Seeing): Value => {
  const kept = 'issues' in data ? refused(data) : data
  if (!isObject(data.objects)) return kept
  const { objects } = seeing.profile.model
  const seen = Object.entries(data.objects).flatMap(([name, fields]) => {
    const object = lookup(objects, name)
    return object ? [[name, fields === null ? null : texts(fields).filter(field => lookup(object.fields, field))] as const] : []
  })
  return { ...kept, objects: Object.fromEntries(seen) }
}

/** Of a purge how many records of objects in sight. */
const binned = (data: Value, { profile }: Seeing): Value =>
  isObject(data.counts)
    ? { ...data, counts: Object.fromEntries(Object.entries(data.counts).filter(([name]) => lookup(profile.model.objects, name))) }
    : data

const redactions: Readonly<Record<string, (data: Value, seeing: Seeing) => Value>> = {
  metadata: published,
  denial: refused,
  key: keyed,
  bin: binned,
}

function ofObject(data: Value, name: string, { profile }: Seeing): Data {
  const object = lookup(profile.model.objects, name)
  if (!object) return null
  const isSeen = (field: unknown) => lookup(object.fields, String(field).split('.')[0] ?? '') !== undefined
  const seen = Object.entries(data).map(([key, value]): [string, unknown] => {
    if ((key === 'fields' || key === 'sensitive') && Array.isArray(value)) return [key, value.filter(isSeen)]
    return key === 'field' && !isSeen(value) ? [key, null] : [key, value]
  })
  return Object.fromEntries(seen)
}
