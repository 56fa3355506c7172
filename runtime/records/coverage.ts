import { conditionOf, type Profile } from '@tessera/platform/access/profile.js'
import type { ActionName } from '@tessera/platform/definitions/role.js'
import type { Model, ObjectModel } from '@tessera/platform/model/model.js'
import { onceFor } from '@tessera/platform/once-for.js'
import { conditionSql, queryContext, unrestricted, visible } from '@tessera/platform/query/source.js'
import { flat, type Sql, sql } from '@tessera/platform/sql/sql.js'
import type { WriteContext } from './write-context.js'

type Deleted = 'NO' | 'ONLY' | 'WITH'
type Writing = Pick<WriteContext, 'model' | 'profile'>

/** The conditions of a profile, or of a model where the product itself writes: the same for every write, who asks stands in slots. */
const kept = onceFor((_: Profile | Model) => new Map<string, Sql>())

function once({ model, profile }: Writing, key: string, make: () => Sql): Sql {
  const known = kept(profile ?? model)
  const found = known.get(key) ?? flat(make())
  known.set(key, found)
  return found
}

const queryOf = ({ model, profile }: Writing) => queryContext(model, profile?.conditions ?? unrestricted, profile?.model ?? model)

/** The condition that records of an object, as `t`, are there for the writer. */
export const isSeen = (object: ObjectModel, writing: Writing, deleted: Deleted = 'NO'): Sql =>
  once(writing, `${deleted} ${object.name}`, () => visible(object, 't', queryOf(writing), deleted))

/** Whether the writer's grants cover an action on a record of an object, as `t`. */
export const isCovered = (object: ObjectModel, action: ActionName, writing: Writing): Sql =>
  once(writing, `${action} ${object.name}`, () => {
    const condition = writing.profile ? conditionOf(writing.profile, action, object.name) : null
    return condition ? sql`coalesce(${conditionSql(condition, object, 't', queryOf(writing))}, false)` : sql`true`
  })
