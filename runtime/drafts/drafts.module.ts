import { Module } from '@nestjs/common'
import { AccessModule } from '../access/access.module.js'
import { Drafts } from './drafts.js'
import { DraftsResolver } from './drafts.resolver.js'

/** What is being built and not live yet. */
@Module({ imports: [AccessModule], providers: [Drafts, DraftsResolver] })
export class DraftsModule {}
