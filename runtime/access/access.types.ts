import { ArgsType, Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from '@nestjs/graphql'

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

@ObjectType({ description: 'Through whose eyes one looks: everything is as this member sees it, and nothing can be changed.' })
export class ViewInfo {
  @Field(() => String, { description: 'The name of the admin who looks.' })
  by!: string

  @Field(() => GraphQLISODateTime)
  until!: Date
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

  @Field(() => ViewInfo, { nullable: true, description: 'An admin looks through this member’s eyes.' })
  viewing!: ViewInfo | null

  /** What has to be done before anything else: `password` a new one, `secondFactor` to be set up, `view` to be ended. */
  @Field(() => [String])
  needs!: readonly string[]

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

  @Field(() => Boolean, { description: 'Acts by API keys only, and cannot sign in.' })
  service!: boolean
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

  @Field(() => Int, { description: 'The fewest characters of a password.' })
  passwordLeast!: number

  @Field(() => Int, { description: 'Minutes after which a session that is not used ends.' })
  sessionIdle!: number

  @Field(() => Int, { description: 'Days after which every session ends.' })
  sessionDays!: number

  @Field(() => Boolean, { description: 'Whether everybody needs a second factor.' })
  secondFactor!: boolean

  @Field(() => [String], { description: 'Roles whose members need a second factor.' })
  secondFactorRoles!: readonly string[]

  @Field(() => Int, { description: 'Rows that a member exports within a day before admins are told; 0 for never.' })
  exportAlert!: number

  @Field(() => Int, { description: 'The same, of rows with a value that some role sees masked.' })
  exportAlertSensitive!: number

  @Field(() => Boolean, { description: 'Whether an export beyond these numbers is refused.' })
  exportBlock!: boolean

  @Field(() => Int, { description: 'Days for which what was deleted can be restored.' })
  binDays!: number

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

  @Field(() => Int, { nullable: true })
  passwordLeast?: number

  @Field(() => Int, { nullable: true })
  sessionIdle?: number

  @Field(() => Int, { nullable: true })
  sessionDays?: number

  @Field(() => Boolean, { nullable: true })
  secondFactor?: boolean

  @Field(() => [String], { nullable: true })
  secondFactorRoles?: string[]

  @Field(() => Int, { nullable: true })
  exportAlert?: number

  @Field(() => Int, { nullable: true })
  exportAlertSensitive?: number

  @Field(() => Boolean, { nullable: true })
  exportBlock?: boolean

  @Field(() => Int, { nullable: true })
  binDays?: number
}

@ArgsType()
export class SignInArgs {
  @Field(() => String)
  email!: string

  @Field(() => String)
  password!: string

  /** Of the app for codes, or a recovery code; asked for by `SECOND_FACTOR_NEEDED`. */
  @Field(() => String, { nullable: true })
  code?: string

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
