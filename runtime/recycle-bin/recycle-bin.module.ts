import { Module } from '@nestjs/common'
import { PublishingModule } from '../publishing/publishing.module.js'
import { RecordsModule } from '../records/records.module.js'
import { Purger } from './purger.js'
import { RecycleBinResolver } from './recycle-bin.resolver.js'

/** What was deleted: shown, restored, and gone for good in the end. */
@Module({ imports: [PublishingModule, RecordsModule], providers: [Purger, RecycleBinResolver] })
export class RecycleBinModule {}
