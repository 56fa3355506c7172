import type { Locale } from '@tessera/platform/label.js'
import { isAskable } from '@tessera/platform/model/masked.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { fieldAlong, fieldNamed } from '@tessera/platform/model/scope.js'
import { type Explaining, ownPath } from '@tessera/platform/records/rule-naming.js'
import type { Values } from '@tessera/platform/records/values.js'
import { valueText } from '@tessera/platform/records/wording.js'
import { lookup } from '@tessera/platform/registry.js'
import { type CheckedRule, readsIn } from '@tessera/platform/rules/rule.js'
import { param, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { isShownAlong } from '../records/broken.js'
import type { Related } from '../records/related.js'
import { pathsOfRules } from '../records/rule-reads.js'
import { rowsOf } from '../records/run.js'
import type { WriteContext } from '../records/write-context.js'

type Path = readonly string[]

/** How rules over one record are told in a language. */
export type TellingOf = (values: Values, locale: Locale) => Explaining

/**
 * Reads what rules over records of an object need to be explained, and the names of the records and members that they point at.
 * @param related is filled with it, so that rules can be evaluated
 * @returns how they are told to the caller, who does not see what they may not read
 */
export async function tellingFor(
  client: Queryable,
  object: ObjectModel,
  records: readonly Values[],
  rules: readonly CheckedRule[],
  related: Related,
  context: WriteContext,
): Promise<TellingOf> {
  const { model } = context
  const read = rules.flatMap(rule => readsIn(rule).paths.map(ownPath))
  const pointing = read.filter(path => fieldAlong(object, model.objects, path)?.relation)
  const paths = [...pathsOfRules(object, rules, context), ...pointing]
  if (paths.length > 0) await related.load(object, records, paths, false)
  await related.loadOthers(object, records, rules)
  const ids = records.flatMap(values => pointing.flatMap(path => memberAt(path, object, values, related, context) ?? []))
  const members = await memberNames(client, ids, context)
  return (values, locale) => ({
    model,
    locale,
    currency: context.currency,
    isShown: path => isShownBeyond(path, object, values, related, context),
    nameOf: path => nameAt(path, object, values, { related, context, members, locale }),
  })
}

/** Paths of rows, such as `lines.amount`, are shown where the object of the rows and the field are. */
function isShownBeyond(path: Path, object: ObjectModel, values: Values, related: Related, context: WriteContext): boolean {
  const [first = '', ...rest] = path
  const seen = context.profile?.model ?? context.model
  const child = lookup(object.children, first)
  if (!child || fieldNamed(object, first)) return isShownAlong(path, object, values, related, context)
  const target = lookup(seen.objects, child.object)
  const end = target && rest.length > 0 ? fieldAlong(target, seen.objects, rest) : null
  return target !== undefined && (rest.length === 0 || (end !== null && isAskable(end)))
}

/** The record that a path of relations leads to, from a record with these values. */
function recordAt(path: Path, object: ObjectModel, values: Values, related: Related, { model }: WriteContext) {
  let found: { readonly object: ObjectModel; readonly values: Values } | null = { object, values }
  for (const name of path) {
    const target: ObjectModel | undefined = found ? lookup(model.objects, fieldNamed(found.object, name)?.relation?.to ?? '') : undefined
    const next: Values | null = found && target ? related.record(found.object, name, found.values) : null
    found = target && next ? { object: target, values: next } : null
  }
  return found
}

function fieldAt(path: Path, object: ObjectModel, values: Values, related: Related, context: WriteContext) {
  const holder = recordAt(path.slice(0, -1), object, values, related, context)
  const field = holder && fieldNamed(holder.object, path.at(-1) ?? '')
  return holder && field ? { field, holder } : null
}

/** The id of the member at a path; null when it ends in something else, or in nobody. */
function memberAt(path: Path, object: ObjectModel, values: Values, related: Related, context: WriteContext): string | null {
  const found = fieldAt(path, object, values, related, context)
  const id = found?.field.relation?.kind === 'member' ? found.holder.values[found.field.key] : null
  return typeof id === 'string' ? id : null
}

async function memberNames(client: Queryable, ids: readonly string[], context: WriteContext): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const wanted = [...new Set(ids)]
  const rows = await rowsOf<{ id: string; name: string }>(
    client,
    sql`select id, name from ${workspaceTable('_member')} where id = any(${param(wanted)}::uuid[])`,
    context,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

interface Names {
  readonly related: Related
  readonly context: WriteContext
  readonly members: ReadonlyMap<string, string>
  readonly locale: Locale
}

/** What people call what a relation points at; null where the caller does not see it. */
function nameAt(path: Path, object: ObjectModel, values: Values, { related, context, members, locale }: Names): string | null {
  const member = memberAt(path, object, values, related, context)
  if (member !== null) return members.get(member) ?? null
  const target = recordAt(path, object, values, related, context)
  const title = target?.object.fields[target.object.title]
  if (!target || !title || !isShownAlong([...path, title.name], object, values, related, context)) return null
  return titleText(title, target.object, target.values, { related, context, locale })
}

/** A record by its title, in the reader's language. */
export function titleText(
  title: FieldModel,
  object: ObjectModel,
  values: Values,
  { related, context, locale }: Pick<Names, 'related' | 'context' | 'locale'>,
): string {
  return valueText(title, [title.name], related.judged(object, values, values), context.currency, locale)
}
