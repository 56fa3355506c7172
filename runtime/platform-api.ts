import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server'
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo'
import type { DynamicModule } from '@nestjs/common'
import { GraphQLModule } from '@nestjs/graphql'
import { issue } from '@tessera/platform/errors.js'
import type { Locale } from '@tessera/platform/label.js'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql'
import { AccessModule } from './access/access.module.js'
import { Denials } from './access/denials.js'
import { checkView, type PlatformContext, platformContext } from './access/platform-context.js'
import { WhoAsks } from './access/who-asks.js'
import { Database } from './database/database.js'
import { causeOf, errorAnswer, type ReportBug, statusOfError } from './error-answer.js'
import { asksForSchema, fragmentsOf } from './graphql/documents.js'
import { checkSize, operationLimits } from './graphql/limits.js'
import { checkVariables } from './graphql/nesting.js'
import { RequestError } from './request-error.js'

/** The fixed administration API at `/platform`: resolvers of all rooms, over Nest's own Apollo driver. */
export function platformApi(report: ReportBug): DynamicModule {
  return GraphQLModule.forRootAsync<ApolloDriverConfig>({
    driver: ApolloDriver,
    imports: [AccessModule],
    inject: [WhoAsks, Denials, Database],
    useFactory: (whoAsks: WhoAsks, denials: Denials, database: Database) => ({
      path: '/platform',
      autoSchemaFile: true,
      graphiql: false,
      introspection: true,
      parseOptions: { maxTokens: operationLimits.tokens },
      stopOnTerminationSignals: false,
      includeStacktraceInErrorResponses: false,
      hideSchemaDetailsFromClientErrors: true,
      context: (request: FastifyRequest, reply: FastifyReply) => platformContext(request, reply, whoAsks),
      plugins: [answerErrors(report, denials), showChanges(database)],
    }),
  })
}

/** Descriptions of the schema itself go deeper than anything else that is asked here. */
const ofPlatform = { depth: 25, fields: 2_000, roots: 20 }
/** Of variables; definitions, which stand in them, tell themselves what is too deep. */
const mostLevels = 200

/** Apollo's own formatting knows neither the caller's language nor our codes; so every error is written anew at the end. */
const answerErrors = (report: ReportBug, denials: Denials): ApolloServerPlugin<PlatformContext> => ({
  requestDidStart: async () => ({
    didResolveOperation: async ({ contextValue, document, operation, request }) => {
      if (contextValue.refusal) throw contextValue.refusal
      checkVariables(request.variables, mostLevels)
      if (operation) checkView(operation, contextValue)
      if (operation) checkSize({ definition: operation, fragments: fragmentsOf(document) }, ofPlatform)
      if (!contextValue.unfinished && asksForSchema(document)) throw new RequestError('UNAUTHENTICATED', [issue('SIGN_IN_NEEDED', '')])
    },
    willSendResponse: async answered => rewrite(answered, report, denials),
  }),
})

/** What is changed here may change what any member sees: rights, models, records restored or merged. */
const showChanges = (database: Database): ApolloServerPlugin<PlatformContext> => ({
  requestDidStart: async () => ({
    willSendResponse: async ({ operation, contextValue }) => {
      if (operation?.operation === 'mutation' && contextValue.caller) await database.showToAll(contextValue.caller.workspace)
    },
  }),
})

async function rewrite(
  { errors, response, contextValue, operation }: GraphQLRequestContextWillSendResponse<PlatformContext>,
  report: ReportBug,
  denials: Denials,
) {
  if (response.body.kind !== 'single' || !errors) return
  const { refusal, language } = contextValue
  // a document that is refused unread may not even parse; what the parser says of it is not the reason
  const told = refusal instanceof Error ? [new GraphQLError('', { originalError: refusal })] : errors
  const asked = operation?.selectionSet.selections.map(one => (one.kind === Kind.FIELD ? one.name.value : '…')).join(' ') ?? ''
  await denials.tell(contextValue.request, told.map(causeOf), `/platform ${asked}`.trim())
  response.body.singleResult.errors = told.map(error => formatted(error, language, report))
  const [cause] = told.map(causeOf)
  // Apollo answers 500 to whatever a plugin throws before resolvers begin
  if (response.body.singleResult.data === undefined && cause instanceof RequestError) response.http.status = statusOfError(cause)
}

const formatted = (error: GraphQLError, language: Locale, report: ReportBug): GraphQLFormattedError => ({
  ...errorAnswer(error, language, report),
  ...(error.locations ? { locations: error.locations } : {}),
  ...(error.path ? { path: error.path } : {}),
})
