import { ArgsType, Field, ID, Int, ObjectType } from '@nestjs/graphql'
import { Json } from '../publishing/json.js'

@ObjectType({ description: 'What is being built and not live yet.' })
export class DraftInfo {
  @Field(() => ID)
  id!: string

  @Field(() => String)
  name!: string

  @Field(() => ID, { description: 'The member whose it is.' })
  author!: string

  @Field(() => [ID], { description: 'The members who work on it too.' })
  editors!: readonly string[]

  @Field(() => Int, { description: 'The version that it was begun on, or brought to.' })
  base!: number

  @Field(() => Int, { description: 'Counts how often it was saved.' })
  revision!: number

  @Field(() => Int, { description: 'How many definitions differ.' })
  count!: number

  @Field(() => ID, { description: 'Who saved it last.' })
  changedBy!: string

  @Field(() => String)
  changedAt!: string
}

@ObjectType({ description: 'A draft with what it changes.' })
export class WholeDraftInfo extends DraftInfo {
  @Field(() => Json, { description: 'Entries { kind name before after }: a definition as it was when its edits began and as it is to be.' })
  entries!: unknown
}

@ObjectType({ description: 'The app as a draft would have it.' })
export class PreviewInfo {
  @Field(() => String, { description: 'What the draft is called.' })
  name!: string

  @Field(() => Int, { description: 'The version that it lies over.' })
  version!: number

  @Field(() => Json, { description: 'The definitions as far as the member may see them.' })
  definitions!: unknown
}

@ArgsType()
export class SaveDraftArgs {
  @Field(() => ID)
  id!: string

  @Field(() => Int, { description: 'The revision that the entries were made from.' })
  revision!: number

  @Field(() => Int)
  base!: number

  @Field(() => [Json])
  entries!: unknown[]
}
