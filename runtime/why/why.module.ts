import { Module } from '@nestjs/common'
import { PublishingModule } from '../publishing/publishing.module.js'
import { WhyResolver } from './why.resolver.js'

/** Why values and fields of records are as they are. */
@Module({ imports: [PublishingModule], providers: [WhyResolver] })
export class WhyModule {}
