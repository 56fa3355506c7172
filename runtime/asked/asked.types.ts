import { Field, Float, ObjectType } from '@nestjs/graphql'

@ObjectType({ description: 'A field that records were found by, and how.' })
export class AskedFilter {
  @Field(() => String)
  field!: string

  @Field(() => String)
  operator!: string
}

@ObjectType({ description: 'A field that records were ordered by.' })
export class AskedOrder {
  @Field(() => String)
  field!: string

  @Field(() => String, { description: 'asc or desc' })
  direction!: string
}

@ObjectType({ description: 'What requests of the last 30 days asked of lists: fields and operators, no values.' })
export class AskedList {
  @Field(() => String)
  object!: string

  @Field(() => [AskedFilter])
  filters!: AskedFilter[]

  @Field(() => [AskedOrder])
  order!: AskedOrder[]

  @Field(() => Float, { description: 'How often.' })
  count!: number

  @Field(() => Date)
  lastAt!: Date
}
