import { literal, name, type Sql, sql } from '../sql/sql.js'
import type { GivenJson, PutRead } from './given.js'
import type { RuleContext } from './operator.js'
import type { SqlScope } from './sql-reading.js'
import { fromContract, isList, isMembers, type RuleType, scalarKinds, scalarOf, toParameter } from './types.js'

const keyOf = (path: readonly string[]): string => path.join('.')

/** Puts a value that is read into JSON under its path, in the form that a statement takes. */
export const putParameter: PutRead = (json, { path, type }, value) => {
  const kept = fromContract(value, type)
  json[keyOf(path)] = isMembers(kept) ? kept.map(toParameter) : toParameter(kept)
}

/** A context that reads JSON with contract values under their paths. */
export const jsonContext = (json: GivenJson): RuleContext => ({
  read: path => json[keyOf(path)] ?? null,
  rows: path => ((json[keyOf(path)] ?? []) as readonly GivenJson[]).map(jsonContext),
})

/**
 * Where a rule reads from when its record is JSON in the column `j` of an alias.
 * @param depth how many rows this one stands in
 */
export const jsonScope = (alias: string, depth = 0): SqlScope => ({
  read: (path, type) => fromJson(name(alias, 'j'), keyOf(path), type),
  rows: path => {
    const inner = `l${depth}`
    return {
      from: sql`jsonb_array_elements(${name(alias, 'j')} -> ${literal(keyOf(path))}) with ordinality ${name(inner)}(j, n)`,
      where: sql`true`,
      order: name(inner, 'n'),
      scope: jsonScope(inner, depth + 1),
    }
  },
})

function fromJson(json: Sql, key: string, type: RuleType): Sql {
  const kind = scalarKinds[scalarOf(type)]
  if (!isList(type)) return kind.cast(sql`(${json} ->> ${literal(key)})`)
  const list = sql`(${json} -> ${literal(key)})`
  const members = sql`array(select e.v from jsonb_array_elements_text(${list}) with ordinality e(v, n) order by e.n)`
  return kind.castList(sql`(case when jsonb_typeof(${list}) = 'array' then ${members} end)`)
}
