import { Module } from '@nestjs/common'
import { AccessModule } from '../access/access.module.js'
import { AdminRoles } from './admin-roles.js'
import { Finisher } from './finisher.js'
import { InstallApp } from './install-app.js'
import { Models } from './models.js'
import { Publisher } from './publisher.js'
import { PublishingResolver } from './publishing.resolver.js'

@Module({
  imports: [AccessModule],
  providers: [AdminRoles, Finisher, InstallApp, Models, Publisher, PublishingResolver],
  exports: [AdminRoles, Finisher, InstallApp, Models, Publisher],
})
export class PublishingModule {}
