import { ArgsType, Field, GraphQLISODateTime, ID, InputType, ObjectType } from '@nestjs/graphql'

@InputType({ description: 'An object that an API key may touch.' })
export class KeyObjectInput {
  @Field(() => String)
  object!: string

  @Field(() => [String], { nullable: true, description: 'The fields of it; without, all that its member may see.' })
  fields?: string[] | null
}

@ObjectType()
export class KeyObject {
  @Field(() => String)
  object!: string

  @Field(() => [String], { nullable: true })
  fields!: readonly string[] | null
}

@ArgsType()
export class CreateApiKeyArgs {
  @Field(() => String)
  name!: string

  @Field(() => ID, { nullable: true, description: 'A service account, for admins; you unless said.' })
  member?: string | null

  @Field(() => GraphQLISODateTime, { nullable: true })
  expiresAt?: Date | null

  @Field(() => [KeyObjectInput], { nullable: true, description: 'What it may touch at /graphql; then it may do nothing else.' })
  objects?: KeyObjectInput[] | null

  @Field(() => Boolean, { defaultValue: true })
  mayWrite!: boolean

  @Field(() => [String], { nullable: true, description: 'Addresses and networks that it may be used from.' })
  addresses?: string[] | null
}

@ObjectType({ description: 'A token of a program; what the token is, nobody knows any more.' })
export class ApiKeyInfo {
  @Field(() => ID)
  id!: string

  @Field(() => String)
  name!: string

  @Field(() => String, { nullable: true, description: 'The first letters of the token.' })
  start!: string | null

  @Field(() => String, { description: 'The name of the member that it acts as.' })
  owner!: string

  @Field(() => Boolean, { description: 'Whether it acts as you.' })
  own!: boolean

  @Field(() => [KeyObject], { nullable: true })
  objects!: readonly KeyObject[] | null

  @Field(() => Boolean)
  mayWrite!: boolean

  @Field(() => [String])
  addresses!: readonly string[]

  @Field(() => GraphQLISODateTime)
  createdAt!: Date

  @Field(() => GraphQLISODateTime, { nullable: true })
  expiresAt!: Date | null

  @Field(() => GraphQLISODateTime, { nullable: true })
  lastSeen!: Date | null

  @Field(() => String, { nullable: true, description: 'The network address that used it last.' })
  lastAddress!: string | null
}
