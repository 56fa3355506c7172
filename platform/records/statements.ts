import type { ObjectModel } from '../model/model.js'
import { onceFor } from '../once-for.js'
import { columnType } from '../sql/column-type.js'
import { flat, join, name, nothing, param, type Sql, sql, workspaceTable } from '../sql/sql.js'
import { binStatements } from './bin.js'
import { type Change, type Circumstance, type Deed, historyOf } from './change.js'
import { stateStatement } from './state-history.js'
import { type StoredColumn, storedColumns, storedValue, type Values } from './values.js'
import type { WriteStatement } from './write-statement.js'

/**
 * The set-wise statements that write changes: records in their order, then history and changes of states, then the outbox.
 * @param newId ids of history and outbox rows
 * @param shown the id of a record whose statement gives back all columns of its row, where it is written by itself
 */
export function writeStatements(
  changes: readonly Change[],
  circumstance: Circumstance,
  newId: () => string,
  shown: string | null = null,
): WriteStatement[] {
  if (changes.length === 0) return []
  const asked = changes.filter(change => !change.isComputed)
  const states = stateStatement(changes, circumstance, newId)
  return [
    ...recordStatements(changes, circumstance, shown),
    ...(asked.length > 0 ? [historyStatement(asked, circumstance, newId)] : []),
    ...(states ? [states] : []),
    ...binStatements(changes, circumstance, newId),
    outboxStatement(changes, circumstance, newId),
  ]
}

/** The statements that write records alone, without history and events. */
export function recordStatements(changes: readonly Change[], circumstance: Circumstance, shown: string | null = null): WriteStatement[] {
  const groups: Change[][] = []
  for (const change of changes) {
    const last = groups.at(-1)
    if (last?.[0] && shapeOf(last[0]) === shapeOf(change)) last.push(change)
    else groups.push([change])
  }
  return groups.map((group, index) => statementOf(group, circumstance, index, shown))
}

const shapeOf = (change: Change): string =>
  `${change.object.name} ${change.deed} ${change.isComputed ?? false} ${change.deed === 'created' ? '' : [...change.changed].sort().join()}`

function statementOf(group: readonly Change[], circumstance: Circumstance, index: number, shown: string | null): WriteStatement {
  const [first] = group
  if (!first) throw new Error('An empty group')
  return { name: `record${index}`, expects: group.length, sql: byDeed[first.deed](group, first, circumstance, shown) }
}

/** What a statement for one record gives back: its columns where it is to be shown, else that it was there. */
const returned = ({ object, id }: Change, shown: string | null): Sql => (id === shown ? allColumns(object) : sql`"id"`)

const allColumns = onceFor((object: ObjectModel) => flat(join(storedColumns(object).map(column => name(column.name)))))

const byDeed: Readonly<Record<Deed, (group: readonly Change[], first: Change, circumstance: Circumstance, shown: string | null) => Sql>> = {
  created: insert,
  updated: update,
  deleted: update,
  restored: update,
}

/** A value as a parameter in its column's own type. */
function typed({ field, key, type }: StoredColumn, value: unknown): Sql {
  const stored = storedValue(field, key, value)
  return sql`${param(type === 'jsonb' && stored !== null ? JSON.stringify(stored) : stored)}::${columnType(type)}`
}

/** New records: one by its values, so that nothing has to be read out of JSON; several as one row of JSON each, read in the columns' own types. */
function insert(group: readonly Change[], first: Change, { member, now }: Circumstance, shown: string | null): Sql {
  const { object } = first
  const columns = storedColumns(object).filter(column => !generated.has(column.key))
  const used = columns.filter(column => column.key === 'id' || group.some(change => (change.after[column.key] ?? null) !== null))
  const into = sql`insert into ${workspaceTable(object.table)} (${join(used.map(column => name(column.name)))}, "version", "created_at", "updated_at", "created_by_id", "updated_by_id")`
  const made = sql`1, ${now}::timestamptz, ${now}::timestamptz, ${member}::uuid, ${member}::uuid`
  if (group.length === 1) {
    const values = used.map(column => typed(column, column.key === 'id' ? first.id : first.after[column.key]))
    return sql`${into} values (${join(values)}, ${made}) returning ${returned(first, shown)}`
  }
  const rows = JSON.stringify(
    group.map(({ id, after }) => columnValues(used, {}, ({ key, field }) => (key === 'id' ? id : storedValue(field, key, after[key])))),
  )
  return sql`${into}
    select ${join(used.map((_, index) => name('x', `c${index}`)))}, ${made}
    from json_to_recordset(${rows}::json) as x(${join(used.map((column, index) => sql`${name(`c${index}`)} ${columnType(column.type)}`))}) returning "id"`
}

/** A row of JSON with the values of columns by their places. */
function columnValues(columns: readonly StoredColumn[], row: Record<string, unknown>, read: (column: StoredColumn) => unknown): Values {
  columns.forEach((column, index) => {
    row[`c${index}`] = read(column)
  })
  return row
}

const generated = new Set(['version', 'createdAt', 'updatedAt', 'createdBy', 'createdById', 'updatedById', 'deletedAt'])

/**
 * Changed values of records that have the version they were read with; who only follows keeps who edited it last.
 * The ids stand beside the rows, because a planner does not know how many rows JSON has, and for a hundred it would read a small table whole.
 */
function update(group: readonly Change[], first: Change, { member, now }: Circumstance, shown: string | null): Sql {
  const { object, changed, deed, isComputed } = first
  const columns = storedColumns(object).filter(column => changed.includes(column.key))
  const beside = [
    sql`"version" = t."version" + 1`,
    ...(isComputed ? [] : [sql`"updated_at" = ${now}::timestamptz`, sql`"updated_by_id" = ${member}::uuid`]),
    ...(deed === 'deleted' ? [sql`"deleted_at" = ${now}::timestamptz`] : deed === 'restored' ? [sql`"deleted_at" = null`] : []),
  ]
  if (group.length === 1) {
    const set = columns.map(column => sql`${name(column.name)} = ${typed(column, first.after[column.key])}`)
    return sql`update ${workspaceTable(object.table)} t set ${join([...set, ...beside])}
      where t."id" = ${first.id}::uuid and t."version" = ${first.version - 1}::integer returning ${returned(first, shown)}`
  }
  const rows = JSON.stringify(
    group.map(({ id, version, after }) =>
      columnValues(columns, { id, v: version - 1 }, ({ key, field }) => storedValue(field, key, after[key])),
    ),
  )
  const set = join([...columns.map((column, index) => sql`${name(column.name)} = ${name('x', `c${index}`)}`), ...beside])
  return sql`update ${workspaceTable(object.table)} t set ${set}
    from json_to_recordset(${rows}::json) as x("id" uuid, "v" integer${columns.length > 0 ? sql`, ` : nothing}${join(columns.map((column, index) => sql`${name(`c${index}`)} ${columnType(column.type)}`))})
    where t."id" = any(${param(group.map(({ id }) => id))}::uuid[]) and t."id" = x."id" and t."version" = x."v" returning t."id"`
}

function historyStatement(changes: readonly Change[], { member, now, channel, cause }: Circumstance, newId: () => string): WriteStatement {
  const all = changes.map(change => ({
    id: newId(),
    object: change.object.name,
    record: change.id,
    version: change.version,
    action: change.deed,
    ...historyOf(change),
  }))
  const into = sql`insert into ${workspaceTable('_history')} (id, object, record, version, at, actor, action, before, after, channel, cause)`
  const [one] = all
  if (one && all.length === 1)
    return {
      name: 'history',
      expects: 1,
      sql: sql`${into} values (${one.id}::uuid, ${one.object}, ${one.record}::uuid, ${one.version}, ${now}::timestamptz, ${member}::uuid, ${one.action}, ${jsonOf(one.before)}, ${jsonOf(one.after)}, ${channel}, ${cause}::json) returning id`,
    }
  const rows = JSON.stringify(all)
  return {
    name: 'history',
    expects: changes.length,
    sql: sql`${into}
      select x.id, x.object, x.record, x.version, ${now}::timestamptz, ${member}::uuid, x.action, x.before, x.after, ${channel}, ${cause}::json
      from json_to_recordset(${rows}::json) as x(id uuid, object text, record uuid, version integer, action text, before json, after json) returning id`,
  }
}

function outboxStatement(changes: readonly Change[], { member, now, channel, cause }: Circumstance, newId: () => string): WriteStatement {
  const all = changes.map(change => ({
    id: newId(),
    object: change.object.name,
    record: change.id,
    version: change.version,
    event: change.deed,
    fields: change.changed,
    before: change.before,
    after: change.after,
  }))
  const into = sql`insert into ${workspaceTable('_outbox')} (id, object, record, version, event, fields, before, after, actor, at, channel, cause)`
  if (all.length <= mostByValues)
    return {
      name: 'outbox',
      expects: all.length,
      sql: sql`${into} values ${join(
        all.map(
          one =>
            sql`(${one.id}::uuid, ${one.object}, ${one.record}::uuid, ${one.version}::integer, ${one.event}, ${param(one.fields)}::text[], ${jsonOf(one.before)}, ${jsonOf(one.after)}, ${member}::uuid, ${now}::timestamptz, ${channel}, ${cause}::json)`,
        ),
      )} returning id`,
    }
  const rows = JSON.stringify(all)
  return {
    name: 'outbox',
    expects: changes.length,
    sql: sql`${into}
      select x.id, x.object, x.record, x.version, x.event, x.fields, x.before, x.after, ${member}::uuid, ${now}::timestamptz, ${channel}, ${cause}::json
      from json_to_recordset(${rows}::json) as x(id uuid, object text, record uuid, version integer, event text, fields text[], before json, after json) returning id`,
  }
}

/** As many events are written by their values; more of them as JSON, so that there are not as many statements as numbers of events. */
const mostByValues = 2

const jsonOf = (values: Values | null): Sql => sql`${values === null ? null : JSON.stringify(values)}::json`

/** Folds statements into one: each becomes a CTE, the last select counts what each touched. For plain PostgreSQL only. */
export function fold(statements: readonly WriteStatement[]): Sql {
  const parts = statements.map(statement => sql`${name(statement.name)} as (${statement.sql})`)
  return sql`with ${join(parts)} select ${join(statements.map(statement => sql`(select count(*)::int from ${name(statement.name)}) as ${name(statement.name)}`))}`
}
