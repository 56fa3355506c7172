import { ArgsType, Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from '@nestjs/graphql'
import { Json } from '../publishing/json.js'

@ArgsType()
export class InviteArgs {
  @Field(() => String)
  email!: string

  @Field(() => String)
  name!: string

  @Field(() => [String])
  roles!: string[]
}

@ObjectType({ description: 'A link for one person: it went by mail, or you hand it over.' })
export class Handed {
  @Field(() => Boolean)
  mailed!: boolean

  @Field(() => String, { nullable: true, description: 'Shown only now, and only when no mail went out.' })
  link!: string | null
}

@ObjectType()
export class InvitationInfo {
  @Field(() => ID)
  id!: string

  @Field(() => String)
  email!: string

  @Field(() => String)
  name!: string

  @Field(() => [String])
  roles!: readonly string[]

  @Field(() => GraphQLISODateTime)
  createdAt!: Date

  @Field(() => GraphQLISODateTime)
  expiresAt!: Date
}

@ObjectType({ description: 'What an invitation says to who holds its link.' })
export class Invited {
  @Field(() => String)
  email!: string

  @Field(() => String)
  name!: string

  @Field(() => String, { description: 'The name of the workspace.' })
  workspace!: string

  @Field(() => Boolean, { description: 'The person has an account and shows its password; else they choose one.' })
  hasAccount!: boolean

  @Field(() => Int, { description: 'The fewest characters of a new password.' })
  least!: number
}

@ArgsType()
export class AcceptArgs {
  @Field(() => String)
  token!: string

  @Field(() => String)
  password!: string

  @Field(() => String, { nullable: true })
  name?: string | null

  @Field(() => String, { nullable: true, description: 'Of the second factor of an account that has one.' })
  code?: string | null
}

@ArgsType()
export class ChangeMemberArgs {
  @Field(() => ID)
  id!: string

  @Field(() => String, { nullable: true })
  name?: string | null

  @Field(() => [String], { nullable: true })
  roles?: string[] | null

  @Field(() => Boolean, { nullable: true })
  active?: boolean | null
}

@InputType({ description: 'Whose some of the records become.' })
export class MoveRule {
  @Field(() => String)
  object!: string

  @Field(() => String, { nullable: true, description: 'The field that names the member; the owner unless said.' })
  field?: string | null

  @Field(() => Json, { nullable: true, description: 'Which of the records, as a rule; all that are left unless said.' })
  when?: unknown

  @Field(() => ID)
  to!: string
}

@ArgsType()
export class OffboardArgs {
  @Field(() => ID)
  member!: string

  @Field(() => ID, { nullable: true, description: 'Who gets what no rule moves; without, it stays.' })
  to?: string | null

  @Field(() => [MoveRule], { nullable: true, description: 'The first that fits a record moves it.' })
  rules?: MoveRule[] | null
}

@ObjectType({ description: 'How many records of an object somebody owns.' })
export class OwnedInfo {
  @Field(() => String)
  object!: string

  @Field(() => Int)
  count!: number
}

@ObjectType()
export class OffboardingInfo {
  @Field(() => ID)
  id!: string

  @Field(() => ID)
  member!: string

  @Field(() => String, { description: '`waiting`, `running`, `done` or `failed`.' })
  state!: string

  @Field(() => Int)
  done!: number

  @Field(() => Int, { nullable: true, description: 'Null until the records are counted.' })
  total!: number | null

  @Field(() => Int, { description: 'Records that could not be moved.' })
  left!: number

  @Field(() => String, { nullable: true })
  error!: string | null
}
