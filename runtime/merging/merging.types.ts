import { Field, Int, ObjectType } from '@nestjs/graphql'

@ObjectType({ description: 'How many records of an object would point at the survivor of a merge then, of those that the caller sees.' })
export class MergeEffect {
  @Field(() => String)
  object!: string

  @Field(() => Int)
  count!: number
}
