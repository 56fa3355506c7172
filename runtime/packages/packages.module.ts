import { Module } from '@nestjs/common'
import { AccessModule } from '../access/access.module.js'
import { PublishingModule } from '../publishing/publishing.module.js'
import { Packages } from './packages.js'
import { PackagesResolver } from './packages.resolver.js'

/** Sets of definitions that are put into workspaces and taken away again. */
@Module({ imports: [AccessModule, PublishingModule], providers: [Packages, PackagesResolver] })
export class PackagesModule {}
