import { Module } from '@nestjs/common'
import { PublishingModule } from '../publishing/publishing.module.js'
import { AuditResolver } from './audit.resolver.js'
import { AuditFollower } from './follower.js'

/** The log of who did what: its chain, and searching it. Whoever does something writes it down by `entry.ts`. */
@Module({ imports: [PublishingModule], providers: [AuditFollower, AuditResolver] })
export class AuditModule {}
