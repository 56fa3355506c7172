import { conditionOf } from '@tessera/platform/access/profile.js'
import { digitsOf, numberText, type PartText, partsOf, scopeOf } from '@tessera/platform/fields/number-format.js'
import { dayOf } from '@tessera/platform/fields/zone.js'
import type { FieldModel, Model, ObjectModel } from '@tessera/platform/model/model.js'
import { rangesOf, uniqueSetsOf } from '@tessera/platform/model/sets.js'
import { onceFor } from '@tessera/platform/once-for.js'
import { rulesIn } from '@tessera/platform/query/condition.js'
import { rulesOfFields } from '@tessera/platform/records/check-fields.js'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { readHolders } from './gather.js'
import { type Drawing, readParts } from './number-parts.js'
import { keysOfRule } from './rule-reads.js'
import { rowsOf } from './run.js'
import { NeedsTransaction, Unlocked } from './unlocked.js'

type Values = Record<string, unknown>

/** New records that are counted together. */
interface Counted {
  readonly object: ObjectModel
  readonly field: FieldModel
  readonly scope: string
  readonly day: string
  readonly records: Values[]
}

/**
 * Draws automatic numbers for new records that have none, in their order.
 * A gapless counter's row stays locked until the transaction ends, so none is lost; fast ones come from blocks that the node has reserved.
 */
export async function drawNumbers(object: ObjectModel, records: readonly Values[], drawing: Drawing): Promise<void> {
  const day = dayOf(drawing.context.moment.now, drawing.context.zone)
  for (const field of Object.values(object.fields).filter(candidate => candidate.type.name === 'autonumber')) {
    const without = records.filter(record => (record[field.key] ?? null) === null)
    if (without.length === 0) continue
    const partOf = await readParts(object, partsOf(field.definition.format), without, drawing)
    const groups = new Map<string, Values[]>()
    for (const record of without) {
      const scope = scopeOf(field.definition, day, partOf(record))
      const group = groups.get(scope)
      if (group) group.push(record)
      else groups.set(scope, [record])
    }
    // scopes in the order of their names, so that two requests never wait for each other
    for (const [scope, group] of [...groups].sort(([left], [right]) => (left < right ? -1 : 1)))
      await give({ object, field, scope, day, records: group }, partOf, drawing)
  }
}

/** Gives each record its number, behind each other; those that an import brought along are passed over, ever more of them at once. */
async function give(counted: Counted, partOf: (record: Values) => PartText, drawing: Drawing): Promise<void> {
  const isFast = counted.field.definition.mode === 'fast'
  if (drawing.client instanceof Unlocked && !isFast) return leaveToStatement(counted, partOf, drawing.client, drawing)
  const drawn = await draw(counted, counted.records.length, drawing)
  let [first, left, probed] = [drawn, counted.records, 1]
  while (left.length > 0) {
    const { given, passed } = await giveFree({ ...counted, records: left }, first, probed, partOf, drawing)
    left = left.slice(given)
    first += BigInt(given + passed)
    probed = given > 0 ? 1 : probed * 2
    if (left.length > 0 && isFast) first = await draw(counted, Math.max(left.length, probed), drawing)
  }
  if (!isFast && first !== drawn + BigInt(counted.records.length)) await setCounter(counted, first - 1n, drawing)
}

/** Has the statement of the write draw the number: so the counter is locked for as long as that takes, and no longer. */
function leaveToStatement(counted: Counted, partOf: (record: Values) => PartText, client: Unlocked, { context }: Drawing): void {
  const { object, field, day, records } = counted
  const width = digitsOf(field.definition.format)
  const column = field.columns[0]?.name
  const grants = context.profile ? rulesIn(conditionOf(context.profile, 'create', object.name)) : []
  const isRead = readsNumbers(context.model).has(object.name) || grants.some(rule => keysOfRule(rule, object, context).includes(field.key))
  if (width === null || column === undefined || isRead) throw new NeedsTransaction(false)
  for (const record of records)
    record[field.key] = client.draws({ counter: counterOf(counted), width, object, column }, digits =>
      numberText(field.definition.format, digits, day, partOf(record)),
    )
}

/** The objects in which something is computed or judged by an automatic number: there it has to be known before. */
const readsNumbers = onceFor((model: Model): ReadonlySet<string> => {
  const isRead = (object: string, keys: readonly string[]) =>
    keys.some(key =>
      Object.values(model.objects[object]?.fields ?? {}).some(field => field.key === key && field.type.name === 'autonumber'),
    )
  const computed = model.computed.flatMap(({ inputs }) =>
    inputs.filter(({ object, keys }) => isRead(object, keys)).map(({ object }) => object),
  )
  const judged = Object.values(model.objects).filter(
    object =>
      [...object.rules.map(rule => rule.must), ...rulesOfFields(object)].some(rule =>
        isRead(object.name, keysOfRule(rule, object, { model })),
      ) ||
      [...uniqueSetsOf(object).flatMap(({ fields }) => fields), ...rangesOf(object).flatMap(({ per }) => per)].some(
        field => field.type.name === 'autonumber',
      ),
  )
  return new Set([...computed, ...judged.map(({ name }) => name)])
})

/**
 * Gives numbers from `first` on until one is held already.
 * @param probed how many numbers are looked at when the very first is held
 * @returns how many records got theirs, and how many numbers behind those are held
 */
async function giveFree(
  { object, field, day, records }: Counted,
  first: bigint,
  probed: number,
  partOf: (record: Values) => PartText,
  { client, context }: Drawing,
): Promise<{ given: number; passed: number }> {
  const textOf = (record: Values | undefined, at: number) =>
    numberText(field.definition.format, first + BigInt(at), day, partOf(record ?? {}))
  const texts = records.map(textOf)
  const probes = Array.from({ length: probed }, (_, at) => textOf(records[0], at))
  const holders = await readHolders(client, object, field, [...new Set([...texts, ...probes])], context)
  const held = texts.findIndex(text => holders.has(text))
  const given = held < 0 ? records.length : held
  for (const [at, record] of records.slice(0, given).entries()) record[field.key] = texts[at]
  if (held !== 0) return { given, passed: held < 0 ? 0 : 1 }
  const free = probes.findIndex(text => !holders.has(text))
  return { given, passed: free < 0 ? probed : free }
}

/** The row of a counter: by the names that the table and the column keep for life. */
const counterOf = ({ object, field, scope }: Counted): string =>
  `${object.table}.${field.columns[0]?.name ?? ''}${scope === '' ? '' : ` ${scope}`}`

async function draw(counted: Counted, count: number, { client, blocks, context }: Drawing): Promise<bigint> {
  const counter = counterOf(counted)
  if (counted.field.definition.mode === 'fast') return blocks.take(context.schema, counter, count)
  const [row] = await rowsOf<{ n: string }>(
    client,
    sql`insert into ${workspaceTable('_counter')} as c (name, n) values (${counter}, ${count}) on conflict (name) do update set n = c.n + excluded.n returning n`,
    context,
  )
  return BigInt(row?.n ?? 0) - BigInt(count) + 1n
}

/** Sets a counter whose row this transaction has locked to the last number that it used. */
async function setCounter(counted: Counted, last: bigint, { client, context }: Drawing): Promise<void> {
  await rowsOf(
    client,
    sql`update ${workspaceTable('_counter')} set n = ${String(last)}::bigint where name = ${counterOf(counted)}`,
    context,
  )
}
