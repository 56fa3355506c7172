import { Module } from '@nestjs/common'
import { AccessModule } from '../access/access.module.js'
import { PublishingModule } from '../publishing/publishing.module.js'
import { CheckingResolver } from './checking.resolver.js'
import { ConsequencesResolver } from './consequences.resolver.js'

/** Looking for records that break a rule as they are, whoever wrote them and when, and for what a publish means to records and people. */
@Module({ imports: [AccessModule, PublishingModule], providers: [CheckingResolver, ConsequencesResolver] })
export class CheckingModule {}
