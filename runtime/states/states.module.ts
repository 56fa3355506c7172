import { Module } from '@nestjs/common'
import { PublishingModule } from '../publishing/publishing.module.js'
import { RecordsModule } from '../records/records.module.js'
import { AutomaticTransitions } from './automatic-transitions.js'
import { StatesResolver } from './states.resolver.js'

/** What may be done with the states of records, what happens to them by itself, and how they came about. */
@Module({ imports: [PublishingModule, RecordsModule], providers: [StatesResolver, AutomaticTransitions] })
export class StatesModule {}
