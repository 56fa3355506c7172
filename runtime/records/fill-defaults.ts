import type { Change } from '@tessera/platform/records/change.js'
import { checkValues } from '@tessera/platform/records/check.js'
import { fieldsWithDefault, ruledDefaults } from '@tessera/platform/records/check-fields.js'
import type { Values } from '@tessera/platform/records/values.js'
import type { Queryable } from '../database/queryable.js'
import type { Prepared } from './decide.js'
import { addChange, type Ledger } from './ledger.js'
import { relatedIn } from './related.js'
import { pathsOfRules } from './rule-reads.js'
import type { WriteContext } from './write-context.js'

/** Gives new records the values that rules give to fields for which nothing was given; records of the same request are seen as they will be. */
export async function fillDefaults(client: Queryable, prepared: readonly Prepared[], context: WriteContext): Promise<void> {
  const created = prepared.filter(({ draft }) => draft.action === 'create')
  const ruled = created.filter(({ draft }) => fieldsWithDefault(draft.object).length > 0)
  if (ruled.length === 0) return
  const ledger: Ledger = new Map()
  for (const { draft, values } of created) addChange(ledger, pending(draft.object, draft.id, values), draft.row)
  const related = relatedIn(client, context, ledger)
  for (const object of new Set(ruled.map(({ draft }) => draft.object))) {
    const entries = ruled.filter(({ draft }) => draft.object === object)
    const rules = fieldsWithDefault(object).flatMap(({ rules: { default: rule } }) => rule ?? [])
    const paths = pathsOfRules(object, rules, context)
    const load = () =>
      related.load(
        object,
        entries.map(({ values }) => values),
        paths,
        false,
      )
    if (paths.length > 0) await load()
    for (const entry of entries) fill(entry, (values: Values) => related.judged(object, null, values))
  }
}

const pending = (object: Change['object'], id: string, after: Values): Change => ({
  object,
  deed: 'created',
  id,
  before: null,
  after,
  changed: [],
  version: 1,
})

function fill({ draft, values, issues }: Prepared, judged: Parameters<typeof ruledDefaults>[3]): void {
  const given = new Set([...Object.keys(draft.given), ...draft.by.map(link => link.field.key), draft.parent?.field.key])
  const found = ruledDefaults(draft.object, values, key => given.has(key), judged)
  const checked = checkValues(draft.object, found, draft.path)
  Object.assign(values, checked.values)
  issues.push(...checked.issues)
}
