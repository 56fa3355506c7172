import { Inject } from '@nestjs/common'
import { Args, Context, ID, Int, Query, Resolver } from '@nestjs/graphql'
import { isId } from '@tessera/platform/fields/id-text.js'
import { type Label, labelOf } from '@tessera/platform/label.js'
import type { Caller } from '../access/caller.js'
import { requireCaller } from '../access/require.js'
import { Database } from '../database/database.js'
import { writeContext } from '../graphql/request-context.js'
import { Models } from '../publishing/models.js'
import type { WriteContext } from '../records/write-context.js'
import { type Offer, offersOf } from './offers.js'
import { readStateHistory } from './state-history.js'
import { StateMove, TransitionOffer } from './states.types.js'

const most = 200

@Resolver()
export class StatesResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
  ) {}

  @Query(() => [TransitionOffer], {
    description: 'The transitions out of the present states of records, with why one is not allowed to the caller.',
  })
  async transitions(
    @Args('object', { type: () => String }) object: string,
    @Args('ids', { type: () => [ID] }) ids: string[],
    @Context('caller') asking: Caller | null,
  ): Promise<TransitionOffer[]> {
    const caller = requireCaller(asking)
    const offers = await offersOf(this.database.pool, object, ids.slice(0, most), await this.contextOf(caller))
    return offers.map(offer => ({
      ...shownOffer(offer, label => labelOf(label, caller.language)),
      why: offer.why?.(caller.language) ?? [],
    }))
  }

  @Query(() => [StateMove], {
    description: 'The changes of the states of a record, newest first; empty when there is no such record for the caller.',
  })
  async stateHistory(
    @Args('object', { type: () => String }) object: string,
    @Args('id', { type: () => ID }) id: string,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Context('caller') asking: Caller | null,
  ): Promise<StateMove[]> {
    const caller = requireCaller(asking)
    if (!isId(id)) return []
    const limit = Math.min(Math.max(Math.trunc(first), 0), most)
    return readStateHistory(this.database.pool, object, id, limit, await this.contextOf(caller))
  }

  private async contextOf(caller: Caller): Promise<WriteContext> {
    const live = await this.models.current(caller.workspace.schema)
    return writeContext({ caller, live, profile: this.models.profile(live, caller.roles) }, new Date())
  }
}

const shownOffer = ({ record, field, transition, refusal, form }: Offer, text: (label: Label) => string): Omit<TransitionOffer, 'why'> => ({
  record,
  field,
  transition: transition.name,
  label: text(transition.label),
  to: transition.to,
  allowed: refusal === null,
  reason: refusal && text(refusal.reason),
  hint: refusal && text(refusal.hint),
  requires: transition.requires,
  form,
  confirm: transition.confirm && text(transition.confirm),
  comment: transition.comment,
})
