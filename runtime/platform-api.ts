import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server'
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo'
import type { DynamicModule } from '@nestjs/common'
import { GraphQLModule } from '@nestjs/graphql'
import type { Locale } from '@tessera/platform/label.js'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql'
import { AccessModule } from './access/access.module.js'
import { Denials } from './access/denials.js'
import { checkView, type PlatformContext, platformContext } from './access/platform-context.js'
import { WhoAsks } from './access/who-asks.js'
import { causeOf, errorAnswer, type ReportBug, statusOf } from './error-answer.js'
import { RequestError } from './request-error.js'

/** The fixed administration API at `/platform`: resolvers of all rooms, over Nest's own Apollo driver. */
export function platformApi(report: ReportBug): DynamicModule {
  return GraphQLModule.forRootAsync<ApolloDriverConfig>({
    driver: ApolloDriver,
    imports: [AccessModule],
    inject: [WhoAsks, Denials],
    useFactory: (whoAsks: WhoAsks, denials: Denials) => ({
      path: '/platform',
      autoSchemaFile: true,
      graphiql: false,
      introspection: true,
      stopOnTerminationSignals: false,
      includeStacktraceInErrorResponses: false,
      hideSchemaDetailsFromClientErrors: true,
      context: (request: FastifyRequest, reply: FastifyReply) => platformContext(request, reply, whoAsks),
      plugins: [answerErrors(report, denials)],
    }),
  })
}

/** Apollo's own formatting knows neither the caller's language nor our codes; so every error is written anew at the end. */
const answerErrors = (report: ReportBug, denials: Denials): ApolloServerPlugin<PlatformContext> => ({
  requestDidStart: async () => ({
    didResolveOperation: async ({ contextValue, operation }) => {
      if (contextValue.refusal) throw contextValue.refusal
      if (operation) checkView(operation, contextValue)
    },
    willSendResponse: async answered => rewrite(answered, report, denials),
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
  const told = refusal instanceof RequestError ? [new GraphQLError('', { originalError: refusal })] : errors
  const asked = operation?.selectionSet.selections.map(one => (one.kind === Kind.FIELD ? one.name.value : '…')).join(' ') ?? ''
  await denials.tell(contextValue.request, told.map(causeOf), `/platform ${asked}`.trim())
  response.body.singleResult.errors = told.map(error => formatted(error, language, report))
  if (refusal instanceof RequestError) response.http.status = statusOf[refusal.code]
}

const formatted = (error: GraphQLError, language: Locale, report: ReportBug): GraphQLFormattedError => ({
  ...errorAnswer(error, language, report),
  ...(error.locations ? { locations: error.locations } : {}),
  ...(error.path ? { path: error.path } : {}),
})
