import { isSnapshot } from '@tessera/platform/model/lookup-values.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { onceFor } from '@tessera/platform/once-for.js'
import type { Change } from '@tessera/platform/records/change.js'
import { fieldValue, isEmpty } from '@tessera/platform/records/check.js'
import type { Queryable } from '../database/queryable.js'
import { isLive, type Ledger, setComputed } from './ledger.js'
import { relatedIn } from './related.js'
import { keptMoment, type WriteContext } from './write-context.js'

/**
 * Takes the copies of values of related records: when the relation is set or changed, and at the transition that the field names.
 * What an import gives stays as it is.
 */
export async function takeSnapshots(client: Queryable, ledger: Ledger, context: WriteContext): Promise<void> {
  const due = [...ledger.values()].flatMap(({ change, row }) => {
    const fields = isLive(change) && change.deed !== 'restored' && !change.isMoved ? copiesOf(change.object).filter(isDue(change)) : []
    return fields.length > 0 ? [{ change, row, fields }] : []
  })
  if (due.length === 0) return
  const related = relatedIn(client, context, ledger)
  const moment = keptMoment(context)
  for (const { change, row, fields } of due) {
    const relations = [...new Set(fields.map(({ definition }) => definition.of ?? ''))]
    await related.load(
      change.object,
      [change.after],
      relations.map(relation => [relation]),
      true,
    )
    const values = Object.fromEntries(
      fields.map(field => {
        const { of = '', field: end = '' } = field.definition
        const target = related.record(change.object, of, change.after)
        const object = context.model.objects[change.object.fields[of]?.relation?.to ?? '']
        return [field.key, target && object ? fieldValue(end, related.judged(object, null, target, moment)) : null]
      }),
    )
    setComputed(ledger, change.object, change.id, values, undefined, row)
  }
}

const copiesOf = onceFor((object: ObjectModel) => Object.values(object.fields).filter(isSnapshot))

const isDue =
  (change: Change) =>
  (field: FieldModel): boolean => {
    const { of = '', at } = field.definition
    const key = change.object.fields[of]?.key ?? ''
    const isGiven = change.changed.includes(field.key) && !isEmpty(change.after[field.key])
    const isTaken = at !== undefined && (change.moves ?? []).some(({ transition }) => transition === at)
    return !isGiven && (isTaken || change.changed.includes(key))
  }
