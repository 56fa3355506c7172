import { Field, GraphQLISODateTime, ID, InputType, ObjectType } from '@nestjs/graphql'
import type { ActionName } from '@tessera/platform/definitions/role.js'
import type { Label } from '@tessera/platform/label.js'
import { Json } from '../publishing/json.js'
import { ExplanationLine } from '../why/why.types.js'

@ObjectType({ description: 'A position, team, queue or territory with the members who stand in it.' })
export class GroupInfo {
  @Field(() => ID)
  id!: string

  @Field(() => String, { description: '"position", "team", "queue" or "territory".' })
  kind!: string

  @Field(() => String)
  name!: string

  @Field(() => Json, { description: 'A text, or one for each language.' })
  label!: Label

  @Field(() => String, { nullable: true, description: 'The name of the one above, of positions and territories.' })
  above!: string | null

  @Field(() => [ID])
  members!: readonly string[]
}

@InputType()
export class GroupPut {
  @Field(() => String)
  kind!: string

  @Field(() => String)
  name!: string

  @Field(() => String)
  label!: string

  @Field(() => String, { nullable: true })
  above?: string | null

  @Field(() => [ID])
  members!: string[]
}

@ObjectType({ description: 'A role that a member holds for a time.' })
export class AssignmentInfo {
  @Field(() => ID)
  id!: string

  @Field(() => ID)
  member!: string

  @Field(() => String)
  role!: string

  @Field(() => GraphQLISODateTime, { nullable: true })
  from!: Date | null

  @Field(() => GraphQLISODateTime, { nullable: true })
  until!: Date | null

  @Field(() => Boolean, { description: 'Whether they hold it now, by the clock of the database.' })
  active!: boolean
}

@ObjectType({ description: 'Somebody with whom a record is shared.' })
export class ShareInfo {
  @Field(() => ID)
  id!: string

  @Field(() => ID, { description: 'The member or the group.' })
  grantee!: string

  @Field(() => String, { description: '"member", or the kind of the group.' })
  kind!: string

  @Field(() => String, { description: '"read" or "edit".' })
  level!: string

  @Field(() => GraphQLISODateTime, { nullable: true })
  until!: Date | null
}

@ObjectType({ description: 'Somebody who saw a masked value whole.' })
export class RevealInfo {
  @Field(() => ID)
  record!: string

  @Field(() => String)
  field!: string

  @Field(() => ID)
  member!: string

  @Field(() => GraphQLISODateTime)
  at!: Date
}

@ObjectType({ description: 'A record that goes back to the pool.' })
export class RecycledInfo {
  @Field(() => ID)
  id!: string

  @Field(() => GraphQLISODateTime, { description: 'When it goes.' })
  at!: Date
}

@ObjectType({ description: 'One thing that gives or withholds an action.' })
export class AccessReasonInfo {
  @Field(() => String, {
    description:
      '"everything", "default", "recordRule", "owner", "position", "ownerRule", "group", "pool", "shared", "parent" give; "restrict" and "noGrant" withhold.',
  })
  kind!: string

  @Field(() => String, { nullable: true, description: 'The role that it stands in.' })
  role!: string | null

  @Field(() => String, { nullable: true, description: 'Of an owner rule its name, of a group the field that names it.' })
  name!: string | null

  @Field(() => Boolean, { description: 'Whether it speaks of this record.' })
  holds!: boolean

  @Field(() => String, { description: 'The same in words, of the record by the names of people and groups where it holds.' })
  text!: string

  @Field(() => [ExplanationLine], {
    description: 'What it comes down to: the conditions of a rule with what stands in the record, shares, what opens the parent.',
  })
  lines!: readonly ExplanationLine[]
}

@ObjectType({ description: 'What a member may do with a record, and by what.' })
export class ExplainedActionInfo {
  @Field(() => String)
  action!: ActionName

  @Field(() => Boolean)
  allowed!: boolean

  @Field(() => [AccessReasonInfo])
  reasons!: readonly AccessReasonInfo[]
}
