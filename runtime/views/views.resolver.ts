import { Inject } from '@nestjs/common'
import { Args, Context, Field, ID, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql'
import type { Caller } from '../access/caller.js'
import { requireCaller } from '../access/require.js'
import { SavedViews } from './saved-views.js'

@ObjectType({ description: 'A view that a member saved: how a list is filtered and ordered, and which columns it shows.' })
export class SavedViewInfo {
  @Field(() => ID)
  id!: string

  @Field(() => String)
  object!: string

  @Field(() => String)
  name!: string

  @Field(() => String, { description: 'What the app writes into the address of the list.' })
  query!: string

  @Field(() => [String], { nullable: true, description: 'Null is the columns of the view that it was made from.' })
  columns!: readonly string[] | null

  @Field(() => Boolean, { description: 'Whether everybody who may read the object has it.' })
  isShared!: boolean

  @Field(() => Boolean)
  isMine!: boolean

  @Field(() => String, { nullable: true, description: 'The name of the member who saved it.' })
  owner!: string | null
}

@Resolver()
export class ViewsResolver {
  constructor(@Inject(SavedViews) private readonly views: SavedViews) {}

  @Query(() => [SavedViewInfo], { description: 'The saved views of an object: your own and those that are shared.' })
  savedViews(@Args('object', { type: () => String }) object: string, @Context('caller') caller: Caller | null): Promise<SavedViewInfo[]> {
    return this.views.list(requireCaller(caller), object)
  }

  @Mutation(() => SavedViewInfo, { description: 'Saves a view; with an id, or the name of one of your own, it replaces that one.' })
  saveView(
    @Args('object', { type: () => String }) object: string,
    @Args('name', { type: () => String }) name: string,
    @Args('query', { type: () => String }) query: string,
    @Args('id', { type: () => ID, nullable: true }) id: string | null,
    @Args('columns', { type: () => [String], nullable: true }) columns: readonly string[] | null,
    @Args('isShared', { type: () => Boolean, defaultValue: false }) isShared: boolean,
    @Context('caller') caller: Caller | null,
  ): Promise<SavedViewInfo> {
    return this.views.save(requireCaller(caller), id ?? null, { object, name, query, columns: columns ?? null, isShared })
  }

  @Mutation(() => Boolean, { description: 'Removes a view of your own; an admin also a shared one.' })
  async deleteView(@Args('id', { type: () => ID }) id: string, @Context('caller') caller: Caller | null): Promise<boolean> {
    await this.views.remove(requireCaller(caller), id)
    return true
  }
}
