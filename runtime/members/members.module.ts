import { Module } from '@nestjs/common'
import { AccessModule } from '../access/access.module.js'
import { PublishingModule } from '../publishing/publishing.module.js'
import { RecordsModule } from '../records/records.module.js'
import { Invitations } from './invitations.js'
import { MemberChanges } from './member-changes.js'
import { MembersResolver } from './members.resolver.js'
import { Offboarder } from './offboarder.js'
import { Offboardings } from './offboardings.js'
import { PasswordResets } from './password-resets.js'
import { Roles } from './roles.js'

/** Who belongs to a workspace: inviting, letting back in, letting out. */
@Module({
  imports: [AccessModule, PublishingModule, RecordsModule],
  providers: [MembersResolver, Invitations, MemberChanges, Offboarder, Offboardings, PasswordResets, Roles],
  exports: [Invitations],
})
export class MembersModule {}
