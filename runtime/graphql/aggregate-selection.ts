import { issue } from '@tessera/platform/errors.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { typeName } from '@tessera/platform/model/naming.js'
import { fieldNamed } from '@tessera/platform/model/scope.js'
import type {
  AggregateName,
  AggregateOrder,
  AggregateOutput,
  AggregatePlan,
  DatePart,
  Direction,
  GroupKey,
  Measure,
  Where,
} from '@tessera/platform/query/plan.js'
import { RequestError } from '../request-error.js'
import { type Args, choiceOf, leafOf, refused, type Selecting, whereOf } from './arguments.js'
import { isLeaf, type Tree } from './bind.js'
import { type Asked, below } from './collect.js'

/** The plan of an aggregate. */
export function aggregatePlan(asked: Asked, object: ObjectModel, args: Args, selecting: Selecting): AggregatePlan {
  const groupBy = listOf(args.groupBy).map((entry, index) => groupKey(entry, [], `groupBy/${index}`))
  const outputs = below(asked, selecting).map(output => outputOf(output, object, selecting))
  const having =
    args.having === undefined || isLeaf(args.having)
      ? []
      : measuresOf(args.having as Readonly<Record<string, Tree>>, object).map(({ measure, tree }) => ({
          measure,
          where: whereOf(tree) ?? ({} as Where),
        }))
  const order = listOf(args.orderBy).map((entry, index) =>
    orderOf(entry as Readonly<Record<string, Tree>>, object, groupBy.length, `orderBy/${index}`),
  )
  const limit = Number(leafOf(args.first ?? { leaf: true, value: 100, known: 100, isNull: false }).known ?? 100)
  if (limit < 0 || limit > 1000)
    throw refused('first', { en: 'Between 0 and 1000 groups can be asked for.', 'zh-CN': '一次可以请求 0 到 1000 组。' })
  const offset = args.offset === undefined || leafOf(args.offset).isNull ? null : leafOf(args.offset)
  const plan: AggregatePlan = { ...choiceOf(object, args), groupBy, having, order, limit, offset, outputs }
  refuseMixedCurrencies(plan, object)
  return plan
}

const listOf = (tree: Tree | undefined): readonly Tree[] =>
  tree === undefined || isLeaf(tree) ? [] : Array.isArray(tree) ? (tree as readonly Tree[]) : [tree]

function groupKey(entry: Tree, outer: readonly string[], at: string): GroupKey {
  const keys = isLeaf(entry) ? [] : Object.keys(entry)
  const [key] = keys
  if (key === undefined || keys.length !== 1) throw refused(at, { en: 'Name one field in each entry.', 'zh-CN': '每一项只写一个字段。' })
  const inner = (entry as Readonly<Record<string, Tree>>)[key]
  const path = [...outer, key]
  if (isLeaf(inner)) return { path, by: null }
  const options = inner as Readonly<Record<string, Tree>>
  const names = Object.keys(options)
  if (names.length === 0) return { path, by: null }
  if (names.length === 1 && names[0] === 'by' && isLeaf(options.by)) return { path, by: options.by.known as DatePart | null }
  return groupKey(options, path, at)
}

function orderOf(entry: Readonly<Record<string, Tree>>, object: ObjectModel, keyCount: number, at: string): AggregateOrder {
  const direction = isLeaf(entry.direction) ? (entry.direction.known as Direction) : 'ASC'
  if (isLeaf(entry.key)) {
    const key = Number(entry.key.known)
    if (!(key >= 0 && key < keyCount)) throw refused(`${at}/key`, { en: 'There is no such grouping key.', 'zh-CN': '没有该分组键。' })
    return { key, direction }
  }
  const [first, ...others] = measuresOf(entry, object)
  if (!first || others.length > 0 || !isLeaf(first.tree))
    throw refused(at, { en: 'Name one measure in each entry.', 'zh-CN': '每一项只写一个指标。' })
  return { measure: first.measure, direction: first.tree.known as Direction }
}

function measuresOf(tree: Readonly<Record<string, Tree>>, object: ObjectModel): { readonly measure: Measure; readonly tree: Tree }[] {
  return Object.entries(tree).flatMap(([name, inner]): { measure: Measure; tree: Tree }[] => {
    if (name === 'key' || name === 'direction') return []
    if (name === 'count') return [{ measure: { function: 'count' }, tree: inner }]
    return Object.entries(inner as Readonly<Record<string, Tree>>).map(([key, leaf]) => ({
      measure: { function: name as AggregateName, field: fieldNamed(object, key)?.name ?? key },
      tree: leaf,
    }))
  })
}

function outputOf(asked: Asked, object: ObjectModel, selecting: Selecting): AggregateOutput {
  const { key, name } = asked
  if (name === '__typename') return { key, show: 'typename' }
  if (name === 'keys') return { key, show: 'keys' }
  if (name === 'count') return { key, show: 'count' }
  const fields = below(asked, selecting).map(inner => ({
    key: inner.key,
    field: inner.name === '__typename' ? null : (fieldNamed(object, inner.name)?.name ?? inner.name),
  }))
  return { key, show: 'fields', function: name as AggregateName, fields }
}

/** Amounts of several currencies are never added up unless each group has one. */
function refuseMixedCurrencies(plan: AggregatePlan, object: ObjectModel): void {
  const grouped = new Set(plan.groupBy.map(key => key.path.join('.')))
  const shown = plan.outputs.flatMap(output =>
    output.show === 'fields' && output.function !== 'countDistinct' ? output.fields.map(part => part.field) : [],
  )
  const ordered = plan.order.flatMap(order => ('measure' in order && order.measure.function !== 'count' ? [order.measure.field] : []))
  const single = singleCurrencies(plan.where)
  for (const name of [...shown, ...ordered]) {
    const field = name === null ? null : fieldNamed(object, name)
    if (!field?.currency || field.currency.from === 'workspace') continue
    const siblings = Object.values(object.fields)
      .filter(other => other.currencyOf !== null && JSON.stringify(other.currency) === JSON.stringify(field.currency))
      .map(other => other.name)
    const holder =
      field.currency.from === 'record'
        ? Object.values(object.fields).find(other => other.type.name === 'currency' && other.currencyOf === null)?.name
        : undefined
    const currencies = [...siblings, ...(holder ? [holder] : [])]
    if (!currencies.some(currency => grouped.has(currency) || single.has(currency))) {
      throw new RequestError('BAD_REQUEST', [
        issue('CURRENCY_MIXED', `${typeName(object.name)}/${name}`, { currency: `${field.name}Currency` }),
      ])
    }
  }
}

/** The fields that a filter pins to one value. */
const singleCurrencies = (where: Where | null): ReadonlySet<string> =>
  new Set(
    Object.entries(where ?? {})
      .filter(([, inner]) => typeof inner === 'object' && 'eq' in inner)
      .map(([key]) => key),
  )
