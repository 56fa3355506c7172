import { Field, ID, Int, ObjectType } from '@nestjs/graphql'
import { HistoryActor } from '../workflows/workflows.types.js'

@ObjectType()
export class BinRecord {
  @Field(() => ID)
  id!: string

  @Field(() => String, { nullable: true })
  title!: string | null
}

@ObjectType({ description: 'Records of one object in a deletion, as far as you may see them.' })
export class DeletedRecordsInfo {
  @Field(() => String)
  object!: string

  @Field(() => Int, { description: 'Those that were asked for; 1000 stands for 1000 or more.' })
  count!: number

  @Field(() => Int, { description: 'Those that went along; 1000 stands for 1000 or more.' })
  along!: number

  @Field(() => [BinRecord], { description: 'The first ones that were asked for.' })
  records!: readonly BinRecord[]

  @Field(() => Boolean, { description: 'Whether you may restore records of this object.' })
  restorable!: boolean
}

@ObjectType({ description: 'What was deleted at once, with what went along.' })
export class DeletionInfo {
  @Field(() => ID)
  id!: string

  @Field(() => Date)
  at!: Date

  @Field(() => Date, { description: 'From when on it is deleted for good.' })
  until!: Date

  @Field(() => HistoryActor, { nullable: true })
  actor!: HistoryActor | null

  @Field(() => String)
  channel!: string

  @Field(() => [DeletedRecordsInfo])
  deleted!: readonly DeletedRecordsInfo[]
}

@ObjectType()
export class DeletionPage {
  @Field(() => [DeletionInfo])
  deletions!: readonly DeletionInfo[]

  @Field(() => String, { nullable: true, description: 'Asked for with `after`; null at the end. A page may be short and have a next one.' })
  next!: string | null

  @Field(() => Int, { description: 'For how many days deletions are kept.' })
  days!: number
}

@ObjectType()
export class ConflictingRecord {
  @Field(() => String)
  object!: string

  @Field(() => ID)
  id!: string

  @Field(() => String, { nullable: true })
  title!: string | null
}

@ObjectType({ description: 'Why a record of a deletion cannot come back as it was.' })
export class RestoreConflictInfo {
  @Field(() => String)
  object!: string

  @Field(() => ID, { nullable: true })
  id!: string | null

  @Field(() => String, { nullable: true })
  title!: string | null

  @Field(() => String)
  code!: string

  @Field(() => String, { description: 'The field, where it is one.' })
  path!: string

  @Field(() => String)
  message!: string

  @Field(() => String, { description: 'What to do.' })
  hint!: string

  @Field(() => ConflictingRecord, { nullable: true, description: 'The record that has its value, or that it hangs on.' })
  other!: ConflictingRecord | null
}

@ObjectType()
export class PurgedInfo {
  @Field(() => Int, { description: 'How many records were deleted for good.' })
  records!: number

  @Field(() => Boolean, { description: 'Whether all went; else ask again.' })
  isDone!: boolean
}

@ObjectType()
export class RestoredInfo {
  @Field(() => String)
  object!: string

  @Field(() => [ID], { description: 'The records that were asked for once; what went along came back with them.' })
  ids!: readonly string[]
}
