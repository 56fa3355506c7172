import { Module } from '@nestjs/common'
import { AccessResolver } from './access.resolver.js'
import { Directory } from './directory.js'
import { FirstAdmin } from './first-admin.js'
import { Founding } from './founding.js'
import { Sessions } from './sessions.js'
import { SignIn } from './sign-in.js'
import { WhoAsks } from './who-asks.js'
import { WorkspaceSettingsStore } from './workspace-settings.js'

@Module({
  providers: [AccessResolver, Directory, FirstAdmin, Founding, Sessions, SignIn, WhoAsks, WorkspaceSettingsStore],
  exports: [Directory, FirstAdmin, Founding, Sessions, WhoAsks, WorkspaceSettingsStore],
})
export class AccessModule {}
