import type { ViewDefinition } from '@tessera/platform/definitions/view.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { useMemo } from 'react'
import { useApp } from '../api/app.js'
import { orderByOf } from '../views/list/columns.js'

/** Whether a field of the draft can be read already: it is live, of the same type, and this member may see it. */
export const isReadable = (field: FieldModel, live: ObjectModel): boolean => lookup(live.fields, field.name)?.type === field.type

/** What a view asks for, as the API takes it. */
export function useViewAsked(view: ViewDefinition, live: ObjectModel) {
  const { model } = useApp()
  return useMemo(() => {
    const sort = view.sort ?? live.definition.sort ?? [{ field: 'createdAt', direction: 'desc' as const }]
    return {
      where: view.where === undefined ? undefined : { rule: view.where },
      orderBy: orderByOf(
        live,
        sort.map(({ field, direction }) => ({ field, direction: direction ?? 'asc' })),
        model.objects,
      ),
    }
  }, [view.where, view.sort, live, model.objects])
}
