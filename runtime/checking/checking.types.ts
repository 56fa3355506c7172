import { Field, ID, Int, ObjectType } from '@nestjs/graphql'

@ObjectType({ description: 'The records of a page that break a validation rule as it is published.' })
export class RuleBreakInfo {
  @Field(() => String)
  rule!: string

  @Field(() => String, { description: 'What the rule says when it is broken, with what it names still in braces.' })
  message!: string

  @Field(() => String, { description: '"error" or "warning".' })
  severity!: string

  @Field(() => String, {
    nullable: true,
    description:
      'Why its records cannot be asked for; null when they can. "event": it is not asked when a record is edited; "notSql": the database has no reading of it; "change": it looks at what a write changes; "hidden": it reads what the caller does not see.',
  })
  unchecked!: string | null

  @Field(() => Int, { description: 'How many of the records that were looked at break it.' })
  count!: number

  @Field(() => [ID], { description: 'The first hundred of them.' })
  ids!: string[]
}

@ObjectType({ description: 'What looking at a page of records came to.' })
export class RuleBreaksInfo {
  @Field(() => [RuleBreakInfo])
  rules!: RuleBreakInfo[]

  @Field(() => Int, { description: 'How many records were looked at.' })
  looked!: number

  @Field(() => ID, { nullable: true, description: 'Where to go on, as `after`; null when all were looked at.' })
  next!: string | null
}
