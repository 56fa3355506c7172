import { isId } from '@tessera/platform/fields/id-text.js'
import type { Locale } from '@tessera/platform/label.js'
import { explainedRules, type Why, whysOf, whysOfLinks, whyTitle } from '@tessera/platform/records/explanation.js'
import { lookup } from '@tessera/platform/registry.js'
import type { Queryable } from '../database/queryable.js'
import { readPresent } from '../records/gather.js'
import { relatedIn } from '../records/related.js'
import type { WriteContext } from '../records/write-context.js'
import { tellingFor } from './telling.js'
import { type GatheredRows, whyRollup } from './why-rollup.js'

/** An explanation as the server gives it: of a rollup with the children that it gathers. */
export interface FieldWhy extends Why {
  readonly rows: GatheredRows | null
}

/**
 * Why a field of a record has its value, and it or the links of that name are shown, required, read-only as they are: the rules and their
 * inputs, for the caller.
 * @returns nothing where no rule speaks, and when there is no such record or field for the caller
 */
export async function whyField(
  client: Queryable,
  objectName: string,
  id: string,
  fieldName: string,
  locale: Locale,
  context: WriteContext,
): Promise<FieldWhy[]> {
  const seen = lookup((context.profile?.model ?? context.model).objects, objectName)
  const object = seen && lookup(context.model.objects, objectName)
  const field = object && lookup(seen.fields, fieldName) && lookup(object.fields, fieldName)
  const links = object && lookup(seen.children, fieldName)?.through && lookup(object.children, fieldName)
  const explained = field ?? links
  if (!object || !explained || !isId(id)) return []
  const found = (await readPresent(client, object, [id], 'read', context, 'NO', false)).get(id.toLowerCase())
  if (!found) return []
  const { values } = found
  const related = relatedIn(client, context, new Map(), true)
  const rules = explainedRules(explained, object, context.model)
  const telling = (await tellingFor(client, object, [values], rules, related, context))(values, locale)
  const judged = related.judged(object, values, values)
  const whys = field ? whysOf(field, judged, telling) : links ? whysOfLinks(links, judged, telling) : []
  const ruled = whys.map(why => ({ ...why, rows: null }))
  if (!field?.rollup) return ruled
  const gathered = await whyRollup(client, field, field.rollup, values, related, telling, context)
  return gathered ? [{ kind: 'rollup', title: whyTitle('rollup', field.label, telling), ...gathered }, ...ruled] : ruled
}
