import { Module } from '@nestjs/common'
import { PublishingModule } from '../publishing/publishing.module.js'
import { MergingResolver } from './merging.resolver.js'

/** What merging records would do. */
@Module({ imports: [PublishingModule], providers: [MergingResolver] })
export class MergingModule {}
