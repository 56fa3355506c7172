import type { Queryable } from './queryable.js'

/** A column as PostgreSQL has it; the type as `format_type` writes it, such as `numeric(19,4)`. */
export interface CatalogColumn {
  readonly name: string
  readonly type: string
  readonly nullable: boolean
}

/** An index as PostgreSQL has it; one whose concurrent building failed is not valid. */
export interface CatalogIndex {
  readonly name: string
  readonly definition: string
  readonly valid: boolean
}

/** A constraint as PostgreSQL has it; one added NOT VALID is not yet validated. */
export interface CatalogConstraint {
  readonly name: string
  readonly definition: string
  readonly validated: boolean
}

/** A table as it is. */
export interface CatalogTable {
  readonly name: string
  readonly columns: readonly CatalogColumn[]
  readonly indexes: readonly CatalogIndex[]
  readonly constraints: readonly CatalogConstraint[]
}

/**
 * Indexes that carry a constraint (keys) stand with the constraints only. The tables of a schema are found by what depends on it, and keys by
 * their table: PostgreSQL has indexes for these ways, and with a thousand workspaces a look through all tables or keys takes seconds.
 */
const statement = `
  select c.relname as name,
    (select coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'nullable', not a.attnotnull) order by a.attnum), '[]')
       from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    (select coalesce(json_agg(json_build_object('name', ic.relname, 'definition', pg_get_indexdef(i.indexrelid), 'valid', i.indisvalid) order by ic.relname), '[]')
       from pg_index i join pg_class ic on ic.oid = i.indexrelid
      where i.indrelid = c.oid and not exists (select from pg_constraint k where k.conrelid = c.oid and k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))) as indexes,
    (select coalesce(json_agg(json_build_object('name', k.conname, 'definition', pg_get_constraintdef(k.oid), 'validated', k.convalidated) order by k.conname), '[]')
       from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'u', 'f', 'c', 'x')) as constraints
  from pg_namespace n
  join pg_depend d on d.refclassid = 'pg_namespace'::regclass and d.refobjid = n.oid and d.classid = 'pg_class'::regclass and d.objsubid = 0
  join pg_class c on c.oid = d.objid
  where n.nspname = $1 and c.relkind in ('r', 'p')
  order by c.relname`

/** The tables of one schema as they are now, by name; empty when there is no such schema. */
export async function readCatalog(client: Queryable, schema: string): Promise<readonly CatalogTable[]> {
  const { rows } = await client.query(statement, [schema])
  return rows as unknown as CatalogTable[]
}
