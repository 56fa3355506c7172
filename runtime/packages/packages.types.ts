import { ArgsType, Field, InputType, ObjectType } from '@nestjs/graphql'
import { Json } from '../publishing/json.js'
import { CheckInfo } from '../publishing/publishing.types.js'

@ObjectType({ description: 'A package that the workspace has or could have.' })
export class PackageInfo {
  @Field(() => String)
  name!: string

  @Field(() => Json)
  label!: unknown

  @Field(() => Json, { nullable: true })
  description!: unknown

  @Field(() => String, { nullable: true, description: 'The version that the workspace has; null when it has none.' })
  installed!: string | null

  @Field(() => String, { nullable: true, description: 'The version that comes with the product.' })
  shipped!: string | null

  @Field(() => Boolean, { description: 'The app that the workspace began with, which cannot be taken away.' })
  isBase!: boolean

  @Field(() => String, { nullable: true })
  installedAt!: string | null
}

@ObjectType()
export class PackageCheckInfo extends CheckInfo {
  @Field(() => Json, {
    description:
      'What both the package and the workspace changed: a list of { path, at, isOrder, base, theirs, mine }, theirs being the package.',
  })
  conflicts!: unknown
}

@InputType({ description: 'What stands where both the package and the workspace changed the same.' })
export class SettledConflict {
  @Field(() => String)
  path!: string

  @Field(() => [String])
  at!: string[]

  @Field(() => Boolean, { defaultValue: false })
  isOrder!: boolean

  @Field(() => String, { description: '`theirs` of the package, `mine` of the workspace, or `value`.' })
  take!: 'theirs' | 'mine' | 'value'

  @Field(() => Json, { nullable: true })
  value?: unknown
}

@ArgsType()
export class PackageArgs {
  @Field(() => [Json], { nullable: true, description: 'The definitions of a package, its `app` among them.' })
  package?: unknown[] | null

  @Field(() => String, { nullable: true, description: 'The name of a package that comes with the product, instead.' })
  name?: string | null

  @Field(() => [SettledConflict], { defaultValue: [] })
  settled!: SettledConflict[]
}

@ArgsType()
export class InstallArgs extends PackageArgs {
  @Field(() => [String], { defaultValue: [], description: 'Paths of what may be lost, as the plan names them.' })
  confirm!: string[]
}

@ArgsType()
export class RemovalArgs {
  @Field(() => String)
  name!: string

  @Field(() => [SettledConflict], { defaultValue: [] })
  settled!: SettledConflict[]
}

@ArgsType()
export class RemoveArgs extends RemovalArgs {
  @Field(() => [String], { defaultValue: [] })
  confirm!: string[]
}
