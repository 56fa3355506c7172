import { issue, joinPath } from '@tessera/platform/errors.js'
import { type Candidates, candidatesOf } from '@tessera/platform/model/candidates.js'
import { readsOfPaths } from '@tessera/platform/model/computed.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { onceFor } from '@tessera/platform/once-for.js'
import type { Change } from '@tessera/platform/records/change.js'
import { holds } from '@tessera/platform/records/check.js'
import type { Prepared } from './decide.js'
import type { Ledger } from './ledger.js'
import type { Related } from './related.js'
import type { WriteContext } from './write-context.js'

/** Refuses lookups to records that do not fit, where the lookup changes or what it is to fit to. */
export async function checkCandidates(
  prepared: readonly Prepared[],
  ledger: Ledger,
  related: Related,
  context: WriteContext,
): Promise<void> {
  const drafts = new Map(prepared.map(entry => [`${entry.draft.object.name} ${entry.draft.id}`, entry]))
  const objects = new Set([...ledger.values()].map(({ change }) => change.object))
  for (const object of objects) {
    for (const field of chosenFields(object)) {
      const candidates = candidatesOf(field, context.model.objects)
      if (!candidates) continue
      const changes = [...ledger.values()].map(({ change }) => change).filter(change => isAsked(change, object, field, candidates))
      await load(changes, field, candidates, related, context)
      for (const change of changes) {
        const entry = drafts.get(`${object.name} ${change.id}`)
        if (!entry || isUnknown(entry, field) || fits(change, field, candidates, related)) continue
        entry.issues.push(issue('CANDIDATE_UNFIT', joinPath(entry.draft.path, field.key), { field: field.label }))
      }
    }
  }
}

/** Of a record that is not there for the writer nothing is told, also not whether it would fit. */
const isUnknown = ({ draft, issues }: Prepared, { key }: FieldModel): boolean =>
  issues.some(({ code, path }) => code === 'RECORD_UNKNOWN' && path === joinPath(draft.path, key))

/** The lookups of an object that not every record fits. */
const chosenFields = onceFor((object: ObjectModel) =>
  Object.values(object.fields).filter(field => field.definition.candidates !== undefined),
)

const isAsked = ({ deed, changed, object, after }: Change, of: ObjectModel, field: FieldModel, { parents }: Candidates): boolean =>
  object === of &&
  typeof after[field.key] === 'string' &&
  (deed === 'created' || (deed === 'updated' && [field, ...parents].some(({ key }) => changed.includes(key))))

async function load(
  changes: readonly Change[],
  field: FieldModel,
  { target, paths }: Candidates,
  related: Related,
  { model }: WriteContext,
): Promise<void> {
  const [first] = changes
  if (!first) return
  const further = readsOfPaths(paths, target, model.objects).flatMap(({ path }) => (path !== null && path.length > 0 ? [path] : []))
  await related.load(
    first.object,
    changes.map(({ after }) => after),
    [[field.name], ...further.map(path => [field.name, ...path])],
    false,
  )
}

/** A record that cannot be read is refused elsewhere, or stays as it was. */
function fits({ object, before, after }: Change, field: FieldModel, { rule, target }: Candidates, related: Related): boolean {
  const values = related.record(object, field.name, after)
  return values === null || holds(rule, { ...related.judged(target, null, values), parent: related.judged(object, before, after) })
}
