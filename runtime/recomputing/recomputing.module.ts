import { Module } from '@nestjs/common'
import { AccessModule } from '../access/access.module.js'
import { PublishingModule } from '../publishing/publishing.module.js'
import { RecordsModule } from '../records/records.module.js'
import { DriftWatch } from './drift-watch.js'
import { Recomputer } from './recomputer.js'
import { RecomputingResolver } from './recomputing.resolver.js'

/** Computing anew what was left for later, and looking whether what is kept is right. */
@Module({ imports: [AccessModule, PublishingModule, RecordsModule], providers: [Recomputer, DriftWatch, RecomputingResolver] })
export class RecomputingModule {}
