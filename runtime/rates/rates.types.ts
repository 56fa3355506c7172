import { Field, InputType, ObjectType } from '@nestjs/graphql'

@ObjectType({ description: 'What one unit of a currency is worth in the workspace’s currency, from a day on.' })
export class ExchangeRate {
  @Field(() => String, { description: 'ISO 4217' })
  currency!: string

  @Field(() => String, { description: 'YYYY-MM-DD' })
  day!: string

  @Field(() => String, { description: 'A decimal above 0.' })
  rate!: string
}

@InputType()
export class ExchangeRateInput {
  @Field(() => String)
  currency!: string

  @Field(() => String)
  day!: string

  @Field(() => String)
  rate!: string
}
