import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { useEffect, useMemo, useState } from 'react'
import { useApp } from '../../api/app.js'
import type { RecordValues } from '../../api/records.js'
import { type Offer, readOffers } from '../../api/transitions.js'
import { asStates, refusalText } from '../../fields/states.js'

/** Why a card may not come to a column; `offer` is the transition that was refused, where the server has judged. */
export interface LaneRefusal {
  readonly text: string
  readonly offer?: Offer
}
type Refusals = Readonly<Record<string, LaneRefusal>>

const none: Refusals = {}

/** Why the card that is dragged may not come to a column, by option: at once what the definitions tell, then what the server says of this record. */
export function useRefusals(object: ObjectModel, field: FieldModel, dragged: RecordValues | undefined): Refusals {
  const app = useApp()
  const [answered, setAnswered] = useState<{ id: string; refusals: Refusals }>()
  const known = useMemo(() => {
    const states = asStates(field)
    if (!states || !dragged) return none
    return Object.fromEntries(
      (field.definition.options ?? []).flatMap(({ value }) => {
        const text = refusalText(states, dragged[field.key], value, dragged, app)
        return text === undefined ? [] : [[value, { text }] as const]
      }),
    )
  }, [app, field, dragged])
  useEffect(() => {
    if (!dragged || !field.states) return undefined
    let isCurrent = true
    void readOffers(object, dragged.id)
      .then(offers => {
        const own = offers.filter(offer => offer.field === field.name)
        const refused = own.filter(offer => !offer.allowed && !own.some(other => other.to === offer.to && other.allowed))
        if (isCurrent)
          setAnswered({
            id: dragged.id,
            refusals: Object.fromEntries(refused.map(offer => [offer.to, { text: offer.reason ?? '', offer }])),
          })
      })
      .catch(() => undefined)
    return () => {
      isCurrent = false
    }
  }, [object, field, dragged])
  return useMemo(() => (answered && answered.id === dragged?.id ? { ...known, ...answered.refusals } : known), [answered, known, dragged])
}
