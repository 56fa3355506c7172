import { ApolloServer, type ApolloServerOptionsWithGateway, type HTTPGraphQLRequest } from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled'
import type { Profile } from '@tessera/platform/access/profile.js'
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
} from 'graphql'
import type { AskedLists } from '../asked/asked-lists.js'
import type { Database } from '../database/database.js'
import { errorAnswer, type ReportBug, shortened } from '../error-answer.js'
import type { KeptMap, Memory } from '../memory/memory.js'
import type { LiveModel } from '../publishing/models.js'
import type { Writer } from '../records/writer.js'
import { RequestError } from '../request-error.js'
import type { FieldUses } from '../usage/field-uses.js'
import { bytesOfOperation, type Operation, operationOf } from './documents.js'
import { type Answer, Executor, expected, JsonText } from './executor.js'
import { Following } from './following.js'
import { FormerNames } from './former-names.js'
import { checkSize, operationLimits } from './limits.js'
import type { RequestContext } from './request-context.js'
import { graphqlSchema } from './schema.js'

type Gateway = ApolloServerOptionsWithGateway<RequestContext>['gateway']

/** Longer documents are parsed anew each time: nobody's daily work has them, and they would fill the memory. */
const longestKept = 20_000

interface Accepted {
  readonly document: DocumentNode
  readonly operation: Operation
  /** Under which its plans are kept: short, since it is looked up with every request; of a document that is not kept the document itself. */
  readonly key: string
}

/** The GraphQL of one model as one profile sees it: schema, server, accepted documents, plans. Made when first asked for. */
export class SchemaEntry {
  readonly schema: GraphQLSchema
  readonly following: Following
  private readonly former: FormerNames
  private readonly executor: Executor
  private readonly server: ApolloServer<RequestContext>
  private readonly accepted: KeptMap<Accepted>
  private started: Promise<void> | null = null
  private count = 0

  constructor(
    live: LiveModel,
    profile: Profile,
    database: Database,
    writer: Writer,
    private readonly report: ReportBug,
    memory: Memory,
    asked: AskedLists,
    used: FieldUses,
  ) {
    this.schema = graphqlSchema(profile)
    this.former = new FormerNames(this.schema, profile.model, memory)
    this.following = new Following(this.schema, live, profile, memory, this.former)
    this.executor = new Executor(this.schema, live, profile, database, writer, memory, asked, used, this.former)
    this.accepted = memory.map(({ operation }) => bytesOfOperation(operation))
    this.server = new ApolloServer<RequestContext>({
      gateway: this.gateway(),
      stopOnTerminationSignals: false,
      // no answer of records may be kept, and the endpoint says so
      plugins: [ApolloServerPluginCacheControlDisabled()],
      csrfPrevention: false,
      // documents are kept here; theirs of another server would be a second copy
      documentStore: null,
      introspection: true,
      includeStacktraceInErrorResponses: false,
      hideSchemaDetailsFromClientErrors: true,
      parseOptions: { maxTokens: operationLimits.tokens },
      stringifyResult: stringify,
      formatError: documentError,
    })
  }

  /** Answers a document that was accepted before, without going through the server; null when it was not. */
  hot(
    query: string,
    operationName: string | undefined,
    variables: Readonly<Record<string, unknown>>,
    context: RequestContext,
  ): Promise<string> | null {
    const known = this.accepted.get(keyOf(this.former.text(query), operationName))
    if (!known) return null
    const again = this.executor.again(known.operation, known.key, variables, context)
    if (!again) return this.formatted(known, variables, context).then(stringify)
    return again.then(dataOnly, error => this.told({ data: null, errors: [expected(error)] }, known, context).then(stringify))
  }

  /** Answers any request over HTTP: parses, validates, executes. */
  async answer(
    request: HTTPGraphQLRequest,
    context: RequestContext,
  ): Promise<{ readonly status: number; readonly headers: Iterable<[string, string]>; readonly text: string }> {
    this.started ??= this.server.start()
    await this.started
    const { status, headers, body } = await this.server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: this.inPresentTypes(request),
      context: async () => context,
    })
    return { status: status ?? 200, headers, text: body.kind === 'complete' ? body.string : '' }
  }

  /** A request whose document names types as they are called now. */
  private inPresentTypes(request: HTTPGraphQLRequest): HTTPGraphQLRequest {
    const body = request.body as { readonly query?: unknown } | null
    if (typeof body?.query === 'string') return { ...request, body: { ...body, query: this.former.text(body.query) } }
    const search = new URLSearchParams(request.search)
    const query = search.get('query')
    if (query === null) return request
    search.set('query', this.former.text(query))
    return { ...request, search: `?${search.toString()}` }
  }

  /** A document with the present names of types. */
  inPresent(query: string): string {
    return this.former.text(query)
  }

  /** Estimated bytes of the schema itself, by the number of its parts: measured, one takes about 370 with what graphql-js hangs on it. */
  get bytes(): number {
    return 100_000 + 370 * partsOf(this.schema)
  }

  /** Keeps nothing any more. Requests that are under way are answered: whoever has the entry may go on asking it. */
  close(): void {
    this.accepted.close()
    this.former.close()
    this.executor.close()
    this.following.close()
  }

  /** Ends the server; for the end of the process. */
  async stop(): Promise<void> {
    if (this.started) await this.server.stop()
  }

  private gateway(): Gateway {
    const told: ((context: { apiSchema: GraphQLSchema; coreSupergraphSdl: string }) => void)[] = []
    return {
      onSchemaLoadOrUpdate: callback => {
        told.push(callback as never)
        return () => undefined
      },
      load: async () => {
        for (const tell of told) tell({ apiSchema: this.schema, coreSupergraphSdl: '' })
        return {
          executor: async ({ document, request, context }) => {
            const answered = await this.first(
              document,
              request.query ?? '',
              request.operationName,
              request.variables ?? {},
              context as RequestContext,
            )
            return { data: answered.data, errors: answered.errors } as never
          },
        }
      },
      stop: async () => undefined,
    }
  }

  /** A document that has just been validated: it is kept for the hot path. */
  private async first(
    document: DocumentNode,
    query: string,
    operationName: string | null | undefined,
    variables: Readonly<Record<string, unknown>>,
    context: RequestContext,
  ): Promise<Answered> {
    const key = keyOf(query, operationName ?? undefined)
    // without places in the text a kept document is a third of its size
    const isKept = key.length <= longestKept
    let accepted: Accepted
    try {
      const present = this.former.document(query === '' ? document : parse(query, { noLocation: true }))
      const operation = operationOf(present, operationName, this.schema)
      if (!operation) throw new RequestError('BAD_REQUEST', [])
      checkSize(operation)
      accepted = { document, operation, key: isKept ? `#${++this.count}` : key }
    } catch (error) {
      return { data: null, errors: [asError(errorAnswer(error, context.caller.language, this.report))] }
    }
    if (isKept) this.accepted.set(key, accepted)
    const { data, errors } = await this.formatted(accepted, variables, context)
    return errors ? { data, errors: errors.map(asError) } : { data }
  }

  private async formatted(accepted: Accepted, variables: Readonly<Record<string, unknown>>, context: RequestContext): Promise<Formatted> {
    return this.told(await this.executor.answer(accepted.operation, accepted.document, accepted.key, variables, context), accepted, context)
  }

  /** An answer as it leaves the server; what went wrong is told to whoever wants to know, and then in the caller's language. */
  private async told({ data, errors }: Answer, { operation }: Accepted, context: RequestContext): Promise<Formatted> {
    if (errors) await context.told?.(errors, askedFor(operation))
    return errors ? { data, errors: errors.map(error => errorAnswer(error, context.caller.language, this.report)) } : { data }
  }
}

interface Formatted {
  readonly data: Answer['data']
  readonly errors?: GraphQLFormattedError[]
}

interface Answered {
  readonly data: Answer['data']
  readonly errors?: GraphQLError[]
}

/** Fields, arguments and values of all types. */
function partsOf(schema: GraphQLSchema): number {
  let parts = 0
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type) || isInterfaceType(type)) for (const field of Object.values(type.getFields())) parts += 1 + field.args.length
    else if (isInputObjectType(type)) parts += Object.keys(type.getFields()).length
    else if (isEnumType(type)) parts += type.getValues().length
  }
  return parts
}

/** The root fields of an operation. */
const askedFor = ({ definition }: Operation): string =>
  definition.selectionSet.selections.map(one => (one.kind === Kind.FIELD ? one.name.value : '…')).join(' ')

const keyOf = (query: string, operationName: string | undefined): string =>
  operationName === undefined ? query : `${operationName}\n${query}`

const asError = ({ message, extensions }: GraphQLFormattedError): GraphQLError =>
  new GraphQLError(message, { extensions: extensions ?? {} })

/** JSON text from PostgreSQL is spliced in as it is. Where nothing was answered there is no data, whether the document came for the first time or not. */
function stringify(result: { readonly data?: unknown; readonly errors?: readonly unknown[] | undefined }): string {
  if (result.data === null) return JSON.stringify({ ...result, data: undefined })
  if (!(result.data instanceof JsonText)) return JSON.stringify(result)
  const errors = result.errors && result.errors.length > 0 ? `"errors":${JSON.stringify(result.errors)},` : ''
  return errors === '' ? dataOnly(result.data.text) : `{${errors}"data":${result.data.text}}`
}

const dataOnly = (text: string): string => `{"data":${text}}`

const codes: Readonly<Record<string, string>> = {
  GRAPHQL_PARSE_FAILED: 'BAD_REQUEST',
  GRAPHQL_VALIDATION_FAILED: 'BAD_REQUEST',
  BAD_USER_INPUT: 'BAD_REQUEST',
  OPERATION_RESOLUTION_FAILURE: 'BAD_REQUEST',
  INTERNAL_SERVER_ERROR: 'INTERNAL',
}

/** Errors of the document itself get the codes of the contract; ours have them already. */
function documentError(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const code = String(formatted.extensions?.code ?? 'INTERNAL')
  const { stacktrace: _, ...extensions } = formatted.extensions ?? {}
  const mapped = codes[code] ?? code
  const message = shortened(formatted.message)
  return {
    message,
    extensions: {
      ...extensions,
      code: mapped,
      issues: (extensions.issues as unknown) ?? [{ code: 'INPUT_INVALID', path: 'query', message, hint: '' }],
    },
  }
}
