import type { ActionName } from '@tessera/platform/definitions/role.js'
import { issue } from '@tessera/platform/errors.js'
import { isId } from '@tessera/platform/fields/id-text.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import type { Caller } from '../access/caller.js'
import type { Queryable } from '../database/queryable.js'
import { writeContext } from '../graphql/request-context.js'
import type { Models } from '../publishing/models.js'
import { forbidden } from '../records/decide.js'
import { type Present, readPresent } from '../records/gather.js'
import { authorize } from '../records/pipeline.js'
import type { WriteContext } from '../records/write-context.js'
import { RequestError } from '../request-error.js'

/** The circumstances in which a caller asks. */
export async function contextOf(caller: Caller, models: Models): Promise<WriteContext> {
  const live = await models.current(caller.workspace.schema)
  return writeContext({ caller, live, profile: models.profile(live, caller.roles) }, new Date())
}

/** An object that the caller may see; throws `NOT_FOUND`. */
export function objectIn({ model, profile }: WriteContext, name: string): ObjectModel {
  const object = lookup((profile?.model ?? model).objects, name) && lookup(model.objects, name)
  if (!object) throw new RequestError('NOT_FOUND', [issue('OBJECT_UNKNOWN', 'object', { object: name, suggestion: '' })])
  return object
}

/** A record that the caller sees and may do something to; throws `NOT_FOUND` as for an absent one, or `FORBIDDEN`. */
export async function requireRecord(
  client: Queryable,
  object: ObjectModel,
  id: string,
  action: ActionName,
  context: WriteContext,
  locks = false,
): Promise<Present> {
  authorize(object, action, context)
  const found = isId(id)
    ? (await readPresent(client, object, [id.toLowerCase()], action, context, 'NO', locks)).get(id.toLowerCase())
    : undefined
  if (!found) throw notFound()
  if (!found.isAllowed) throw new RequestError('FORBIDDEN', [forbidden(object, action, '')])
  return found
}

/** What is answered for a record that is not there, or not for the caller. */
export const notFound = (): RequestError => new RequestError('NOT_FOUND', [issue('RECORD_NOT_FOUND', 'id')])
