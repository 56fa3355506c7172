import { candidatesOf, filledCandidates } from '@tessera/platform/model/candidates.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { type App, objectOf } from '../api/app.js'
import { ask } from '../api/client.js'
import { listDocument, type Page } from '../api/records.js'
import type { Values } from './face.js'

/** A lookup whose record does not fit any more, and the fields by which it was chosen. */
export interface UnfitLookup {
  readonly field: FieldModel
  readonly grounds: readonly FieldModel[]
}

/** The lookups that a change may leave without their ground: they are filled, stay as they are, and what their candidates are chosen by changes. */
export const questionedLookups = (app: Pick<App, 'model'>, object: ObjectModel, before: Values, after: Values): readonly UnfitLookup[] =>
  Object.values(object.fields).flatMap(field => {
    const grounds = candidatesOf(field, app.model.objects)?.parents ?? []
    const id = after[field.key]
    const isAsked =
      typeof id === 'string' && id === before[field.key] && grounds.some(({ key }) => (after[key] ?? null) !== (before[key] ?? null))
    return isAsked ? [{ field, grounds }] : []
  })

/**
 * Those of the lookups that a change may leave without their ground which no longer fit, as the server says.
 * What cannot be asked counts as fitting: the write is judged by the server in any case.
 */
export async function unfitLookups(app: App, object: ObjectModel, before: Values, after: Values): Promise<readonly UnfitLookup[]> {
  const answers = await Promise.all(
    questionedLookups(app, object, before, after).map(async lookup => ((await fits(app, object, lookup.field, after)) ? [] : [lookup])),
  )
  return answers.flat()
}

async function fits(app: App, object: ObjectModel, field: FieldModel, values: Values): Promise<boolean> {
  const target = objectOf(app, field.relation?.to ?? undefined)
  if (!target) return true
  const where = { and: [{ id: { eq: values[field.key] } }, { rule: filledCandidates(field.definition.candidates, object, values) }] }
  try {
    const { page } = await ask<{ page: Page }>('/graphql', listDocument(target, 'id'), { where, first: 1 })
    return page.nodes.length > 0
  } catch {
    return true
  }
}
