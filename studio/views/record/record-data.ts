import { formsOf } from '@tessera/platform/forms/form-schema.js'
import type { Model, ObjectModel } from '@tessera/platform/model/model.js'
import { fieldNamed } from '@tessera/platform/model/scope.js'
import { ruledFields } from '@tessera/platform/records/check-fields.js'
import { formReads } from '@tessera/platform/records/form-reads.js'
import { namesForEditing } from '@tessera/platform/records/locks.js'
import { useMemo } from 'react'
import { useApp } from '../../api/app.js'
import { useRecord } from '../../api/records.js'
import { seenFields, selectionOf } from '../../fields/selection.js'
import { linksSelection } from '../../forms/links-input.js'
import { allChildren, type Children } from './children.js'
import { groupsOf, type PagePlan, pagePlan, panelsOfPage } from './page-plan.js'

/** The fields that rules decide about, and those that they read. */
const namesForRules = (object: ObjectModel, model: Model): string[] => [
  ...ruledFields(object).map(field => field.name),
  ...[undefined, ...formsOf(model, object)]
    .flatMap(form => formReads(object, form, model))
    .flatMap(([first = '']) => fieldNamed(object, first)?.name ?? []),
]

/** An input of the API as it stands in a document. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  return `{ ${Object.entries(value)
    .map(([key, entry]) => `${key}: ${literal(entry)}`)
    .join(', ')} }`
}

/** What to ask of a record so that its values and what belongs to it can be drawn and edited. */
function selectOf(object: ObjectModel, groups: readonly Children[], model: Model): string {
  const seen = seenFields(object).map(field => field.name)
  const own = selectionOf(object, [...seen, ...namesForRules(object, model), ...namesForEditing(object, seen, model)], model)
  const parts = groups.map(({ child, object: of, fields, most, orderBy }) => {
    const inner = selectionOf(of, [...fields.map(field => field.name), ...namesForRules(of, model)], model)
    const order = orderBy.length > 0 ? `, orderBy: ${literal(orderBy)}` : ''
    const list = `${child.name}(first: ${most}${order}) { totalCount nodes { ${inner} } }`
    return child.through ? `${list} ${linksSelection(child, model)}` : list
  })
  return [own, ...parts].join(' ')
}

/** What a record's page shows, as the definitions of this member say. */
export function usePagePlan(object: ObjectModel, model: Model): PagePlan {
  return useMemo(() => pagePlan(object, model, allChildren(object, model, panelsOfPage(object, model))), [object, model])
}

/**
 * A record with all its fields and the first of what its page shows of what belongs to it.
 * @param model with the page, of which nothing is shown that is not live
 */
export function useRecordPage(object: ObjectModel, id: string, model: Model) {
  const plan = usePagePlan(object, model)
  const children = useMemo(() => groupsOf(plan), [plan])
  const select = useMemo(() => selectOf(object, children, model), [object, model, children])
  const own = useMemo(
    () =>
      selectionOf(
        object,
        seenFields(object).map(field => field.name),
        model,
      ),
    [object, model],
  )
  return { plan, children, select, own, query: useRecord(object, id, select) }
}

/** A record with all its fields and all that belongs to it, to be edited in its form. */
export function useWholeRecord(object: ObjectModel, id: string) {
  const { model } = useApp()
  const select = useMemo(() => selectOf(object, allChildren(object, model), model), [object, model])
  return { select, query: useRecord(object, id, select) }
}
