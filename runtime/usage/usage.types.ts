import { Field, Float, ID, ObjectType } from '@nestjs/graphql'

@ObjectType({ description: 'How often an API key used a field in the last 30 days: names and counts, no values.' })
export class FieldUseInfo {
  @Field(() => ID)
  key!: string

  @Field(() => String, { nullable: true, description: 'What the key is called; null when it was revoked.' })
  name!: string | null

  @Field(() => String)
  object!: string

  @Field(() => String)
  field!: string

  @Field(() => String, { description: '"read" when it was shown, filtered, ordered or grouped by, or "write".' })
  access!: string

  @Field(() => Float, { description: 'In how many requests.' })
  count!: number

  @Field(() => Date)
  lastAt!: Date
}
