import { Inject } from '@nestjs/common'
import { Context, Field, ObjectType, Query, Resolver } from '@nestjs/graphql'
import { labelOf } from '@tessera/platform/label.js'
import type { PlatformContext } from '../access/platform-context.js'
import { Demo } from './demo.js'

@ObjectType()
export class DemoMember {
  @Field(() => String)
  email!: string

  @Field(() => String)
  name!: string

  /** What they are, in the reader's language. */
  @Field(() => String)
  role!: string
}

@Resolver()
export class DemoResolver {
  constructor(@Inject(Demo) private readonly demo: Demo) {}

  @Query(() => [DemoMember], { description: 'The members of the demo workspace, for the sign-in page; none where there is no demo.' })
  async demoMembers(@Context() { language }: PlatformContext): Promise<DemoMember[]> {
    return (await this.demo.members()).map(({ email, name, role }) => ({ email, name, role: labelOf(role, language) }))
  }
}
