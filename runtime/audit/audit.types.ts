import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql'
import { Json } from '../publishing/json.js'
import { HistoryActor } from '../workflows/workflows.types.js'

@ObjectType({ description: 'Something that somebody did, or tried to.' })
export class AuditEntryInfo {
  @Field(() => ID)
  id!: string

  @Field(() => Date)
  at!: Date

  @Field(() => String, {
    description: 'record, signIn, denial, reveal, export, alert, rights, member, key, metadata, settings or bin',
  })
  kind!: string

  @Field(() => String)
  action!: string

  @Field(() => HistoryActor, { nullable: true, description: 'Null when the product itself did it, or nobody is known.' })
  actor!: HistoryActor | null

  @Field(() => String, { nullable: true })
  object!: string | null

  @Field(() => ID, { nullable: true })
  record!: string | null

  @Field(() => String, { nullable: true, description: 'Of the record; null where you may not see it.' })
  title!: string | null

  @Field(() => Json, {
    nullable: true,
    description:
      'Of the fields that you may see: a list of { field, before, after }; of relations also { beforeTitle, afterTitle }. Null where you may not see the record.',
  })
  changes!: unknown

  @Field(() => Int, { nullable: true, description: 'The version that the record got.' })
  version!: number | null

  @Field(() => String, { nullable: true, description: 'app, api, import, workflow, seed or command' })
  channel!: string | null

  @Field(() => [String], { description: 'The workflows that led to it, the first one first.' })
  cause!: readonly string[]

  @Field(() => String, { nullable: true, description: 'The network address it came from.' })
  address!: string | null

  @Field(() => Json, { nullable: true, description: 'What else is known of it.' })
  data!: unknown

  @Field(() => Float, { nullable: true, description: 'Its place in the chain; null while it waits for it.' })
  position!: number | null

  @Field(() => String, {
    nullable: true,
    description:
      'Of the entry before, its place and all it says. For admins only: guesses of what one does not see could be tried against it.',
  })
  hash!: string | null
}

@ObjectType()
export class AuditPage {
  @Field(() => [AuditEntryInfo])
  entries!: readonly AuditEntryInfo[]

  @Field(() => String, { nullable: true, description: 'Asked for with `after`; null at the end.' })
  next!: string | null
}
