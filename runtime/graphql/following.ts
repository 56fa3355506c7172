import type { Profile } from '@tessera/platform/access/profile.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { rootNames, typeNames } from '@tessera/platform/model/naming.js'
import { changesSql } from '@tessera/platform/query/changes.js'
import { costOfRecord } from '@tessera/platform/query/cost.js'
import type { RecordPlan } from '@tessera/platform/query/plan.js'
import { queryContext } from '@tessera/platform/query/source.js'
import type { Slot } from '@tessera/platform/sql/sql.js'
import { type DocumentNode, type GraphQLSchema, parse, validate } from 'graphql'
import type { KeptMap, Memory } from '../memory/memory.js'
import type { LiveModel } from '../publishing/models.js'
import { RequestError } from '../request-error.js'
import { argsOf, leafOf, refused, type Selecting, whereOf } from './arguments.js'
import { idOrNone, type Tree } from './bind.js'
import { coercedOrRefused } from './coercion.js'
import { type Asked, below, collect } from './collect.js'
import { bytesOfOperation, type Operation, operationOf, shapeOfAll } from './documents.js'
import type { FormerNames } from './former-names.js'
import { checkCost, checkSize, operationLimits } from './limits.js'
import { checkDocument, checkVariables } from './nesting.js'
import { bytesOfPlan, type CompiledRead, shared } from './plans.js'
import { recordPlan } from './selection.js'

/** What a message shows, in the order of the answer; `record` of the records that the statement gives. */
export interface ToldOutput {
  readonly key: string
  readonly show: 'kind' | 'id' | 'cursor' | 'typename' | 'record'
  readonly index: number
}

/** The part of a subscription that all share whose documents and variables have the same shape. */
export interface FollowPlanned {
  /** The name of the object. */
  readonly object: string
  readonly rootKey: string
  readonly typeName: string
  readonly outputs: readonly ToldOutput[]
  readonly read: CompiledRead
  /** What differs between askers. */
  readonly slots: readonly Slot[]
}

/** A subscription that was accepted. */
export interface Followed {
  readonly planned: FollowPlanned
  readonly variables: Readonly<Record<string, unknown>>
  /** The records that are followed, or null for all. */
  readonly ids: ReadonlySet<string> | null
  /** The cursor to go on behind. */
  readonly after: string | null
}

/** What somebody asks to be told of. */
export interface FollowAsked {
  readonly query: string
  readonly operationName?: string | undefined
  readonly variables?: Readonly<Record<string, unknown>> | undefined
}

const mostIds = 1_000

/** Documents and plans of subscriptions over one schema. */
export class Following {
  private readonly accepted: KeptMap<Operation>
  private readonly plans: KeptMap<FollowPlanned>

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly live: LiveModel,
    private readonly profile: Profile,
    memory: Memory,
    private readonly former: FormerNames,
  ) {
    this.accepted = memory.map(bytesOfOperation)
    this.plans = memory.map(({ read }) => bytesOfPlan(read))
  }

  /** Keeps nothing any more; whoever follows holds what they need. */
  close(): void {
    this.accepted.close()
    this.plans.close()
  }

  /**
   * Accepts a subscription and compiles it.
   * Throws a request error or the first error of the document, as a query with the same mistake would answer.
   */
  follow(asked: FollowAsked): Followed {
    checkVariables(asked.variables)
    const operation = this.operation(asked)
    const given = this.former.variables(operation, asked.variables ?? {})
    if (given instanceof RequestError) throw given
    const variables = coercedOrRefused(operation, given, this.schema)
    if (variables instanceof RequestError) throw variables
    const selecting: Selecting = { fragments: operation.fragments, variables, schema: this.schema, profile: this.profile }
    const [root] = collect([operation.definition.selectionSet], selecting)
    const field = this.schema.getSubscriptionType()?.getFields()[root?.name ?? '']
    if (!root || !field) throw refused('query', { en: 'A subscription follows one object.', 'zh-CN': '一个订阅只跟随一个对象。' })
    const args = argsOf(root, field, selecting)
    const key = `${asked.operationName ?? ''}\n${asked.query}\n${shapeOfAll(operation, variables)}`
    const planned = this.plans.get(key) ?? this.plan(root, args.where, selecting)
    this.plans.set(key, planned)
    return { planned, variables, ids: idsOf(args.ids), after: textOf(args.after) }
  }

  private operation({ query, operationName }: FollowAsked): Operation {
    const key = `${operationName ?? ''}\n${query}`
    const known = this.accepted.get(key)
    if (known) return known
    checkDocument(query)
    const document: DocumentNode = parse(this.former.text(query), { maxTokens: operationLimits.tokens, noLocation: true })
    const [mistake] = validate(this.schema, document, undefined, { maxErrors: 1, hideSuggestions: true } as { maxErrors: number })
    if (mistake) throw mistake
    const operation = operationOf(this.former.document(document), operationName, this.schema)
    if (operation?.definition.operation !== 'subscription')
      throw refused('query', {
        en: 'Over WebSocket there are subscriptions only; send queries and mutations with POST.',
        'zh-CN': 'WebSocket 只用于订阅，查询和修改请用 POST。',
      })
    checkSize(operation)
    this.accepted.set(key, operation)
    return operation
  }

  private plan(root: Asked, where: Tree | undefined, selecting: Selecting): FollowPlanned {
    const object = this.objectOf(root)
    const records: RecordPlan[] = []
    const outputs = below(root, selecting).map((asked): ToldOutput => {
      if (asked.name === 'record') return { key: asked.key, show: 'record', index: records.push(recordPlan(asked, object, selecting)) - 1 }
      const show = asked.name === '__typename' ? 'typename' : (asked.name as ToldOutput['show'])
      return { key: asked.key, show, index: -1 }
    })
    checkCost(Math.max(0, ...records.map(costOfRecord)), operationLimits.recordsTold)
    const context = queryContext(this.live.model, this.profile.conditions, this.profile.model)
    const { piece, slots } = changesSql({ object: object.name, where: whereOf(where), records }, context)
    const read = shared(piece)
    return { object: object.name, rootKey: root.key, typeName: typeNames(object.name).Change ?? '', outputs, read, slots }
  }

  private objectOf({ name }: Asked): ObjectModel {
    const found = Object.values(this.profile.model.objects).find(
      object => rootNames(object.name, object.plural).subscriptions.changed === name,
    )
    if (!found) throw new Error(`No root field ${name}`)
    return found
  }
}

function idsOf(tree: Tree | undefined): ReadonlySet<string> | null {
  if (tree === undefined || leafOf(tree).isNull) return null
  const { known } = leafOf(tree)
  const ids = Array.isArray(known) ? (known as readonly string[]) : [String(known)]
  if (ids.length > mostIds)
    throw refused('ids', { en: `At most ${mostIds} records can be followed by their ids.`, 'zh-CN': `按 ID 最多跟随 ${mostIds} 条记录。` })
  return new Set(ids.map(idOrNone))
}

const textOf = (tree: Tree | undefined): string | null => (tree === undefined || leafOf(tree).isNull ? null : String(leafOf(tree).known))
