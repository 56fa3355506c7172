import { labelOf } from '@tessera/platform/label.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import type { StateField } from '@tessera/platform/records/transitions.js'
import { useApp } from '../../api/app.js'
import type { RecordValues } from '../../api/records.js'
import { useOffers } from '../../api/transitions.js'
import { showWhy } from '../../api/why.js'
import { waysOf } from '../../fields/states.js'

/** A transition as it can be chosen. */
export interface Way {
  readonly transition: string
  readonly label: string
  readonly to: string
  /** Why it cannot be taken. */
  readonly refusal: string | undefined
  /** Shows the guard that refuses it, where one does. */
  readonly explain?: (() => void) | undefined
}

/** The transitions out of the state of a record: what the definitions tell until the server has judged them; undefined without states. */
export function useWays(object: ObjectModel, record: RecordValues, field: StateField | undefined): readonly Way[] | undefined {
  const app = useApp()
  const { data } = useOffers(object, record, field !== undefined)
  if (!field) return undefined
  if (data)
    return data
      .filter(offer => offer.field === field.name)
      .map(({ transition, label, to, allowed, reason, why }) => ({
        transition,
        label,
        to,
        refusal: allowed ? undefined : (reason ?? ''),
        explain: why.length > 0 ? () => showWhy([{ title: label, lines: why }]) : undefined,
      }))
  return waysOf(field, record, app).map(way => ({
    transition: way.name,
    label: labelOf(way.label, app.locale),
    to: way.to,
    refusal: undefined,
  }))
}
