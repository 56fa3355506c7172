import type { GraphQLSchema } from 'graphql'
import { rootNames } from '../../platform/model/naming.js'
import type { TwoWorlds } from './two-worlds.js'
import type { Question } from './two-worlds-asking.js'
import { follows } from './two-worlds-following.js'
import { type Asked, aggregates, lists, ones } from './two-worlds-reads.js'
import {
  createMany,
  creates,
  deleteMany,
  deletes,
  merges,
  restores,
  transitions,
  unmerges,
  updateMany,
  updates,
  upserts,
} from './two-worlds-writes.js'

type Names = ReturnType<typeof rootNames>
type Kind = keyof Names['queries'] | keyof Names['mutations'] | keyof Names['subscriptions']
interface Channel {
  /** Every argument that the questions know; a new one has to be asked with as well. */
  readonly takes: readonly string[]
  readonly questions: (asked: Asked, worlds: TwoWorlds) => readonly Question[]
}

/** The root fields of the records API by kind, in the order in which they are asked: what reads first, what follows last. */
export const recordChannels: Readonly<Record<Kind, Channel>> = {
  one: { takes: ['id'], questions: ones },
  many: { takes: ['where', 'search', 'orderBy', 'first', 'after', 'last', 'before', 'offset', 'deleted'], questions: lists },
  aggregate: { takes: ['where', 'search', 'groupBy', 'having', 'orderBy', 'first', 'offset'], questions: aggregates },
  create: { takes: ['data', 'validateOnly', 'confirm'], questions: creates },
  createMany: { takes: ['data', 'atomic', 'confirm'], questions: createMany },
  update: { takes: ['id', 'data', 'version', 'confirm'], questions: updates },
  updateMany: { takes: ['where', 'data', 'all', 'confirm'], questions: updateMany },
  upsertMany: { takes: ['data', 'by', 'confirm'], questions: upserts },
  transition: { takes: ['id', 'transition', 'data', 'comment', 'version', 'confirm'], questions: transitions },
  delete: { takes: ['id', 'version', 'confirm'], questions: deletes },
  deleteMany: { takes: ['where', 'all', 'confirm'], questions: deleteMany },
  restore: { takes: ['id'], questions: restores },
  merge: { takes: ['into', 'from', 'data', 'version', 'confirm'], questions: merges },
  unmerge: { takes: ['id', 'confirm'], questions: unmerges },
  changed: { takes: ['where', 'ids', 'after'], questions: follows },
}

/** Objects of the worlds, with the links that the model made an object of. */
const objects = [
  ['firm', 'firms'],
  ['person', 'persons'],
  ['note', 'notes'],
  ['task', 'tasks'],
  ['bond', 'bonds'],
  ['slot', 'slots'],
  ['firmPeopleLink', 'firmPeopleLinks'],
] as const

/** What may differ: an object of which only a rollup over hidden records is to be seen. The test of what rightly differs reads it. */
const { queries, subscriptions } = rootNames('tally', 'tallies')
const rightly: readonly string[] = [...Object.values(queries), ...Object.values(subscriptions)]

/** A root field of the schema with what it is. */
interface Root {
  readonly kind: Kind
  readonly asked: Asked
  readonly name: string
  readonly args: readonly string[]
}

/** Reads the root fields of a schema. @returns them, and the names of those that are of no kind in the table */
export function rootsOf(schema: GraphQLSchema): { readonly roots: Root[]; readonly unknown: string[] } {
  const known = new Map(
    objects.flatMap(([name, plural]) => {
      const names = rootNames(name, plural)
      const asked = { name, plural, type: `${name[0]?.toUpperCase()}${name.slice(1)}`, schema }
      return Object.entries({ ...names.queries, ...names.mutations, ...names.subscriptions }).map(
        ([kind, field]) => [field as string, { kind: kind as Kind, asked }] as const,
      )
    }),
  )
  const fields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap(type =>
    Object.values(type?.getFields() ?? {}),
  )
  const unknown = fields.filter(({ name }) => !known.has(name) && !rightly.includes(name)).map(({ name }) => name)
  const roots = fields.flatMap(({ name, args }) => {
    const found = known.get(name)
    return found ? [{ ...found, name, args: args.map(arg => arg.name) }] : []
  })
  return { roots, unknown }
}
