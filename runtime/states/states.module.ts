import { Module } from '@nestjs/common'
import { PublishingModule } from '../publishing/publishing.module.js'
import { StatesResolver } from './states.resolver.js'

/** What may be done with the states of records, and how they came about. */
@Module({ imports: [PublishingModule], providers: [StatesResolver] })
export class StatesModule {}
