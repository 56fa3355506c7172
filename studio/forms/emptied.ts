import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { parentOf, unfitKeys } from '@tessera/platform/records/cascade.js'
import { isSame } from '@tessera/platform/records/values.js'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useLabel } from '../api/app.js'
import type { Related } from '../api/records.js'
import { relatedOf, type Values } from '../fields/face.js'
import { unfitLookups } from '../fields/unfit-lookups.js'
import { toast } from '../ui/toast.js'

type Names = ReadonlyMap<unknown, Related>

/** The values of some fields, with the names of related records. */
const valuesOf = (fields: readonly FieldModel[], from: Values, names: Names): Values =>
  Object.fromEntries(
    fields.flatMap(field => [
      [field.key, from[field.key] ?? null],
      ...(field.relation ? [[field.name, names.get(from[field.key]) ?? null]] : []),
    ]),
  )

/** The names of all related records that a form has shown, so that they come back with them. */
function useNames(object: ObjectModel, values: Values): Names {
  const [names] = useState(() => new Map<unknown, Related>())
  useEffect(() => {
    for (const field of Object.values(object.fields)) {
      const related = relatedOf(field, values)
      if (related) names.set(related.id, related)
    }
  }, [object, values, names])
  return names
}

/**
 * Empties choices and lookups that a change leaves without their ground, and says so with the way back.
 * @param values what the form holds now
 * @param put writes values into the form, to empty a lookup that the server says does not fit, and to undo
 */
export function useEmptied(object: ObjectModel, values: Values, put: (values: Values) => void) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const latest = useRef(values)
  const shown = useNames(object, values)
  useEffect(() => {
    latest.current = values
  })
  const tell = (fields: readonly FieldModel[], grounds: readonly FieldModel[], before: Values) => {
    const was = valuesOf([...fields, ...grounds], before, shown)
    const names = { fields: fields.map(field => label(field.label)).join(t('listed')), parent: label(grounds[0]?.label) }
    toast(t('form.emptied', names), { undo: { label: t('undo'), run: () => put(was) } })
  }
  const emptyLookups = async (before: Values, after: Values) => {
    const unfit = (await unfitLookups(app, object, before, after)).filter(({ field, grounds }) =>
      [field, ...grounds].every(({ key }) => isSame(latest.current[key], after[key])),
    )
    if (unfit.length === 0) return
    const fields = unfit.map(({ field }) => field)
    put(valuesOf(fields, {}, shown))
    const grounds = unfit.flatMap(one => one.grounds).filter(({ key }) => !isSame(before[key], after[key]))
    tell(fields, [...new Set(grounds)], before)
  }
  /** What a change of values empties besides, at once; nothing when all still fits. Lookups follow when the server has answered. */
  return (before: Values, next: Values): Values => {
    const fields = unfitKeys(object, before, next).flatMap(key => Object.values(object.fields).filter(field => field.key === key))
    const emptied = valuesOf(fields, {}, shown)
    void emptyLookups(before, { ...before, ...next, ...emptied })
    if (fields.length > 0)
      tell(
        fields,
        fields.flatMap(field => parentOf(field, object) ?? []),
        before,
      )
    return emptied
  }
}
