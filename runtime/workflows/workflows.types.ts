import { Field, ID, Int, ObjectType } from '@nestjs/graphql'
import { Json } from '../publishing/json.js'

@ObjectType({ description: 'One execution of a workflow.' })
export class RunInfo {
  @Field(() => ID)
  id!: string

  @Field(() => String)
  workflow!: string

  @Field(() => Int, { description: 'The version of the definitions that it began with.' })
  version!: number

  @Field(() => ID, { description: 'The event that started it.' })
  event!: string

  @Field(() => String)
  object!: string

  @Field(() => ID)
  record!: string

  @Field(() => String, { description: 'waiting, done, stopped or failed' })
  state!: string

  @Field(() => Int, { description: 'The next step to do, counted from 0.' })
  step!: number

  @Field(() => Int, { description: 'How often the step has failed.' })
  attempts!: number

  @Field(() => String, { nullable: true, description: 'Why it failed, or why it was not let begin.' })
  error!: string | null

  @Field(() => Date)
  createdAt!: Date

  @Field(() => Date)
  updatedAt!: Date
}

@ObjectType()
export class HistoryActor {
  @Field(() => ID)
  id!: string

  @Field(() => String)
  name!: string
}

@ObjectType({ description: 'Something that was done to a record.' })
export class HistoryEntry {
  @Field(() => ID)
  id!: string

  @Field(() => Date)
  at!: Date

  @Field(() => HistoryActor, { nullable: true, description: 'Null when the product itself did it.' })
  actor!: HistoryActor | null

  @Field(() => String, { description: 'created, updated, deleted or restored' })
  action!: string

  @Field(() => Int, { description: 'The version that the record got.' })
  version!: number

  @Field(() => Json, {
    description: 'The fields that the caller may see: a list of { field, before, after }; of relations also { beforeTitle, afterTitle }.',
  })
  changes!: unknown

  @Field(() => String, { nullable: true, description: 'The way in: app, api, import, seed, workflow.' })
  channel!: string | null

  @Field(() => [String], { description: 'The rules whose warnings the actor confirmed.' })
  confirmed!: readonly string[]
}
