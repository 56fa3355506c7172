import { createHash } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import type { Model } from '@tessera/platform/model/model.js'
import type { ChangePlan } from '@tessera/platform/tables/diff.js'
import type { Caller } from '../access/caller.js'
import { readCatalog } from '../database/catalog.js'
import { Database } from '../database/database.js'
import { candidateOf } from '../publishing/candidate.js'
import { type LiveModel, Models } from '../publishing/models.js'
import { offersOf } from '../publishing/offers.js'
import { objectTables, wayTo } from '../publishing/plan.js'
import { RequestError } from '../request-error.js'
import { notAdditive } from './additive.js'
import { Drafts, type WholeDraft } from './drafts.js'

/** So many previews are kept, those of the last asked. */
const most = 20

/** Drafts over the records as they are, for those who may open them: what is new reads as empty, and nothing is written. */
@Injectable()
export class Previews {
  private readonly kept = new Map<string, LiveModel>()

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
    @Inject(Drafts) private readonly drafts: Drafts,
  ) {}

  /**
   * The present version with a draft laid over it.
   * Throws `NOT_FOUND` for a draft that the caller may not open, `VALIDATION_FAILED` where something keeps it from being shown: what, is
   * told to admins, since it may name what others do not see.
   */
  async of(caller: Caller, id: string): Promise<LiveModel> {
    const draft = await this.drafts.open(caller, id)
    const { schema } = caller.workspace
    const live = await this.models.current(schema)
    const key = createHash('sha256').update(`preview ${schema} ${live.hash} ${draft.id} ${draft.revision}`).digest('hex')
    const preview = this.kept.get(key) ?? { ...(await this.made(draft, schema).catch(toldTo(caller))), hash: key, version: live.version }
    this.kept.delete(key)
    this.kept.set(key, preview)
    if (this.kept.size > most) this.kept.delete(this.kept.keys().next().value ?? '')
    return preview
  }

  private async made({ entries }: WholeDraft, schema: string): Promise<Omit<LiveModel, 'hash' | 'version'>> {
    const { pool } = this.database
    const present = await this.models.stored(schema)
    const before = this.models.modelOf(present)
    const there = new Set(present?.elements.map(({ kind, name }) => `${kind} ${name}`))
    const put = entries.flatMap(({ after }) => (after === null ? [] : [after]))
    const remove = entries.filter(({ kind, name, after }) => after === null && there.has(`${kind} ${name}`))
    const { elements, model, issues } = candidateOf(present?.elements ?? [], { put, remove }, 'workspace')
    if (issues.length > 0) throw new RequestError('VALIDATION_FAILED', issues)
    const has = objectTables(await readCatalog(pool, schema))
    const way = wayTo(model, before, present ? [present.storage] : [], has, await offersOf(pool))
    const refused = notAdditive(way.changes, before)
    if (refused.length > 0) throw new RequestError('VALIDATION_FAILED', refused)
    return { model: withUnborn(way.model, way.alterations), storage: way.storage, elements }
  }
}

const toldTo =
  ({ isAdmin }: Caller) =>
  (error: unknown): never => {
    const isOfDraft = error instanceof RequestError && error.code === 'VALIDATION_FAILED'
    throw isOfDraft && !isAdmin ? new RequestError('VALIDATION_FAILED', [issue('PREVIEW_UNREADY', '')]) : error
  }

/** The model in which objects know what their tables do not have yet. */
function withUnborn(model: Model, alterations: ChangePlan): Model {
  const unbornIn = (table: string) => {
    const made = alterations.flatMap(one => (one.do === 'createTable' && one.table.name === table ? one.table.columns : []))
    const added = alterations.flatMap(one => (one.do === 'addColumn' && one.table === table ? [one.column] : []))
    return { table: made.length > 0, columns: [...made, ...added] }
  }
  const objects = Object.fromEntries(
    Object.values(model.objects).map(object => {
      const unborn = unbornIn(object.table)
      return [object.name, unborn.columns.length > 0 ? { ...object, unborn } : object]
    }),
  )
  return Object.freeze({ ...model, objects })
}
