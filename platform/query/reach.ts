import { type AccessLevel, type GroupKind, groupKinds, groupOf, type RecordAccessDefinition } from '../definitions/record-access.js'
import type { ObjectModel } from '../model/model.js'
import { onceFor } from '../once-for.js'
import { any, literal, name, nothing, Slot, type Sql, sql, workspaceTable } from '../sql/sql.js'

/** A group that a member stands in, or, of a tree, one below it. */
export interface ReachedGroup {
  readonly id: string
  readonly kind: GroupKind
  readonly name: string
}

/** How far a member reaches by where they stand; values of parameters, never part of a statement. */
export interface Reach {
  /** The members in positions below theirs. */
  readonly below: readonly string[]
  readonly groups: readonly ReachedGroup[]
  /** The members of every group, by `kind name`. */
  readonly members: ReadonlyMap<string, readonly string[]>
}

/** Of somebody who stands in no group. */
export const noReach: Reach = { below: [], groups: [], members: new Map() }

/** The members whose records somebody reaches at a level: themselves, those below them, and those that owner rules give. */
export function ownersOf(member: string | null, access: RecordAccessDefinition, level: AccessLevel, reach: Reach): readonly string[] {
  const isIn = ({ kind, name: wanted }: ReturnType<typeof groupOf>) =>
    reach.groups.some(group => group.kind === kind && group.name === wanted)
  const given = (access.rules ?? [])
    .filter(rule => (level === 'read' || rule.level === 'edit') && isIn(groupOf(rule.to)))
    .flatMap(({ of }) => reach.members.get(`${groupOf(of).kind} ${groupOf(of).name}`) ?? [])
  return [...new Set([...(member === null ? [] : [member]), ...(access.positions === false ? [] : reach.below), ...given])]
}

/** The names of the groups of a kind that somebody stands in. */
export const groupNames = (kind: GroupKind, reach: Reach): readonly string[] =>
  reach.groups.filter(group => group.kind === kind).map(group => group.name)

/** The fields of an object that name a group, each with its kind. */
export const groupFields = ({ definition, fields }: ObjectModel) =>
  Object.entries(definition.access?.groups ?? {}).flatMap(([field, kind]) => {
    const model = Object.hasOwn(fields, field) ? fields[field] : undefined
    return model ? [{ field: model, kind }] : []
  })

const reachIn = (context: Readonly<Record<string, unknown>>): Reach => (context.reach as Reach | undefined) ?? noReach

// one slot for each thing that is asked of who asks: a statement that names it at many places sends it once

const owners = (access: RecordAccessDefinition, level: AccessLevel): Slot =>
  new Slot(env => ownersOf((env.context.member as string | null | undefined) ?? null, access, level, reachIn(env.context)))
const ownersBelow = owners({ default: 'private' }, 'edit')
const ownerAlone = owners({ default: 'private', positions: false }, 'edit')
const ownersByRules = onceFor((access: RecordAccessDefinition) => ({ read: owners(access, 'read'), edit: owners(access, 'edit') }))

const ownersIn = (access: RecordAccessDefinition, level: AccessLevel): Slot =>
  (access.rules ?? []).length > 0 ? ownersByRules(access)[level] : access.positions === false ? ownerAlone : ownersBelow

const groups = Object.fromEntries(groupKinds.map(kind => [kind, new Slot(env => groupNames(kind, reachIn(env.context)))])) as Readonly<
  Record<GroupKind, Slot>
>

const grantees = new Slot(env => [
  ...(typeof env.context.member === 'string' ? [env.context.member] : []),
  ...reachIn(env.context).groups.map(group => group.id),
])

/** The condition that a record is within somebody's reach: by its owner, by a group that it names, or without an owner in the pool. */
export function reachSql(object: ObjectModel, alias: string, level: AccessLevel): Sql {
  const { access } = object.definition
  const owner = object.fields.owner?.columns[0]
  if (!access) return sql`true`
  return any([
    ...(owner ? [sql`${name(alias, owner.name)} = any(${ownersIn(access, level)}::uuid[])`] : []),
    ...groupFields(object).map(({ field, kind }) => sql`${name(alias, field.columns[0]?.name ?? '')} = any(${groups[kind]}::text[])`),
    ...(owner && access.pool && level === 'read' ? [sql`${name(alias, owner.name)} is null`] : []),
  ])
}

/** Shares of one record as they were: without those that were given since, with those that were taken back since. */
export interface EarlierShares {
  /** The id of the record. */
  readonly record: Sql
  /** Ids of shares, `uuid[]`. */
  readonly given: Sql
  /** Shares, as JSON with `grantee` and `level` of each. */
  readonly taken: Sql
}

/**
 * The condition that a record is shared with somebody, or with a group of theirs. The shares are looked up once for a statement.
 * @param earlier where it is asked how that was before some shares changed
 */
export function sharedSql(object: ObjectModel, alias: string, level: AccessLevel, earlier?: EarlierShares): Sql {
  const least = level === 'edit' ? sql` and s.level = 'edit'` : nothing
  const sinceThen = earlier ? sql` and s.id <> all(${earlier.given})` : nothing
  const now = sql`${name(alias, 'id')} = any(array(select s.record from ${workspaceTable('_share')} s where s.grantee = any(${grantees}::uuid[]) and s.object = ${literal(object.table)}${least} and (s.expires_at is null or s.expires_at > now())${sinceThen}))`
  if (!earlier) return now
  const was = sql`${name(alias, 'id')} = ${earlier.record} and exists (select from jsonb_to_recordset(${earlier.taken}) s(grantee uuid, level text) where s.grantee = any(${grantees}::uuid[])${least})`
  return any([now, was])
}
