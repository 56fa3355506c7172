import type { Issue } from '@tessera/platform/errors.js'
import { issue } from '@tessera/platform/errors.js'
import type { Label } from '@tessera/platform/label.js'
import { wordsOf } from '@tessera/platform/model/change-words.js'
import { type Change, changesOf } from '@tessera/platform/model/changes.js'
import { type Mention, mentionsOf } from '@tessera/platform/model/mentions.js'
import type { Model } from '@tessera/platform/model/model.js'
import { noticedField } from '@tessera/platform/model/touched.js'
import { ruleTexts } from '@tessera/platform/records/rule-texts.js'
import { render } from '@tessera/platform/sql/sql.js'
import { ddl } from '@tessera/platform/tables/ddl.js'
import { type ChangePlan, diffTables, type PresentTable } from '@tessera/platform/tables/diff.js'
import { assignStorage, type Storage, withStorage } from '@tessera/platform/tables/storage.js'
import { type Offers, tables } from '@tessera/platform/tables/tables.js'
import type { Loss } from './losses.js'

/** One thing that a publish does, for the person who decides. */
export interface PlanStep {
  readonly do: Change['do']
  readonly kind: string
  readonly path: string
  /** Its former place, of a renamed thing. */
  readonly was: string | null
  readonly title: Label
  readonly detail: Label
  /** What is lost, and how much of it. */
  readonly loses: Label | null
  readonly count: number | null
  /** What `confirm` must hold for this step. */
  readonly confirm: string | null
}

/** A way from the present version to another one, decided but not gone. */
export interface Way {
  readonly storage: Storage
  /** The model to come, with its physical names. */
  readonly model: Model
  readonly changes: readonly Change[]
  readonly alterations: ChangePlan
}

/** The tables of the objects among all tables of a workspace; the fixed ones begin with `_`. */
export const objectTables = <T extends { readonly name: string }>(catalog: readonly T[]): T[] =>
  catalog.filter(table => !table.name.startsWith('_'))

/**
 * Plans the way to a sound model.
 * @param before the model of the present version
 * @param earlier storages that names are taken from, the preferred one first
 * @param has the workspace's object tables as they are
 */
export function wayTo(model: Model, before: Model, earlier: readonly Storage[], has: readonly PresentTable[], offers: Offers): Way {
  const occupied = Object.fromEntries(has.map(table => [table.name, table.columns.map(column => column.name)]))
  const storage = assignStorage(model, earlier, occupied)
  const placed = withStorage(model, storage)
  return { storage, model: placed, changes: changesOf(before, placed, has), alterations: diffTables(has, tables(placed, offers)) }
}

/** The steps of a way in words. */
export function stepsOf(changes: readonly Change[], losses: readonly Loss[], model: Model, before: Model): PlanStep[] {
  const ruleText = ruleTexts(before, model)
  const told = new Set<string>()
  return changes.map((change): PlanStep => {
    const loss = losses.find(
      ({ key }) => key === change.path && (change.do === 'remove' || change.do === 'retype' || change.do === 'change'),
    )
    const isFirst = loss !== undefined && !told.has(loss.key)
    if (isFirst) told.add(loss.key)
    return {
      do: change.do,
      kind: change.kind,
      path: change.path,
      was: change.was,
      title: change.title,
      detail: wordsOf(change, model, ruleText),
      loses: isFirst ? loss.loses : null,
      count: isFirst ? loss.count : null,
      confirm: isFirst ? loss.key : null,
    }
  })
}

/** One issue for each loss that was not confirmed. */
export const unconfirmed = (losses: readonly Loss[], confirm: readonly string[]): Issue[] =>
  losses.filter(({ key }) => !confirm.includes(key)).map(({ key, what, loses }) => issue('CONFIRM_NEEDED', key, { what, loses }))

/** The statements that a publish runs, as an admin may read them. */
export const sqlOf = (alterations: ChangePlan, schema: string): string =>
  alterations.flatMap(alteration => ddl(alteration).map(statement => `${render(statement, schema).text};`)).join('\n')

/** Which elements name a field that is renamed, retyped or removed, or changed so that they may notice. */
export const impactOf = (changes: readonly Change[], before: Model): Mention[] =>
  mentionsOf(
    changes.flatMap(change => noticedField(change) ?? []),
    before,
  )
