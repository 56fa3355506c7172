import type { ChildModel, Model, ObjectModel, ValidationModel } from '@tessera/platform/model/model.js'
import { onceFor } from '@tessera/platform/once-for.js'
import { brokenRules } from '@tessera/platform/records/check.js'
import type { Values } from '@tessera/platform/records/values.js'
import { lookup } from '@tessera/platform/registry.js'
import { rowsOf } from '@tessera/platform/rules/rule.js'
import { type Broken, eventsBy } from './broken.js'
import type { Entry, Ledger } from './ledger.js'
import type { Related } from './related.js'
import { pathsOfRules } from './rule-reads.js'
import type { WriteContext } from './write-context.js'

/** A record whose rules look at rows that change, and the row of the request that changes them. */
interface Holder {
  readonly values: Values
  readonly row: number
}

/**
 * Judges the records whose rules look at rows that change while they themselves do not: a line that is written alone.
 * @param isJudged whether a record is judged anyway
 * @returns the rules that they break, at the row that this follows from
 */
export async function judgeHolders(
  ledger: Ledger,
  isJudged: (object: ObjectModel, id: string) => boolean,
  related: Related,
  context: WriteContext,
): Promise<Broken[]> {
  const found: Broken[] = []
  for (const { object, rows, rules } of watchesOf(context.model)) {
    const changes = [...ledger.values()].filter(({ change }) => change.object.name === rows.object)
    if (changes.length === 0) continue
    const holders = await holdersOf(rows, changes, related, context)
    const others = [...holders].filter(([id]) => !isJudged(object, id))
    found.push(...(await judgeAll(object, rules, new Map(others), related, context)))
  }
  return found
}

/** The rules of an object that look at rows of one kind; what a record is linked to changes with its links. */
interface Watch {
  readonly object: ObjectModel
  readonly rows: Pick<ChildModel, 'object' | 'field'>
  readonly rules: readonly ValidationModel[]
}

const watchesOf = onceFor((model: Model): readonly Watch[] =>
  Object.values(model.objects).flatMap(object =>
    Object.values(object.children).flatMap(child => {
      const rules = object.rules.filter(rule => rowsOf(rule.must).some(({ at }) => at.at(-1) === child.name))
      const rows = child.through ? { object: child.through.junction, field: child.through.own } : child
      return rules.length === 0 ? [] : [{ object, rows, rules }]
    }),
  ),
)

/** The live records that changed rows belong to, or did before. */
async function holdersOf(
  child: Pick<ChildModel, 'object' | 'field'>,
  changes: readonly Entry[],
  related: Related,
  { model }: WriteContext,
): Promise<Map<string, Holder>> {
  const object = lookup(model.objects, child.object)
  const key = object?.fields[child.field]?.key ?? ''
  const holders = new Map<string, Holder>()
  if (!object) return holders
  const places = changes.flatMap(({ change, row }) =>
    (change.before ? [change.before, change.after] : [change.after]).map(values => ({ values, row })),
  )
  await related.load(
    object,
    places.map(({ values }) => values),
    [[child.field]],
    false,
  )
  for (const { values, row } of places) {
    const id = values[key]
    const holder = typeof id === 'string' ? related.record(object, child.field, values) : null
    if (holder) holders.set(String(id), { values: holder, row })
  }
  return holders
}

async function judgeAll(
  object: ObjectModel,
  rules: readonly ValidationModel[],
  holders: ReadonlyMap<string, Holder>,
  related: Related,
  context: WriteContext,
): Promise<Broken[]> {
  if (holders.size === 0) return []
  const records = [...holders.values()].map(({ values }) => values)
  const musts = rules.map(rule => rule.must)
  const paths = pathsOfRules(object, musts, context)
  if (paths.length > 0) await related.load(object, records, paths, false)
  await related.loadOthers(object, records, musts)
  const events = eventsBy('update', context)
  return [...holders].flatMap(([id, { values, row }]) => {
    const judged = related.judged(object, values, values)
    return brokenRules(rules, judged, events).map(rule => ({
      rule,
      judged,
      id,
      version: Number(values.version),
      row,
      path: '',
      issues: null,
    }))
  })
}
