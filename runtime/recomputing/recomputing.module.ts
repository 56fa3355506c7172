import { Module } from '@nestjs/common'
import { AccessModule } from '../access/access.module.js'
import { PublishingModule } from '../publishing/publishing.module.js'
import { RecordsModule } from '../records/records.module.js'
import { Recomputer } from './recomputer.js'
import { RecomputingResolver } from './recomputing.resolver.js'

/** Computing anew what was left for later. */
@Module({ imports: [AccessModule, PublishingModule, RecordsModule], providers: [Recomputer, RecomputingResolver] })
export class RecomputingModule {}
