import { Module } from '@nestjs/common'
import { AccessModule } from '../access/access.module.js'
import { PublishingModule } from '../publishing/publishing.module.js'
import { RecordsModule } from '../records/records.module.js'
import { DirectoryResolver } from './directory.resolver.js'
import { InNameOf } from './in-name-of.js'
import { RecordRightsResolver } from './records.resolver.js'
import { Recycler } from './recycler.js'

/** Rights as far as they are data: groups, roles for a time, shares, masked values that were shown, the pool. */
@Module({
  imports: [AccessModule, PublishingModule, RecordsModule],
  providers: [DirectoryResolver, InNameOf, RecordRightsResolver, Recycler],
})
export class RightsModule {}
