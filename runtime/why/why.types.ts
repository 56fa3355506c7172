import { Field, Int, ObjectType } from '@nestjs/graphql'

@ObjectType({ description: 'One line of an explanation, in the language of the caller.' })
export class ExplanationLine {
  @Field(() => Int, { description: 'How deep it stands under the lines before it.' })
  level!: number

  @Field(() => String)
  text!: string

  @Field(() => String, { nullable: true, description: 'What stands there, as people read it; “…” where the caller may not see it.' })
  value!: string | null

  @Field(() => Boolean, { nullable: true, description: 'Of a condition whether it held; null where it was not asked.' })
  holds!: boolean | null

  @Field(() => String, { nullable: true, description: 'What explains an unexpected value.' })
  remark!: string | null
}

@ObjectType({ description: 'The children that a rollup gathers and the caller sees.' })
export class ExplanationRows {
  @Field(() => String)
  object!: string

  @Field(() => String, { description: 'Their relation to the record.' })
  field!: string

  @Field(() => Int)
  count!: number
}

@ObjectType({ description: 'Why a value or a field is as it is: the rule and its inputs.' })
export class Explanation {
  @Field(() => String, { description: 'computed, rollup, hidden, visible, required, readOnly, default, options or refused.' })
  kind!: string

  @Field(() => String)
  title!: string

  @Field(() => [ExplanationLine])
  lines!: readonly ExplanationLine[]

  @Field(() => ExplanationRows, { nullable: true })
  rows!: ExplanationRows | null
}
