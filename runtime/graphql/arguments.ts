import type { Profile } from '@tessera/platform/access/profile.js'
import { issue } from '@tessera/platform/errors.js'
import type { Label } from '@tessera/platform/label.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import type { Bound, Choice, Where } from '@tessera/platform/query/plan.js'
import type { GraphQLField, GraphQLInputType, GraphQLSchema } from 'graphql'
import { RequestError } from '../request-error.js'
import { bind, isLeaf, type Leaf, type Tree } from './bind.js'
import type { Asked, Reading } from './collect.js'

/** What a selection is turned into a plan with. */
export interface Selecting extends Reading {
  readonly schema: GraphQLSchema
  readonly profile: Profile
}

/** The arguments of a field, bound, by name; those left out have their defaults. */
export type Args = Readonly<Record<string, Tree | undefined>>

/** Binds the arguments that a field is asked with. */
export function argsOf(asked: Asked, field: GraphQLField<unknown, unknown>, selecting: Selecting): Args {
  const [node] = asked.nodes
  return Object.fromEntries(
    field.args.flatMap(argument => {
      const given = node?.arguments?.find(candidate => candidate.name.value === argument.name)
      const isAbsent = given?.value.kind === 'Variable' && selecting.variables[given.value.name.value] === undefined
      if (given && !isAbsent) return [[argument.name, bind(given.value, argument.type as GraphQLInputType, selecting.variables)]]
      return argument.defaultValue === undefined ? [] : [[argument.name, constant(argument.defaultValue)]]
    }),
  )
}

const constant = (value: unknown): Leaf => ({ leaf: true, value, known: value, isNull: value === null })

/** Which records a list or an aggregate is about. */
export function choiceOf(object: ObjectModel, args: Args): Choice {
  const search = args.search === undefined ? null : leafOf(args.search)
  return {
    object: object.name,
    where: whereOf(args.where),
    search,
    deleted: args.deleted === undefined ? 'NO' : (leafOf(args.deleted).known as Choice['deleted']),
  }
}

/** A filter as the plan has it; conditions that are null are left out. */
export function whereOf(tree: Tree | undefined): Where | null {
  if (tree === undefined || isLeaf(tree)) return null
  return conditionsOf(tree, 'where') as Where
}

function conditionsOf(tree: Tree, at: string): unknown {
  if (Array.isArray(tree)) return tree.map((item, index) => conditionsOf(item as Tree, `${at}/${index}`))
  return Object.fromEntries(
    Object.entries(tree as Readonly<Record<string, Tree>>).flatMap(([key, inner]) => {
      const path = `${at}/${key}`
      if (!isLeaf(inner)) return [[key, conditionsOf(inner, path)]]
      if (key === 'rule') return inner.isNull ? [] : [[key, { rule: inner.known }]]
      if (inner.isNull && key !== 'eq' && key !== 'ne') return []
      if (key === 'between' && (!Array.isArray(inner.known) || inner.known.length !== 2))
        throw refused(path, { en: 'A range has two values.', 'zh-CN': '区间需要两个值。' })
      if (
        key === 'within' &&
        Object.values(inner.known as object).some(
          length => typeof length === 'object' && ((length as { count: number }).count < 1 || (length as { count: number }).count > 10_000),
        )
      )
        throw refused(path, { en: 'A span has 1 to 10,000 units.', 'zh-CN': '跨度应为 1 到 10,000。' })
      return [[key, inner]]
    }),
  )
}

/** A bound value where one is expected. */
export function leafOf(tree: Tree | undefined): Leaf & Bound {
  if (!isLeaf(tree)) throw new Error('Not a value')
  return tree
}

/** A request that cannot be met as it is asked. */
export const refused = (path: string, problem: Label): RequestError =>
  new RequestError('BAD_REQUEST', [issue('INPUT_INVALID', path, { problem })])
