import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { TestApp } from './app.js'

/** A message of a subscription to a record. */
export interface Message {
  readonly kind: string
  readonly id: string | null
  readonly record: Readonly<Record<string, unknown>> | null
  readonly cursor: string | null
}

/** How long a message is awaited before the test fails. */
const patience = 60_000

/** Somebody who listens over a WebSocket of their own. */
export interface Listening {
  /** All messages so far. */
  readonly messages: Message[]
  /** What ended the subscription, if anything did. */
  readonly failures: unknown[]
  /** The first message, also of those that came before, for which this holds. */
  until(fits: (message: Message) => boolean): Promise<Message>
  /** Waits for the end. */
  ended(): Promise<void>
  stop(): void
}

/** A client of the WebSocket of an application, with the headers of a program. */
export function liveClient(app: Pick<TestApp, 'url'>, headers: Record<string, string>) {
  const client = createClient({
    url: `${app.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: headers,
    retryAttempts: 0,
    lazy: true,
  })
  return { client, follow: (query: string, variables: Record<string, unknown> = {}) => follow(client, query, variables) }
}

/** Follows with a connection of its own. */
export const listen = (
  app: Pick<TestApp, 'url'>,
  headers: Record<string, string>,
  query: string,
  variables: Record<string, unknown> = {},
) => liveClient(app, headers).follow(query, variables)

function follow(client: ReturnType<typeof createClient>, query: string, variables: Record<string, unknown>): Listening {
  const messages: Message[] = []
  const failures: unknown[] = []
  const waiting = new Set<() => void>()
  let isOver = false
  const wake = () => {
    for (const look of [...waiting]) look()
  }
  const over = (failure?: unknown) => {
    if (failure !== undefined) failures.push(failure)
    isOver = true
    wake()
  }
  const stop = client.subscribe<Record<string, Message>>(
    { query, variables },
    {
      next: ({ data }) => {
        const [message] = Object.values(data ?? {})
        if (message) messages.push(message)
        wake()
      },
      error: over,
      complete: () => over(),
    },
  )
  const when = <T>(look: () => T | undefined, what: string) =>
    new Promise<T>((resolve, reject) => {
      const tried = () => {
        const found = look()
        if (found === undefined) return
        clearTimeout(timer)
        waiting.delete(tried)
        resolve(found)
      }
      const timer = setTimeout(() => reject(new Error(`${what}; so far ${JSON.stringify({ messages, failures })}`)), patience)
      waiting.add(tried)
      tried()
    })
  return {
    messages,
    failures,
    until: fits => when(() => messages.find(fits), 'No such message came'),
    ended: async () => void (await when(() => (isOver ? true : undefined), 'It did not end')),
    stop,
  }
}
