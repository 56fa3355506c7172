import type { ObjectModel } from '@tessera/platform/model/model.js'
import { typeNames } from '@tessera/platform/model/naming.js'
import {
  GraphQLEnumType,
  type GraphQLFieldConfig,
  GraphQLID,
  type GraphQLInputType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
} from 'graphql'

/** What happened to a record, seen by who follows it. */
export const changeKinds = ['CREATED', 'UPDATED', 'ENTERED', 'LEFT', 'RESYNC'] as const
export type ChangeKind = (typeof changeKinds)[number]

const ChangeKindType = new GraphQLEnumType({
  name: 'ChangeKind',
  values: {
    CREATED: { description: 'The record is new.' },
    UPDATED: { description: 'The record was changed.' },
    ENTERED: { description: 'The record is among those that you follow now: it fits, you may see it, or it was restored.' },
    LEFT: { description: 'The record is no longer among those that you follow.' },
    RESYNC: { description: 'Changes were left out: read again, then go on.' },
  },
})

/** The root field that tells of changes of an object's records. */
export function changedField(
  object: ObjectModel,
  record: GraphQLObjectType,
  where: GraphQLInputType,
): GraphQLFieldConfig<unknown, unknown> {
  const type = new GraphQLObjectType({
    name: typeNames(object.name).Change ?? '',
    fields: () => ({
      kind: { type: new GraphQLNonNull(ChangeKindType) },
      id: { type: GraphQLID, description: 'The record; empty with RESYNC.' },
      record: { type: record, description: 'The record as it is now; empty with LEFT and RESYNC.' },
      cursor: { type: GraphQLString, description: 'Where to go on after a broken connection; empty with RESYNC.' },
    }),
  })
  return {
    type: new GraphQLNonNull(type),
    args: {
      where: { type: where },
      ids: { type: new GraphQLList(new GraphQLNonNull(GraphQLID)) },
      after: { type: GraphQLString, description: 'The cursor of the last message that was seen.' },
    },
    description: 'Tells of changes, over WebSocket.',
  }
}
