import { type DynamicModule, Module } from '@nestjs/common'
import { AccessModule } from '../access/access.module.js'
import type { IdentityConfig } from '../config.js'
import { MembersModule } from '../members/members.module.js'
import { PublishingModule } from '../publishing/publishing.module.js'
import { Oidc, OidcController } from './oidc.controller.js'
import { OidcResolver } from './oidc.resolver.js'
import { Provider } from './provider.js'
import { SignInElsewhere } from './sign-in-elsewhere.js'

/** Signing in by a provider of OpenID Connect. */
@Module({})
export class OidcModule {
  static with(identity: IdentityConfig): DynamicModule {
    return {
      module: OidcModule,
      imports: [AccessModule, MembersModule, PublishingModule],
      controllers: identity.oidc ? [OidcController] : [],
      providers: [
        OidcResolver,
        SignInElsewhere,
        { provide: Provider, useFactory: () => new Provider(identity) },
        { provide: Oidc, useFactory: () => new Oidc(identity.oidc) },
      ],
    }
  }
}
