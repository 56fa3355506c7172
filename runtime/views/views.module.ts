import { Module } from '@nestjs/common'
import { AccessModule } from '../access/access.module.js'
import { PublishingModule } from '../publishing/publishing.module.js'
import { SavedViews } from './saved-views.js'
import { ViewsResolver } from './views.resolver.js'

/** Views that members save. */
@Module({ imports: [AccessModule, PublishingModule], providers: [SavedViews, ViewsResolver] })
export class ViewsModule {}
