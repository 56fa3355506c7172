import { issue } from '@tessera/platform/errors.js'
import { type ExecutionArgs, GraphQLError, GraphQLSchema, parse } from 'graphql'
import { type Context, makeServer, type Server } from 'graphql-ws'
import { errorAnswer, type ReportBug } from '../error-answer.js'
import { expected } from '../graphql/executor.js'
import { RequestError } from '../request-error.js'
import { type Connection, connectionLimits } from './connection.js'
import type { Connections, Opening } from './connections.js'
import type { Feeds } from './feeds.js'
import type { Subscriber } from './subscriber.js'

/** What belongs to a socket while it is open. */
export interface Line {
  readonly opening: Opening
  readonly close: Connection['close']
  /** Known once the client has said who it is. */
  connection: Connection | null
}

type LineContext = Context<Record<string, unknown>, Line>

/** The real work is done by the feed; graphql-ws only wants to see that it is a subscription. */
const standIn = { schema: new GraphQLSchema({}), document: parse('subscription { changed }') }

/** The protocol graphql-transport-ws over feeds: who connects, what they follow, what they are told. */
export function subscriptionProtocol(connections: Connections, feeds: Feeds, report: ReportBug): Server<Line> {
  return makeServer<Record<string, unknown>, Line>({
    connectionInitWaitTimeout: connectionLimits.init,
    onConnect: async ({ extra, connectionParams }) => {
      extra.connection = await connections.admit(extra.opening, connectionParams ?? {}, extra.close)
      return extra.connection !== null
    },
    onSubscribe: async (context, _id, { query, operationName, variables }) => {
      const { connection } = context.extra
      if (!connection) return [new GraphQLError('')]
      try {
        checkCount(context, connection, feeds)
        const asked = { query, operationName: operationName ?? undefined, variables: variables ?? undefined }
        return { ...standIn, contextValue: await feeds.follow(connection, asked) }
      } catch (error) {
        return [told(error instanceof GraphQLError ? error : expected(error), connection, report)]
      }
    },
    subscribe: ({ contextValue }: ExecutionArgs) => (contextValue as Subscriber).mailbox,
    onError: ({ extra }, _id, _payload, errors) =>
      extra.connection ? errors.map(error => told(error, extra.connection as Connection, report)) : undefined,
    onClose: ({ extra }) => {
      if (!extra.connection) return
      connections.forget(extra.connection)
      for (const mailbox of [...extra.connection.mailboxes]) void mailbox.return()
    },
  })
}

function checkCount({ subscriptions }: LineContext, connection: Connection, feeds: Feeds): void {
  const isOver = Object.keys(subscriptions).length > connectionLimits.subscriptions
  if (!isOver && feeds.countOf(connection) < connectionLimits.memberSubscriptions) return
  const problem = {
    en: `A connection has at most ${connectionLimits.subscriptions} subscriptions, a member ${connectionLimits.memberSubscriptions}.`,
    'zh-CN': `每个连接最多 ${connectionLimits.subscriptions} 个订阅，每位成员最多 ${connectionLimits.memberSubscriptions} 个。`,
  }
  throw new RequestError('RATE_LIMITED', [issue('INPUT_INVALID', '', { problem })])
}

/** An error in the form that the records API gives it; one that has it already stays as it is. */
function told(error: unknown, { caller }: Connection, report: ReportBug): GraphQLError {
  if (error instanceof GraphQLError && error.extensions.code !== undefined) return error
  const { message, extensions } = errorAnswer(error, caller.language, report)
  return new GraphQLError(message, { extensions: extensions ?? {} })
}
