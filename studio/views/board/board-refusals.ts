import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { useEffect, useMemo, useState } from 'react'
import { useApp } from '../../api/app.js'
import type { RecordValues } from '../../api/records.js'
import { readOffers } from '../../api/transitions.js'
import { asStates, refusalText } from '../../fields/states.js'

const none: Readonly<Record<string, string>> = {}

/** Why the card that is dragged may not come to a column, by option: at once what the definitions tell, then what the server says of this record. */
export function useRefusals(object: ObjectModel, field: FieldModel, dragged: RecordValues | undefined): Readonly<Record<string, string>> {
  const app = useApp()
  const [answered, setAnswered] = useState<{ id: string; refusals: Readonly<Record<string, string>> }>()
  const known = useMemo(() => {
    const states = asStates(field)
    if (!states || !dragged) return none
    const texts = (field.definition.options ?? []).map(({ value }) => [value, refusalText(states, dragged[field.key], value, dragged, app)])
    return Object.fromEntries(texts.filter(([, text]) => text !== undefined)) as Record<string, string>
  }, [app, field, dragged])
  useEffect(() => {
    if (!dragged || !field.states) return undefined
    let isCurrent = true
    void readOffers(object, dragged.id)
      .then(offers => {
        const own = offers.filter(offer => offer.field === field.name)
        const refused = own.filter(offer => !offer.allowed && !own.some(other => other.to === offer.to && other.allowed))
        if (isCurrent) setAnswered({ id: dragged.id, refusals: Object.fromEntries(refused.map(offer => [offer.to, offer.reason ?? ''])) })
      })
      .catch(() => undefined)
    return () => {
      isCurrent = false
    }
  }, [object, field, dragged])
  return useMemo(() => (answered && answered.id === dragged?.id ? { ...known, ...answered.refusals } : known), [answered, known, dragged])
}
