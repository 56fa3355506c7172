import { Module } from '@nestjs/common'
import { PublishingModule } from '../publishing/publishing.module.js'
import { ExchangeRates } from './exchange-rates.js'
import { RatesResolver } from './rates.resolver.js'

/** What currencies are worth in each other. */
@Module({ imports: [PublishingModule], providers: [ExchangeRates, RatesResolver], exports: [ExchangeRates] })
export class RatesModule {}
