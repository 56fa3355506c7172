import { type Issue, issue, joinPath, nearest } from '../errors.js'
import { positionName } from '../model/junctions.js'
import type { ObjectModel } from '../model/model.js'
import { lookup } from '../registry.js'
import { asList, asObject, type Draft, type Linking, type Opening } from './input.js'
import { fieldOfKey } from './values.js'

/** A live link of a record: its id, the record at its other end, its place. */
export interface PresentLink {
  readonly id: string
  readonly target: string
  readonly position: number | null
}

/** What a request wants of one link. */
interface WantedLink {
  readonly target: string
  readonly attributes: Readonly<Record<string, unknown>>
  readonly path: string
  /** The unique field that names the target instead of its id. */
  readonly by: readonly [key: string, value: unknown] | null
}

/** The drafts of links, and what is wrong with what was asked. */
export interface OpenedLinks {
  readonly drafts: readonly Draft[]
  readonly issues: readonly { readonly row: number; readonly issue: Issue }[]
}

/**
 * Opens `link`, `unlink` and `replace` of one record into drafts of its junction. To link what is linked already changes its
 * attributes; to unlink what is not does nothing; `replace` leaves exactly those links, in that order.
 * @param present the live links of the record that the writer may see
 */
export function openLinks(linking: Linking, present: readonly PresentLink[], opening: Opening): OpenedLinks {
  const { through } = linking.child
  const junction = lookup(opening.model.objects, through.junction)
  const [own, other] = [junction?.fields[through.own], junction?.fields[through.other]]
  if (!junction || !own || !other) return { drafts: [], issues: [] }
  const issues: OpenedLinks['issues'][number][] = []
  const isReplaced = linking.deeds.replace !== undefined && linking.deeds.replace !== null
  const wanted = wantedOf(linking, isReplaced)
  const byTarget = new Map(present.map(link => [link.target, link]))
  const last = Math.max(0, ...present.map(({ position }) => position ?? 0))
  const drafts: Draft[] = []
  const placed = { row: linking.row, parent: { field: own, id: linking.parent } }
  wanted.forEach(({ target, attributes, path, by }, index) => {
    const known = by ? undefined : byTarget.get(target)
    const place = through.ordered && (isReplaced || !known) ? { [positionName]: isReplaced ? index + 1 : last + index + 1 } : {}
    const given = {
      ...attributesOf(junction, attributes, path, opening, found => issues.push({ row: linking.row, issue: found })),
      ...place,
    }
    const base = { object: junction, version: null, ...placed, path }
    if (!known)
      drafts.push({
        ...base,
        action: 'create',
        id: opening.newId(),
        given: by ? given : { ...given, [other.key]: target },
        by: by ? [{ field: other, key: by[0], value: by[1] }] : [],
      })
    else if (Object.keys(given).length > 0) drafts.push({ ...base, action: 'update', id: known.id, given, by: [] })
  })
  return { drafts: [...removals(linking, present, wanted, isReplaced, { ...placed, object: junction }), ...drafts], issues }
}

/** The deletions of links: of those that are named, or of all that `replace` leaves out. */
function removals(
  { deeds, path }: Linking,
  present: readonly PresentLink[],
  wanted: readonly WantedLink[],
  isReplaced: boolean,
  placed: Pick<Draft, 'row' | 'parent' | 'object'>,
): Draft[] {
  const kept = new Set(wanted.map(({ target }) => target))
  const unlinked = new Set(asList(deeds.unlink).map(id => String(id).toLowerCase()))
  const gone = present.filter(({ target }) => !kept.has(target) && (isReplaced || unlinked.has(target)))
  const at = `${path}/${isReplaced ? 'replace' : 'unlink'}`
  return gone.map(({ id }): Draft => ({ ...placed, action: 'delete', id, given: {}, by: [], version: null, path: at }))
}

/** The links that a request wants to be there, each target once; what is said last of it holds. */
function wantedOf({ deeds, path }: Linking, isReplaced: boolean): WantedLink[] {
  const from = isReplaced ? (['replace', 'link'] as const) : (['link'] as const)
  const wanted = new Map<string, WantedLink>()
  for (const deed of from) {
    asList(deeds[deed]).forEach((entry, index) => {
      const { id, by, attributes } = asObject(typeof entry === 'string' ? { id: entry } : entry)
      const [[key, value] = ['', undefined]] = Object.entries(asObject(by)).filter(([, given]) => given !== undefined)
      const target = String(id ?? '').toLowerCase()
      const place = id === undefined || id === null ? `${key} ${String(value)}` : target
      const link = {
        target,
        attributes: asObject(attributes),
        path: `${path}/${deed}/${index}`,
        by: key === '' ? null : ([key, value] as const),
      }
      wanted.set(place, link)
    })
  }
  return [...wanted.values()]
}

function attributesOf(
  junction: ObjectModel,
  attributes: Readonly<Record<string, unknown>>,
  path: string,
  opening: Opening,
  complain: (found: Issue) => void,
): Record<string, unknown> {
  const given: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(attributes)) {
    const field = fieldOfKey(junction, key)
    const at = joinPath(path, `attributes/${key}`)
    if (!field || field.system || field.name === junction.junction?.near || field.name === junction.junction?.far)
      complain(issue('INPUT_UNKNOWN', at, { key, suggestion: nearest(key, Object.keys(junction.fields)) ?? '' }))
    else if (!opening.mayWrite(field)) complain(issue('FIELD_NOT_WRITABLE', at, { field: field.label }))
    else given[key] = value
  }
  return given
}
