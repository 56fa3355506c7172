import { Field, ID, Int, ObjectType } from '@nestjs/graphql'
import { Json } from '../publishing/json.js'

@ObjectType({ description: 'What a column of a file holds, and the field that it seems to mean.' })
export class ImportColumnInfo {
  @Field(() => String)
  name!: string

  @Field(() => [String], { description: 'The first different values.' })
  samples!: readonly string[]

  @Field(() => Int, { description: 'In how many rows it says something.' })
  filled!: number

  @Field(() => String, { nullable: true, description: 'The order of year, month and day when all its values are dates.' })
  dateFormat!: string | null

  @Field(() => String, { nullable: true, description: 'The field that it seems to mean.' })
  field!: string | null

  @Field(() => String, {
    nullable: true,
    description: '"name" when the words are the same, "near" when they resemble each other, "values" when most values are known there.',
  })
  guess!: string | null
}

@ObjectType({ description: 'A value that no option and no record is called.' })
export class ImportUnknownValue {
  @Field(() => String)
  column!: string

  @Field(() => String)
  field!: string

  @Field(() => String)
  value!: string

  @Field(() => Int)
  count!: number

  @Field(() => String, { nullable: true })
  suggestion!: string | null
}

@ObjectType()
export class ImportInspection {
  @Field(() => [ImportColumnInfo])
  columns!: readonly ImportColumnInfo[]

  @Field(() => Int)
  rows!: number

  @Field(() => String, { description: 'csv or xlsx' })
  format!: string

  @Field(() => String, { nullable: true, description: 'Of CSV.' })
  encoding!: string | null

  @Field(() => String, { nullable: true, description: 'Of CSV.' })
  delimiter!: string | null

  @Field(() => Json, { description: 'The proposed mapping, or the given one: a list of { column, field, dateFormat, values, by }.' })
  mapping!: unknown

  @Field(() => [ImportUnknownValue], { description: 'Values of mapped columns that still mean nothing, most frequent first.' })
  values!: readonly ImportUnknownValue[]
}

@ObjectType()
export class ImportProgressInfo {
  @Field(() => Int)
  done!: number

  @Field(() => Int, { nullable: true, description: 'Null until the rows are counted.' })
  total!: number | null
}

@ObjectType()
export class ImportResultInfo {
  @Field(() => Int)
  created!: number

  @Field(() => Int)
  updated!: number

  @Field(() => Int)
  unchanged!: number

  @Field(() => Int)
  refused!: number
}

@ObjectType({ description: 'Why rows were refused.' })
export class ImportReasonInfo {
  @Field(() => String)
  code!: string

  @Field(() => String, { description: 'The column of the file; empty when it is about the whole row.' })
  column!: string

  @Field(() => String, { nullable: true, description: 'Null stands for all values beyond those that are listed one by one.' })
  value!: string | null

  @Field(() => String)
  message!: string

  @Field(() => String)
  hint!: string

  @Field(() => String, { nullable: true, description: 'What was probably meant.' })
  suggestion!: string | null

  @Field(() => String, { nullable: true, description: 'The validation rule that rows break.' })
  rule?: string | null

  @Field(() => String, { nullable: true, description: '"warning" where the rows come in when warnings are accepted.' })
  severity?: string | null

  @Field(() => Int)
  count!: number
}

@ObjectType()
export class ImportJobInfo {
  @Field(() => ID)
  id!: string

  @Field(() => String, { description: 'waiting, running, done or failed' })
  state!: string

  @Field(() => String)
  object!: string

  @Field(() => String, { description: 'The name of the file.' })
  name!: string

  @Field(() => Boolean)
  dryRun!: boolean

  @Field(() => ImportProgressInfo)
  progress!: ImportProgressInfo

  @Field(() => ImportResultInfo)
  result!: ImportResultInfo

  @Field(() => [ImportReasonInfo], { description: 'Most frequent first.' })
  reasons!: readonly ImportReasonInfo[]

  @Field(() => ID, { nullable: true, description: 'The file of the refused rows with their reasons, at GET /files/:id.' })
  errorsFile!: string | null

  @Field(() => String, { nullable: true, description: 'Why it failed as a whole.' })
  error!: string | null

  @Field(() => Date)
  createdAt!: Date
}
