import { ArgsType, Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql'

@ObjectType()
export class SignInResult {
  /** For programs; a browser also gets it as a cookie that scripts cannot read. */
  @Field(() => String)
  token!: string
}

@ObjectType()
export class WorkspaceName {
  @Field(() => String)
  slug!: string

  @Field(() => String)
  name!: string
}

@ObjectType()
export class Me {
  /** The id of the member, as records name it. */
  @Field(() => ID)
  id!: string

  @Field(() => String)
  name!: string

  @Field(() => String)
  email!: string

  @Field(() => String)
  locale!: string

  @Field(() => String)
  timeZone!: string

  @Field(() => [String])
  roles!: readonly string[]

  @Field(() => Boolean)
  admin!: boolean

  @Field(() => WorkspaceName)
  workspace!: WorkspaceName

  /** All workspaces that the account may choose by `X-Workspace`. */
  @Field(() => [WorkspaceName])
  workspaces!: readonly WorkspaceName[]
}

@ObjectType()
export class MemberInfo {
  @Field(() => ID)
  id!: string

  @Field(() => String)
  name!: string

  @Field(() => String)
  email!: string

  @Field(() => [String])
  roles!: readonly string[]

  @Field(() => String)
  locale!: string

  @Field(() => String)
  timeZone!: string

  @Field(() => Boolean)
  active!: boolean
}

@ObjectType()
export class WorkspaceSettingsInfo {
  @Field(() => String)
  slug!: string

  @Field(() => String)
  name!: string

  @Field(() => String)
  locale!: string

  @Field(() => String)
  timeZone!: string

  @Field(() => String)
  currency!: string

  /** The month in which the fiscal year begins. */
  @Field(() => Int)
  fiscalYearStart!: number

  /** 1 is Monday, 7 is Sunday. */
  @Field(() => Int)
  firstWeekday!: number

  /** Made with demo data. */
  @Field(() => Boolean)
  demo!: boolean
}

@InputType()
export class WorkspaceSettingsUpdate {
  @Field(() => String, { nullable: true })
  name?: string

  @Field(() => String, { nullable: true })
  locale?: string

  @Field(() => String, { nullable: true })
  timeZone?: string

  @Field(() => String, { nullable: true })
  currency?: string

  @Field(() => Int, { nullable: true })
  fiscalYearStart?: number

  @Field(() => Int, { nullable: true })
  firstWeekday?: number
}

@ArgsType()
export class SignInArgs {
  @Field(() => String)
  email!: string

  @Field(() => String)
  password!: string

  @Field(() => String, { nullable: true })
  workspace?: string
}

@ArgsType()
export class FirstAdminArgs {
  /** The one-time code of the server's log. */
  @Field(() => String)
  code!: string

  @Field(() => String)
  adminName!: string

  @Field(() => String)
  email!: string

  @Field(() => String)
  password!: string

  /** The name of the workspace. */
  @Field(() => String)
  name!: string

  @Field(() => String)
  locale!: string

  @Field(() => String)
  timeZone!: string

  @Field(() => String)
  currency!: string

  @Field(() => Int, { defaultValue: 1 })
  fiscalYearStart!: number

  @Field(() => Int, { defaultValue: 1 })
  firstWeekday!: number
}
