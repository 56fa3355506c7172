import type { Effect } from '@tessera/platform/actions/action.js'
import type { Performer } from './effect.js'

/** Creates a record through the pipeline of every write, for the product itself. Throws when the object is gone or the values are refused. */
export const create: Performer<Extract<Effect, { readonly effect: 'create' }>> = async (
  { object, values },
  { client, writer, context },
) => {
  const target = context.model.objects[object]
  if (!target) throw new Error(`There is no object ${object}`)
  await writer.write(target, [{ action: 'create', id: null, version: null, data: values }], context, { atomic: true, client })
}
