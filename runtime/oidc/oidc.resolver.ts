import { Inject } from '@nestjs/common'
import { Query, Resolver } from '@nestjs/graphql'
import { Provider } from './provider.js'

@Resolver()
export class OidcResolver {
  constructor(@Inject(Provider) private readonly provider: Provider) {}

  @Query(() => String, { nullable: true, description: 'What to call the provider of identities at /sign-in/oidc; null without one.' })
  signInProvider(): string | null {
    return this.provider.label
  }
}
