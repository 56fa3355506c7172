import type pg from 'pg'

/** One table of a backup. */
export interface BackedTable {
  readonly schema: string
  readonly name: string
  readonly columns: readonly string[]
  /** What its rows are ordered by, so that equal tables give equal bytes; every column where it has no primary key. */
  readonly order: readonly string[]
}

/** What schemas consist of, as statements that make them anew in an empty database of any supported PostgreSQL. */
export interface Contents {
  readonly tables: readonly BackedTable[]
  /** Run before rows: schemas, extensions, sequences, tables. */
  readonly before: readonly string[]
  /** Run after rows: keys, indexes, foreign keys, where sequences stand. */
  readonly after: readonly string[]
}

interface ColumnRow {
  readonly schema: string
  readonly table: string
  readonly column: string
  readonly definition: string
  readonly options: string | null
}

const ours = "(nspname = 'tessera' or nspname like 'w\\_%')"

/** The names of the schemas and tables that belong to the product, in order. */
export async function tablesOf(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', nspname, relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where ${ours} and relkind = 'r' order by 1`,
  )
  return rows.map(({ name }) => name)
}

/**
 * Reads what the product's schemas consist of from PostgreSQL's catalogs.
 * Throws when there is something in them that this cannot make anew, such as a trigger that somebody added: a backup must not lose it silently.
 * @param client inside a transaction with an empty `search_path`, so that every name is written in full
 */
export async function contentsOf(client: pg.ClientBase): Promise<Contents> {
  await refuseUnknown(client)
  const list = async (text: string) => (await client.query<{ sql: string }>(text)).rows.map(row => row.sql)
  const { rows } = await client.query<ColumnRow>(
    `select nspname as schema, relname as table, attname as column, array_to_string(reloptions, ', ') as options,
        format('%I %s', attname, format_type(atttypid, atttypmod)) || coalesce(' default ' || pg_get_expr(adbin, adrelid), '')
          || case when attnotnull then ' not null' else '' end as definition
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where ${ours} and relkind = 'r' and attnum > 0 and not attisdropped order by nspname, relname, attnum`,
  )
  const columns = new Map<string, ColumnRow[]>()
  for (const row of rows) columns.set(`${row.schema} ${row.table}`, [...(columns.get(`${row.schema} ${row.table}`) ?? []), row])
  const keys = await keysOf(client)
  const schemas = await list(`select format('create schema %I', nspname) as sql from pg_namespace where ${ours} order by nspname`)
  const extensions = await list(
    `select format('create extension if not exists %I schema %I', extname, extnamespace::regnamespace::text) as sql
     from pg_extension where extname <> 'plpgsql' order by extname`,
  )
  const sequences = await list(
    `select format('create sequence %I.%I as %s increment %s minvalue %s maxvalue %s start %s cache %s%s', schemaname, sequencename,
        data_type, increment_by, min_value, max_value, start_value, cache_size, case when cycle then ' cycle' else '' end) as sql
     from pg_sequences where ${ours.replaceAll('nspname', 'schemaname')} order by schemaname, sequencename`,
  )
  const made = [...columns.values()].map(of => tableSql(of))
  return {
    tables: [...columns].map(([key, of]) => tableOf(of, keys.get(key))),
    before: [...extensions, ...schemas, ...sequences, ...made],
    after: [
      ...(await list(positions)),
      ...(await list(owned)),
      ...(await list(constraints)),
      ...(await list(indexes)),
      ...(await list(foreignKeys)),
      ...(await list(guards)),
    ],
  }
}

function tableSql(columns: readonly ColumnRow[]): string {
  const [first] = columns
  const options = first?.options ? ` with (${first.options})` : ''
  return `create table ${quoted(first?.schema)}.${quoted(first?.table)} (\n  ${columns.map(column => column.definition).join(',\n  ')}\n)${options}`
}

function tableOf(columns: readonly ColumnRow[], key: readonly string[] | undefined): BackedTable {
  const names = columns.map(({ column }) => column)
  return { schema: columns[0]?.schema ?? '', name: columns[0]?.table ?? '', columns: names, order: key ?? names }
}

async function keysOf(client: pg.ClientBase): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(
    `select nspname || ' ' || relname as table, array_agg(attname::text order by place) as columns
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     cross join unnest(conkey) with ordinality as u (number, place) join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.number
     where ${ours} and contype = 'p' group by 1`,
  )
  return new Map(rows.map(({ table, columns }) => [table, columns]))
}

const constraintsWhere = (types: string) =>
  `select format('alter table %I.%I add constraint %I %s', nspname, relname, conname, pg_get_constraintdef(k.oid)) as sql
   from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
   where ${ours} and contype in (${types}) order by nspname, relname, contype desc, conname`

const constraints = constraintsWhere(`'p', 'u', 'c', 'x'`)
const foreignKeys = constraintsWhere(`'f'`)

const ownGuard = "(proname = '_audit_guard' and pronargs = 0)"
const ownTriggers = "tgname in ('_audit_kept', '_audit_whole')"

/** What keeps the audit log from being changed comes last: rows go in before it. */
const guards = `select sql from (
    select 1 as turn, pg_get_functiondef(p.oid) as sql from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${ours} and ${ownGuard}
    union all select 2, pg_get_triggerdef(g.oid) from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
      where ${ours} and not tgisinternal and ${ownTriggers}) made order by turn, sql`

/** An index that is not whole, since its building goes on or broke off, is left out: the product builds it anew. */
const indexes = `select pg_get_indexdef(indexrelid) as sql from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
   where ${ours} and indisvalid and not exists (select from pg_constraint k where k.conindid = i.indexrelid and contype in ('p', 'u', 'x'))
   order by nspname, relname, indexrelid::regclass::text`

const positions = `select format('select setval(%L, %s, %L)', format('%I.%I', schemaname, sequencename), coalesce(last_value, start_value), last_value is not null) as sql
   from pg_sequences where ${ours.replaceAll('nspname', 'schemaname')} order by schemaname, sequencename`

const owned = `select format('alter sequence %I.%I owned by %I.%I.%I', n.nspname, c.relname, tn.nspname, t.relname, a.attname) as sql
   from pg_class c join pg_namespace n on n.oid = c.relnamespace
   join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'a' and d.refclassid = 'pg_class'::regclass
   join pg_class t on t.oid = d.refobjid join pg_namespace tn on tn.oid = t.relnamespace
   join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
   where ${ours.replaceAll('nspname', 'n.nspname')} and c.relkind = 'S' order by 1`

/** What the product itself never makes in its schemas, and a backup does not know how to make anew. */
const unknown = `
  select 'the ' || case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'p' then 'partitioned table' else 'relation' end
      || ' ' || format('%I.%I', nspname, relname) as what
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours} and relkind not in ('r', 'i', 'S', 't', 'c')
  union all select 'the function ' || format('%I.%I', nspname, proname) from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${ours} and not ${ownGuard}
  union all select 'the type ' || format('%I.%I', nspname, typname) from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where ${ours} and (typtype in ('e', 'd', 'r') or (typtype = 'c' and exists (select from pg_class c where c.oid = typrelid and relkind = 'c')))
  union all select 'the trigger ' || tgname || ' of ' || tgrelid::regclass::text from pg_trigger g join pg_class c on c.oid = g.tgrelid
    join pg_namespace n on n.oid = c.relnamespace where ${ours} and not tgisinternal and not ${ownTriggers}
  union all select 'the policy ' || polname || ' of ' || polrelid::regclass::text from pg_policy y join pg_class c on c.oid = y.polrelid
    join pg_namespace n on n.oid = c.relnamespace where ${ours}
  union all select 'the column ' || format('%s.%I', attrelid::regclass::text, attname) || ', which PostgreSQL fills' from pg_attribute a
    join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where ${ours} and relkind = 'r' and attnum > 0 and not attisdropped and (attidentity <> '' or attgenerated <> '')
  order by 1 limit 10`

async function refuseUnknown(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ what: string }>(unknown)
  if (rows.length === 0) return
  throw new Error(
    `The backup would lose what somebody added to the product's schemas: ${rows.map(({ what }) => what).join('; ')}. Move it to a schema of its own.`,
  )
}

/** A name as SQL writes it. */
const quoted = (name = ''): string => `"${name.replaceAll('"', '""')}"`

/** The rows of a table in a stated order, in PostgreSQL's text format of COPY; equal tables give equal bytes. */
export const copyOut = ({ schema, name, columns, order }: BackedTable): string =>
  `copy (select ${columns.map(quoted).join(', ')} from ${quoted(schema)}.${quoted(name)} order by ${order.map(quoted).join(', ')}) to stdout`

/** The statement that takes such rows in. */
export const copyIn = ({ schema, name, columns }: BackedTable): string =>
  `copy ${quoted(schema)}.${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`

/** What a session sets so that rows are written and read alike everywhere. */
export const sessionSettings = [
  `set client_encoding = 'UTF8'`,
  `set standard_conforming_strings = on`,
  `set datestyle = 'ISO, YMD'`,
  `set intervalstyle = 'postgres'`,
  `set timezone = 'UTC'`,
  `set extra_float_digits = 3`,
  `set bytea_output = 'hex'`,
  `set statement_timeout = 0`,
  `set idle_in_transaction_session_timeout = 0`,
  `set search_path = ''`,
]
