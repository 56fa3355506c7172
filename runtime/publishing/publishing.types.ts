import { ArgsType, Field, InputType, Int, ObjectType } from '@nestjs/graphql'
import { Json } from './json.js'
import type { Decided } from './publisher.js'

@InputType()
export class ElementRef {
  @Field(() => String)
  kind!: string

  @Field(() => String)
  name!: string
}

@ArgsType()
export class DraftArgs {
  @Field(() => [Json], { nullable: true, description: 'Elements exactly as the files have them.' })
  put?: unknown[] | null

  @Field(() => [ElementRef], { nullable: true })
  remove?: ElementRef[] | null
}

@ArgsType()
export class CheckArgs extends DraftArgs {
  @Field(() => Int, { nullable: true, description: 'Checks going back to this version instead of a draft.' })
  to?: number | null
}

@ArgsType()
export class PublishArgs extends DraftArgs {
  @Field(() => [String], { nullable: true, description: 'Paths of what may be lost, as the plan names them.' })
  confirm?: string[] | null

  @Field(() => Int, { nullable: true, description: 'Refused when another version is live.' })
  expectedVersion?: number | null

  @Field(() => String, { nullable: true })
  message?: string | null
}

@ObjectType()
export class CheckInfo {
  @Field(() => Json, { description: 'A list of { code, path, message, hint }.' })
  issues!: unknown

  @Field(() => Json, { description: 'A list of { do, kind, path, was, title, detail, loses, count, confirm }.' })
  plan!: unknown

  @Field(() => Json, { description: 'Elements that name what changes: a list of { kind, name, label, at }.' })
  impact!: unknown

  @Field(() => String, { description: 'The statements that PostgreSQL would run.' })
  sql!: string

  @Field(() => Json, {
    nullable: true,
    description:
      'In which readings the examples were run: { examples, reference, postgres, uncovered: [{ path, why }] }; null when something else is wrong.',
  })
  readings!: unknown

  /** No part of the answer: what its other parts are worked out from. */
  decided?: Decided | null
}

@ObjectType()
export class PublishInfo {
  @Field(() => Int)
  version!: number

  @Field(() => Json)
  plan!: unknown

  @Field(() => Json, { description: 'What is still being built: a list of { do, table, name, state, error, progress }.' })
  building!: unknown
}

@ObjectType()
export class VersionInfo {
  @Field(() => Int)
  number!: number

  @Field(() => String)
  publishedAt!: string

  @Field(() => String, { nullable: true, description: 'The id of the member who published.' })
  author!: string | null

  @Field(() => String, { nullable: true })
  message!: string | null
}

@ObjectType()
export class AppInfo {
  @Field(() => Int, { description: '0 while nothing was published.' })
  version!: number

  @Field(() => Json, { description: 'The definitions as far as the member may see them.' })
  definitions!: unknown
}
