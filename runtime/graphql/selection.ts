import { isAskable } from '@tessera/platform/model/masked.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { rootNames, typeName } from '@tessera/platform/model/naming.js'
import { fieldNamed } from '@tessera/platform/model/scope.js'
import { linkOrder, orderHash } from '@tessera/platform/query/page.js'
import type {
  ConnectionOutput,
  Direction,
  EdgeOutput,
  ListPlan,
  MemberOutput,
  OrderKey,
  Output,
  PageInfoOutput,
  ReadPlan,
  RecordPlan,
  RootPlan,
} from '@tessera/platform/query/plan.js'
import { type GraphQLField, type GraphQLObjectType } from 'graphql'
import { aggregatePlan } from './aggregate-selection.js'
import { type Args, argsOf, choiceOf, leafOf, refused, type Selecting } from './arguments.js'
import { isLeaf, type Leaf, type Tree } from './bind.js'
import { type Asked, below } from './collect.js'
import { cursorPlan } from './cursor.js'

const mostRows = 1000

/** The read plan of a query's root fields. The document has been validated, so every name is known. */
export function readPlan(roots: readonly Asked[], selecting: Selecting): ReadPlan {
  return { roots: roots.map(root => rootPlan(root, selecting)) }
}

function rootPlan(root: Asked, selecting: Selecting): RootPlan {
  if (root.name === '__typename') return { key: root.key, kind: 'typename', value: 'Query' }
  for (const object of Object.values(selecting.profile.model.objects)) {
    const names = rootNames(object.name, object.plural).queries
    const field = selecting.schema.getQueryType()?.getFields()[root.name]
    if (!field) break
    const args = () => argsOf(root, field, selecting)
    if (root.name === names.one)
      return { key: root.key, kind: 'one', one: { record: recordPlan(root, object, selecting), id: leafOf(args().id) } }
    if (root.name === names.many) return { key: root.key, kind: 'list', list: atRoot(root.key, listPlan(root, object, args(), selecting)) }
    if (root.name === names.aggregate)
      return { key: root.key, kind: 'aggregate', aggregate: aggregatePlan(root, object, args(), selecting) }
  }
  throw new Error(`No root field ${root.name}`)
}

/** A list that no record holds: how many it has can be estimated before it is read. */
const atRoot = (root: string, list: ListPlan): ListPlan => ({
  ...list,
  outputs: list.outputs.map(output => (output.show === 'estimatedCount' ? { ...output, root } : output)),
})

/** What is shown of a record. */
export function recordPlan(asked: Asked, object: ObjectModel, selecting: Selecting): RecordPlan {
  const outputs = below(asked, selecting).map(inner => outputOf(inner, object, selecting))
  return { object: object.name, outputs }
}

function outputOf(asked: Asked, object: ObjectModel, selecting: Selecting): Output {
  const { key, name } = asked
  if (name === '__typename') return { key, kind: 'typename', value: typeName(object.name) }
  const child = object.children[name]
  if (child) {
    const target = known(selecting.profile.model.objects[child.object], child.object)
    return {
      key,
      kind: 'many',
      child: name,
      list: listPlan(asked, target, argsOf(asked, fieldOf(object, name, selecting), selecting), selecting, child.through?.ordered),
    }
  }
  const field = object.fields[name]
  if (field?.targets && name === field.name) return { key, kind: 'any', field: name, records: targetPlans(asked, field.targets, selecting) }
  if (field?.relation && name !== field.key) {
    if (field.relation.to === null) return { key, kind: 'member', field: name, outputs: below(asked, selecting).map(memberOutput) }
    return {
      key,
      kind: 'one',
      field: name,
      record: recordPlan(asked, known(selecting.profile.model.objects[field.relation.to], name), selecting),
    }
  }
  if (field?.class.parts)
    return {
      key,
      kind: 'parts',
      field: name,
      outputs: below(asked, selecting).map(inner => ({ key: inner.key, part: inner.name === '__typename' ? null : inner.name })),
    }
  if (field) return { key, kind: 'field', field: name }
  const byKey = Object.values(object.fields).find(candidate => candidate.key === name)
  return { key, kind: 'field', field: known(byKey, name).name }
}

/** What is shown of the record of each object that a field may point at. */
function targetPlans(asked: Asked, targets: readonly string[], selecting: Selecting): RecordPlan[] {
  const others = new Set(targets.map(typeName))
  return targets.map(target => {
    const object = known(selecting.profile.model.objects[target], target)
    const own = below(asked, selecting, type => type === typeName(target) || !others.has(type))
    return { object: target, outputs: own.map(inner => outputOf(inner, object, selecting)) }
  })
}

const memberOutput = ({ key, name }: Asked): MemberOutput => ({
  key,
  show: name === '__typename' ? 'typename' : (name as MemberOutput['show']),
})

function fieldOf(object: ObjectModel, name: string, { schema }: Selecting): GraphQLField<unknown, unknown> {
  const type = schema.getType(typeName(object.name)) as GraphQLObjectType
  return known(type.getFields()[name], name)
}

function listPlan(asked: Asked, object: ObjectModel, args: Args, selecting: Selecting, isOrdered = false): ListPlan {
  const [first, last] = [countOf(args.first, 'first'), countOf(args.last, 'last')]
  if (first !== null && last !== null)
    throw refused('last', { en: 'Ask for the first or the last records, not both.', 'zh-CN': '不能同时使用 first 和 last。' })
  const order = isOrdered && (args.orderBy === undefined || isLeaf(args.orderBy)) ? [linkOrder] : orderOf(args.orderBy, object)
  const backward = last !== null
  const place = backward ? args.before : args.after
  const keyCount = order.length + (order.some(key => key.path.join() === 'id') ? 0 : 1)
  const cursor = place === undefined || leafOf(place).isNull ? null : cursorPlan(leafOf(place), orderHash(object.name, order), keyCount)
  const offset = args.offset === undefined || leafOf(args.offset).isNull ? null : leafOf(args.offset)
  if (offset && typeof offset.known === 'number' && offset.known < 0)
    throw refused('offset', { en: 'An offset cannot be negative.', 'zh-CN': 'offset 不能为负数。' })
  return {
    ...choiceOf(object, args),
    order,
    limit: first ?? last ?? 50,
    backward,
    cursor,
    offset,
    outputs: below(asked, selecting).map(output => connectionOutput(output, object, selecting)),
  }
}

function countOf(tree: Tree | undefined, path: string): number | null {
  if (tree === undefined || leafOf(tree).isNull) return null
  const count = Number(leafOf(tree).known)
  if (count < 0 || count > mostRows)
    throw refused(path, { en: `Between 0 and ${mostRows} records can be asked for.`, 'zh-CN': `一次可以请求 0 到 ${mostRows} 条记录。` })
  return count
}

function connectionOutput(asked: Asked, object: ObjectModel, selecting: Selecting): ConnectionOutput {
  const { key, name } = asked
  if (name === 'nodes') return { key, show: 'nodes', record: recordPlan(asked, object, selecting) }
  if (name === 'edges')
    return {
      key,
      show: 'edges',
      outputs: below(asked, selecting).map(
        (inner): EdgeOutput =>
          inner.name === 'node'
            ? { key: inner.key, show: 'node', record: recordPlan(inner, object, selecting) }
            : { key: inner.key, show: inner.name === 'cursor' ? 'cursor' : 'typename' },
      ),
    }
  if (name === 'pageInfo')
    return {
      key,
      show: 'pageInfo',
      outputs: below(asked, selecting).map(
        ({ key: inner, name: show }) => ({ key: inner, show: show === '__typename' ? 'typename' : show }) as PageInfoOutput,
      ),
    }
  if (name === 'estimatedCount') return { key, show: 'estimatedCount', root: null }
  return { key, show: name === 'totalCount' ? 'totalCount' : 'typename' }
}

/** An order: one key in each entry; a relation leads on to its object's fields. */
function orderOf(tree: Tree | undefined, object: ObjectModel): OrderKey[] {
  if (tree === undefined || isLeaf(tree))
    return (object.definition.sort ?? []).flatMap(({ field, direction }): OrderKey[] => {
      const known = fieldNamed(object, field)
      return known && isAskable(known) ? [{ path: [field], direction: direction === 'desc' ? 'DESC' : 'ASC' }] : []
    })
  return (tree as readonly Tree[]).map((entry, index) => {
    const { path, leaf } = pathOf(entry, `orderBy/${index}`)
    return { path, direction: leaf.known as Direction }
  })
}

/** The one path that an entry of an order or a grouping names, and what stands at its end. */
export function pathOf(entry: Tree, at: string): { readonly path: string[]; readonly leaf: Leaf } {
  const keys = isLeaf(entry) ? [] : Object.keys(entry)
  const [key] = keys
  if (key === undefined || keys.length !== 1) throw refused(at, { en: 'Name one field in each entry.', 'zh-CN': '每一项只写一个字段。' })
  const inner = (entry as Readonly<Record<string, Tree>>)[key]
  if (isLeaf(inner)) {
    if (inner.isNull) throw refused(at, { en: 'A direction is missing.', 'zh-CN': '缺少方向。' })
    return { path: [key], leaf: inner }
  }
  const rest = pathOf(inner as Tree, at)
  return { path: [key, ...rest.path], leaf: rest.leaf }
}

function known<T>(thing: T | undefined, name: string): T {
  if (thing === undefined) throw new Error(`Nothing is called ${name}`)
  return thing
}
