import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { linkKeys } from '@tessera/platform/records/import-keys.js'
import { lookup } from '@tessera/platform/registry.js'
import { name, param, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { convert } from './convert.js'
import { send } from './version-store.js'

type Objects = Readonly<Record<string, ObjectModel>>

/**
 * Values of a field of one type as values of another, in their order; null where one does not fit.
 * Texts become a relation to the one live record that has them as its title or as a unique value.
 * @param objects the objects that have tables, with their physical names
 * @param values in contract form, never null
 */
export async function takenOver(
  client: Queryable,
  schema: string,
  values: readonly unknown[],
  from: FieldModel,
  to: FieldModel,
  objects: Objects,
): Promise<unknown[]> {
  if (!isNaming(from, to)) return values.map(value => convert(value, from, to))
  const target = lookup(objects, to.relation?.to ?? '')
  const found = target ? await recordsCalled(client, schema, target, [...new Set(values.map(called))]) : new Map<string, string>()
  return values.map(value => found.get(called(value)) ?? null)
}

/** Whether what was a text is from now on a record that is called so. */
const isNaming = (from: FieldModel, to: FieldModel): boolean =>
  !from.relation && typeof to.relation?.to === 'string' && to.type.converts[from.type.name] !== undefined

const called = (value: unknown): string => String(value).trim()

/** The live records with one of some texts as title or unique value, each text that names exactly one. */
async function recordsCalled(
  client: Queryable,
  schema: string,
  target: ObjectModel,
  texts: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, Set<string>>()
  for (const key of linkKeys(target)) {
    const value = sql`(${key.class.read(name(key.columns[0]?.name ?? ''))})::text`
    const { rows } = await send(
      client,
      schema,
      sql`select id, ${value} as text from ${workspaceTable(target.table)} where deleted_at is null and ${value} = any(${param(texts)}::text[])`,
    )
    for (const { id, text } of rows) ids.set(String(text), new Set([...(ids.get(String(text)) ?? []), String(id)]))
  }
  return new Map([...ids].flatMap(([text, those]) => (those.size === 1 ? [[text, [...those][0] ?? ''] as const] : [])))
}
