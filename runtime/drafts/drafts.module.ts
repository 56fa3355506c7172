import { Module } from '@nestjs/common'
import { AccessModule } from '../access/access.module.js'
import { PublishingModule } from '../publishing/publishing.module.js'
import { Drafts } from './drafts.js'
import { DraftsResolver } from './drafts.resolver.js'
import { Previews } from './previews.js'

/** What is being built and not live yet. */
@Module({ imports: [AccessModule, PublishingModule], providers: [Drafts, DraftsResolver, Previews], exports: [Previews] })
export class DraftsModule {}
