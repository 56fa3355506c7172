import { Module } from '@nestjs/common'
import { PublishingModule } from '../publishing/publishing.module.js'
import { CheckingResolver } from './checking.resolver.js'

/** Looking for records that break a rule as they are, whoever wrote them and when. */
@Module({ imports: [PublishingModule], providers: [CheckingResolver] })
export class CheckingModule {}
