import { Field, Int, ObjectType } from '@nestjs/graphql'

@ObjectType({ description: 'What deleting records does to others.' })
export class DeletionEffectInfo {
  @Field(() => String, {
    description:
      '"restrict" when these records keep it from being done, "reassign" when they go over to a record that is to be named, "lift" when they come to stand below what stands above, "cascade" when they are deleted too, "unlink" when they are links that go, "setNull" when their field is empty from then on.',
  })
  rule!: string

  @Field(() => String)
  object!: string

  @Field(() => String, { description: 'The field of these records that points at what is deleted.' })
  field!: string

  @Field(() => Int)
  count!: number
}
