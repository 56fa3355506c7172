import { type DynamicModule, Global, Module } from '@nestjs/common'
import type { Config } from '../config.js'
import { AccessResolver } from './access.resolver.js'
import { Attempts } from './attempts.js'
import { Denials } from './denials.js'
import { Directory } from './directory.js'
import { DoubtSignal } from './doubt-signal.js'
import { FailedSignIns } from './failed-sign-ins.js'
import { FirstAdmin } from './first-admin.js'
import { Founding } from './founding.js'
import { OwnPassword } from './own-password.js'
import { RefusedTokens } from './refused-tokens.js'
import { Sealer } from './sealer.js'
import { SecondFactor } from './second-factor.js'
import { SecurityResolver } from './security.resolver.js'
import { Sessions } from './sessions.js'
import { SignIn } from './sign-in.js'
import { Views } from './views.js'
import { WhoAsks } from './who-asks.js'
import { WorkspaceSettingsStore } from './workspace-settings.js'

const shared = [
  Attempts,
  Denials,
  Directory,
  FailedSignIns,
  FirstAdmin,
  Founding,
  OwnPassword,
  RefusedTokens,
  SecondFactor,
  Sessions,
  SignIn,
  Views,
  WhoAsks,
  WorkspaceSettingsStore,
]

/** Lends what seals secrets, by the configuration. */
@Global()
@Module({})
export class SealingModule {
  static with({ secrets, dataDirectory }: Pick<Config, 'secrets' | 'dataDirectory'>): DynamicModule {
    return {
      module: SealingModule,
      providers: [{ provide: Sealer, useFactory: () => new Sealer(secrets, dataDirectory) }],
      exports: [Sealer],
    }
  }
}

@Module({ providers: [AccessResolver, DoubtSignal, SecurityResolver, ...shared], exports: shared })
export class AccessModule {}
