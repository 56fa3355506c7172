import { Module } from '@nestjs/common'
import { PublishingModule } from '../publishing/publishing.module.js'
import { DeletingResolver } from './deleting.resolver.js'

/** What deleting records would do, before it is done. */
@Module({ imports: [PublishingModule], providers: [DeletingResolver] })
export class DeletingModule {}
