import { Inject } from '@nestjs/common'
import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql'
import { narrowDefinitions } from '@tessera/platform/access/narrow-definitions.js'
import type { Caller } from '../access/caller.js'
import { requireAdmin, requireCaller } from '../access/require.js'
import { Json } from '../publishing/json.js'
import { Models } from '../publishing/models.js'
import { Drafts } from './drafts.js'
import { DraftInfo, PreviewInfo, SaveDraftArgs, WholeDraftInfo } from './drafts.types.js'
import { Previews } from './previews.js'

@Resolver()
export class DraftsResolver {
  constructor(
    @Inject(Drafts) private readonly kept: Drafts,
    @Inject(Previews) private readonly previews: Previews,
    @Inject(Models) private readonly models: Models,
  ) {}

  @Query(() => [DraftInfo], { description: 'Your drafts, and those that you were let in to. For admins.' })
  drafts(@Context('caller') caller: Caller | null): Promise<DraftInfo[]> {
    return this.kept.list(requireAdmin(caller))
  }

  @Query(() => WholeDraftInfo, { description: 'A draft with what it changes. For admins.' })
  draft(@Args('id', { type: () => ID }) id: string, @Context('caller') caller: Caller | null): Promise<WholeDraftInfo> {
    return this.kept.open(requireAdmin(caller), id)
  }

  @Query(() => PreviewInfo, {
    description:
      'The definitions as a draft that you were let in to would have them, as far as you may see them; records are read so with the header `X-Tessera-Draft`.',
  })
  async preview(@Args('id', { type: () => ID }) id: string, @Context('caller') asking: Caller | null): Promise<PreviewInfo> {
    const caller = requireCaller(asking)
    const live = await this.previews.of(caller, id)
    const profile = this.models.profile(live, caller.roles)
    const { name } = await this.kept.open(caller, id)
    return { name, version: live.version, definitions: narrowDefinitions(live.elements, profile, caller.roles) }
  }

  @Mutation(() => WholeDraftInfo, { description: 'Begins a draft on the present version. For admins.' })
  beginDraft(
    @Args('name', { type: () => String }) name: string,
    @Args('entries', { type: () => [Json], defaultValue: [] }) entries: unknown[],
    @Context('caller') caller: Caller | null,
  ): Promise<WholeDraftInfo> {
    return this.kept.begin(requireAdmin(caller), name, entries)
  }

  @Mutation(() => DraftInfo, {
    description: 'Saves a draft over the revision that its entries were made from; CONFLICT when somebody saved another one meanwhile.',
  })
  saveDraft(@Args() { id, ...saved }: SaveDraftArgs, @Context('caller') caller: Caller | null): Promise<DraftInfo> {
    return this.kept.save(requireAdmin(caller), id, saved)
  }

  @Mutation(() => DraftInfo, { description: 'Names a draft of your own, and says who works on it too.' })
  describeDraft(
    @Args('id', { type: () => ID }) id: string,
    @Args('name', { type: () => String }) name: string,
    @Args('editors', { type: () => [ID], defaultValue: [] }) editors: string[],
    @Context('caller') caller: Caller | null,
  ): Promise<DraftInfo> {
    return this.kept.describe(requireAdmin(caller), id, name, editors)
  }

  @Mutation(() => Boolean, { description: 'Throws a draft of your own away.' })
  async discardDraft(@Args('id', { type: () => ID }) id: string, @Context('caller') caller: Caller | null): Promise<boolean> {
    await this.kept.discard(requireAdmin(caller), id)
    return true
  }
}
