import { Inject } from '@nestjs/common'
import { Args, Context, Int, Mutation, Query, Resolver } from '@nestjs/graphql'
import type { Caller } from '../access/caller.js'
import { requireAdmin, requireCaller } from '../access/require.js'
import { ExchangeRates } from './exchange-rates.js'
import { ExchangeRate, ExchangeRateInput } from './rates.types.js'

@Resolver()
export class RatesResolver {
  constructor(@Inject(ExchangeRates) private readonly rates: ExchangeRates) {}

  @Query(() => [ExchangeRate], { description: 'The exchange rates of the workspace, the newest first.' })
  exchangeRates(
    @Args('first', { type: () => Int, defaultValue: 100 }) first: number,
    @Context('caller') caller: Caller | null,
  ): Promise<ExchangeRate[]> {
    return this.rates.list(requireCaller(caller).workspace.schema, first)
  }

  @Mutation(() => [ExchangeRate], { description: 'Sets exchange rates; those of the same currency and day are replaced. For admins.' })
  async setExchangeRates(
    @Args('rates', { type: () => [ExchangeRateInput] }) rates: ExchangeRateInput[],
    @Context('caller') caller: Caller | null,
  ): Promise<ExchangeRate[]> {
    const { workspace } = requireAdmin(caller)
    await this.rates.set(workspace.schema, workspace.currency, rates)
    return this.rates.list(workspace.schema, 100)
  }
}
