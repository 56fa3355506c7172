import { Inject } from '@nestjs/common'
import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql'
import type { Caller } from '../access/caller.js'
import { requirePerson } from '../access/require.js'
import { ApiKeyStore } from './api-key-store.js'
import { ApiKeyInfo, CreateApiKeyArgs } from './keys.types.js'

@Resolver()
export class KeysResolver {
  constructor(@Inject(ApiKeyStore) private readonly store: ApiKeyStore) {}

  @Query(() => [ApiKeyInfo], { description: 'The API keys that act as you; for an admin all of the workspace.' })
  apiKeys(@Context('caller') caller: Caller | null): Promise<ApiKeyInfo[]> {
    return this.store.list(requirePerson(caller))
  }

  @Mutation(() => String, { description: 'A token for a program that acts as a member in this workspace; it is shown only now.' })
  createApiKey(@Args() asked: CreateApiKeyArgs, @Context('caller') caller: Caller | null): Promise<string> {
    return this.store.create(requirePerson(caller), asked)
  }

  @Mutation(() => Boolean, { description: 'Ends an API key at once; false when there is none of this id.' })
  revokeApiKey(@Args('id', { type: () => ID }) id: string, @Context('caller') caller: Caller | null): Promise<boolean> {
    return this.store.revoke(requirePerson(caller), id)
  }
}
