import { Field, Float, ID, ObjectType } from '@nestjs/graphql'
import { ExplanationLine } from '../why/why.types.js'

@ObjectType({ description: 'A transition out of the present state of a record, for the caller.' })
export class TransitionOffer {
  @Field(() => ID)
  record!: string

  @Field(() => String, { description: 'The field whose state it changes.' })
  field!: string

  @Field(() => String)
  transition!: string

  @Field(() => String)
  label!: string

  @Field(() => String, { description: 'The state that it leads to.' })
  to!: string

  @Field(() => Boolean)
  allowed!: boolean

  @Field(() => String, { nullable: true, description: 'Why it is not allowed.' })
  reason!: string | null

  @Field(() => String, { nullable: true, description: 'What can be done about it.' })
  hint!: string | null

  @Field(() => [ExplanationLine], { description: 'Of a refusal by its guard: the guard with its inputs.' })
  why!: readonly ExplanationLine[]

  @Field(() => [String], { description: 'Fields that have to have a value.' })
  requires!: readonly string[]

  @Field(() => [String], { description: 'Fields that its form asks for: those it names, and what it requires and is empty.' })
  form!: readonly string[]

  @Field(() => String, { nullable: true, description: 'What people are asked before it is taken.' })
  confirm!: string | null

  @Field(() => String, { nullable: true, description: 'Whether it takes a comment: required or optional.' })
  comment!: string | null
}

@ObjectType()
export class StateActor {
  @Field(() => ID)
  id!: string

  @Field(() => String)
  name!: string
}

@ObjectType({ description: 'A change of the state of a record.' })
export class StateMove {
  @Field(() => ID)
  id!: string

  @Field(() => String)
  field!: string

  @Field(() => String, { nullable: true, description: 'Null when the record was new.' })
  from!: string | null

  @Field(() => String)
  to!: string

  @Field(() => Date)
  at!: Date

  @Field(() => StateActor, { nullable: true, description: 'Null when the product itself did it.' })
  actor!: StateActor | null

  @Field(() => String, { nullable: true, description: 'Null for the beginning and for what an import brought.' })
  transition!: string | null

  @Field(() => String, { nullable: true })
  comment!: string | null

  @Field(() => Float, { nullable: true, description: 'How long it was in the former state.' })
  seconds!: number | null

  @Field(() => Float, { nullable: true, description: 'Those of the seconds that fall on Monday to Friday.' })
  workSeconds!: number | null

  @Field(() => String, { description: 'The way in: app, api, import, seed, workflow.' })
  channel!: string
}
