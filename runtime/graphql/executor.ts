import type { Profile } from '@tessera/platform/access/profile.js'
import { DefinitionError, issue } from '@tessera/platform/errors.js'
import { type Env, valuesOf } from '@tessera/platform/sql/sql.js'
import {
  type DocumentNode,
  execute,
  type GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql'
import type { QueryConfig } from 'pg'
import type { AskedLists } from '../asked/asked-lists.js'
import type { Database } from '../database/database.js'
import { sqlState } from '../database/transaction.js'
import type { KeptMap, Memory } from '../memory/memory.js'
import type { LiveModel } from '../publishing/models.js'
import type { Writer } from '../records/writer.js'
import { RequestError } from '../request-error.js'
import type { FieldUses } from '../usage/field-uses.js'
import { coerced as coercedAtOnce, coercedOrRefused } from './coercion.js'
import { type Asked, collect } from './collect.js'
import { type Operation, shapeOfAll } from './documents.js'
import { withEstimates } from './estimates.js'
import type { FormerNames } from './former-names.js'
import { operationLimits } from './limits.js'
import { meantBy, runMutation } from './mutations.js'
import { bytesOfPlan, type CompiledRead, compileRead, type RenderedRead, renderedFor } from './plans.js'
import { type RequestContext, slotsOf } from './request-context.js'
import { shownFields, writtenFields } from './used-in-mutation.js'

/** An answer whose data is JSON text as PostgreSQL wrote it; it is spliced into the response, never parsed. */
export class JsonText {
  constructor(readonly text: string) {}
}

/** What an operation came to. */
export interface Answer {
  readonly data: JsonText | Record<string, unknown> | null
  readonly errors?: readonly (Error | GraphQLFormattedError)[]
}

/** What was told of a schema, and its estimated size: objects take about six times their text. */
interface Described {
  readonly data: Record<string, unknown>
  readonly bytes: number
}

/** Executes accepted operations over one schema: reads as one statement each, writes through the pipeline. */
export class Executor {
  private readonly plans: KeptMap<CompiledRead>
  private readonly texts: KeptMap<RenderedRead>
  private readonly introspections: KeptMap<Described>

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly live: LiveModel,
    private readonly profile: Profile,
    private readonly database: Database,
    private readonly writer: Writer,
    memory: Memory,
    private readonly asked: AskedLists,
    private readonly used: FieldUses,
    private readonly former: FormerNames,
  ) {
    this.plans = memory.map(bytesOfPlan)
    this.texts = memory.map(({ text }) => text.length)
    this.introspections = memory.map(({ bytes }) => bytes)
  }

  /** Keeps nothing any more; what is under way ends as it would. */
  close(): void {
    for (const kept of [this.plans, this.texts, this.introspections]) kept.close()
  }

  /**
   * Answers an operation.
   * @param documentKey stands for one document with one operation name
   * @param given variables as they came, not yet coerced
   */
  async answer(
    operation: Operation,
    document: DocumentNode,
    documentKey: string,
    given: Readonly<Record<string, unknown>>,
    context: RequestContext,
  ): Promise<Answer> {
    const variables = this.former.variables(operation, given)
    if (variables instanceof RequestError) return { data: null, errors: [variables] }
    const coerced = coercedOrRefused(operation, variables, this.schema)
    if (coerced instanceof RequestError) return { data: null, errors: [coerced] }
    try {
      if (operation.definition.operation === 'subscription') throw overWebSocket()
      if (operation.isIntrospection && operation.definition.operation === 'query')
        return await this.introspect(operation, document, documentKey, coerced, context)
      const text =
        operation.definition.operation === 'mutation'
          ? await this.mutate(operation, coerced, context).finally(() => this.database.showTo([context.caller]))
          : await this.read(operation, documentKey, coerced, context)
      return typeof text === 'string' ? { data: new JsonText(text) } : text
    } catch (error) {
      return { data: null, errors: [expected(error)] }
    }
  }

  /**
   * The data of a read whose plan is at hand, without asking or making anything else; null where it is another operation, or where anything
   * has to be told first. `answer` answers all of them, and the same.
   */
  again(
    operation: Operation,
    documentKey: string,
    given: Readonly<Record<string, unknown>>,
    context: RequestContext,
  ): Promise<string> | null {
    if (operation.definition.operation !== 'query' || operation.isIntrospection) return null
    const variables = this.former.variables(operation, given)
    const coerced = variables instanceof RequestError ? null : coercedAtOnce(operation, variables)
    const plan = coerced && this.plans.get(keyOfPlan(operation, documentKey, coerced))
    return plan && !plan.estimates ? this.ask(plan, { variables: coerced, context: slotsOf(context) }, context) : null
  }

  private async read(
    operation: Operation,
    documentKey: string,
    variables: Readonly<Record<string, unknown>>,
    context: RequestContext,
  ): Promise<string> {
    const key = keyOfPlan(operation, documentKey, variables)
    let plan = this.plans.get(key)
    if (!plan) {
      plan = compileRead(operation, variables, this.schema, this.live, this.profile)
      this.plans.set(key, plan)
    }
    const env = { variables, context: slotsOf(context) }
    if (!plan.estimates) return this.ask(plan, env, context)
    const { schema } = context.caller.workspace
    const { prepares } = this.database
    const run = (statement: QueryConfig) => this.send(statement, context)
    return this.ask(plan, await withEstimates(plan.estimates, env, { schema, prepares, run }), context)
  }

  private async ask(plan: CompiledRead, env: Env, context: RequestContext): Promise<string> {
    const { name, text, tally, uses } = this.textOf(plan, context.caller.workspace.schema)
    if (tally) this.asked.count(tally)
    const { credential } = context.caller
    if (credential.kind === 'key') this.used.countRead(uses, credential.id)
    const values = valuesOf(plan.statement, env)
    const { rows } = await this.send(this.database.prepares ? { name, text, values } : { text, values }, context)
    const [row] = rows as { readonly data: string }[]
    return row?.data ?? 'null'
  }

  private send(statement: QueryConfig, { caller, snapshot }: RequestContext): Promise<{ readonly rows: readonly unknown[] }> {
    return snapshot ? snapshot.client.query(statement) : this.database.read(caller, statement, operationLimits.time)
  }

  /** One text for all connections, which each keep what they prepared. */
  private textOf(plan: CompiledRead, schema: string): RenderedRead {
    const key = `${schema} ${plan.name}`
    const known = this.texts.get(key)
    if (known) return known
    const rendered = renderedFor(plan, schema)
    this.texts.set(key, rendered)
    return rendered
  }

  /** Mutations run one after the other; the first that fails ends the request, what was written before it stays (GraphQL, 6.2.2). */
  private async mutate(
    operation: Operation,
    variables: Readonly<Record<string, unknown>>,
    context: RequestContext,
  ): Promise<string | Answer> {
    const reading = { fragments: operation.fragments, variables, schema: this.schema, profile: this.profile }
    const parts: string[] = []
    for (const asked of collect([operation.definition.selectionSet], reading)) {
      try {
        parts.push(
          `${JSON.stringify(asked.key)}:${await runMutation(asked, reading, context, { database: this.database, writer: this.writer })}`,
        )
      } catch (error) {
        if (parts.length === 0) throw error
        return { data: null, errors: [expected(error)] }
      }
      this.countWrite(asked, reading, context)
    }
    return `{${parts.join()}}`
  }

  /** What a mutation of an API key wrote and showed. */
  private countWrite(asked: Asked, reading: Parameters<typeof runMutation>[1], { caller, profile: { model } }: RequestContext): void {
    const meant = caller.credential.kind === 'key' ? meantBy(asked, reading) : null
    if (!meant) return
    const { id } = caller.credential
    this.used.count(caller.workspace.schema, id, 'write', writtenFields(meant.data, meant.object, model))
    this.used.count(caller.workspace.schema, id, 'read', shownFields(asked, meant.object, reading, model))
  }

  /** Questions about the schema are answered by graphql-js; records asked for beside them are read as ever. */
  private async introspect(
    operation: Operation,
    document: DocumentNode,
    documentKey: string,
    variables: Readonly<Record<string, unknown>>,
    context: RequestContext,
  ): Promise<Answer> {
    const asked = collect([operation.definition.selectionSet], { fragments: operation.fragments, variables })
    const ofRecords = asked.filter(({ name }) => !name.startsWith('__'))
    if (ofRecords.length === 0) return this.describe(operation.definition, document, documentKey, variables)
    const ofSchema = asked.filter(({ name }) => name.startsWith('__'))
    const described = await this.describe(only(operation.definition, ofSchema), document, `${documentKey} schema`, variables)
    if (described.errors) return described
    const records = await this.read(
      { ...operation, definition: only(operation.definition, ofRecords) },
      `${documentKey} records`,
      variables,
      context,
    )
    return { data: new JsonText(`${JSON.stringify(described.data).slice(0, -1)},${records.slice(records.indexOf('{') + 1)}`) }
  }

  private async describe(
    definition: OperationDefinitionNode,
    document: DocumentNode,
    documentKey: string,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<{ data: Record<string, unknown> | null; errors?: readonly GraphQLError[] }> {
    const key = `${documentKey} ${JSON.stringify(variables)}`
    const known = this.introspections.get(key)
    if (known) return { data: known.data }
    const fragments = document.definitions.filter(part => part.kind === Kind.FRAGMENT_DEFINITION)
    const result = await execute({
      schema: this.schema,
      document: { ...document, definitions: [definition, ...fragments] },
      variableValues: variables,
    })
    if (result.errors) return { data: null, errors: result.errors }
    const data = result.data as Record<string, unknown>
    this.introspections.set(key, { data, bytes: 6 * JSON.stringify(data).length })
    return { data }
  }
}

const keyOfPlan = (operation: Operation, documentKey: string, variables: Readonly<Record<string, unknown>>): string =>
  `${documentKey} ${shapeOfAll(operation, variables)}`

const overWebSocket = () =>
  new RequestError('BAD_REQUEST', [
    issue('INPUT_INVALID', 'query', {
      problem: { en: 'Subscriptions are answered over WebSocket.', 'zh-CN': '订阅请使用 WebSocket。' },
    }),
  ])

/** An operation with some of its root fields. */
const only = (definition: OperationDefinitionNode, fields: readonly Asked[]): OperationDefinitionNode => ({
  ...definition,
  selectionSet: { kind: Kind.SELECTION_SET, selections: fields.flatMap(({ nodes }) => nodes) },
})

/** Failures of the database that a request can cause, as errors of the request; anything else is a bug and stays as it is. */
export function expected(error: unknown): Error {
  if (error instanceof RequestError) return error
  if (error instanceof DefinitionError) return new RequestError('BAD_REQUEST', error.issues)
  const state = sqlState(error)
  if (state.startsWith('22'))
    return new RequestError('BAD_REQUEST', [
      issue('INPUT_INVALID', '', {
        problem: {
          en: 'A value is out of range or holds a character that cannot be stored.',
          'zh-CN': '有值超出范围，或含有无法保存的字符。',
        },
      }),
    ])
  if (state === '57014')
    return new RequestError('TIMEOUT', [
      issue('INPUT_INVALID', '', {
        problem: { en: 'The request took too long. Ask for less at once.', 'zh-CN': '请求耗时过长，请减少一次请求的内容。' },
      }),
    ])
  if (state.startsWith('54'))
    return new RequestError('TOO_COMPLEX', [
      issue('INPUT_INVALID', '', { problem: { en: 'The request is too complex.', 'zh-CN': '请求过于复杂。' } }),
    ])
  return error instanceof Error ? error : new Error(String(error))
}
