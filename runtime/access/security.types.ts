import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql'

@ObjectType({ description: 'A browser or program that is signed in as you.' })
export class SessionInfo {
  @Field(() => ID)
  id!: string

  @Field(() => String, { nullable: true, description: 'What the browser or program calls itself.' })
  device!: string | null

  @Field(() => String, { nullable: true, description: 'The network address that used it last.' })
  address!: string | null

  @Field(() => String, { description: '`password` or `oidc`.' })
  method!: string

  @Field(() => GraphQLISODateTime)
  createdAt!: Date

  @Field(() => GraphQLISODateTime)
  lastSeen!: Date

  @Field(() => Boolean, { description: 'The one that asks.' })
  current!: boolean
}

@ObjectType()
export class SecondFactorInfo {
  @Field(() => Boolean)
  active!: boolean

  @Field(() => Boolean, { description: 'Whether the workspace asks it of you.' })
  required!: boolean

  @Field(() => Int)
  recoveryCodesLeft!: number
}

@ObjectType()
export class NewSecondFactor {
  @Field(() => String, { description: 'To be typed into an app for codes, in base32.' })
  secret!: string

  @Field(() => String, { description: 'The same for a QR code.' })
  uri!: string
}
