import type { IncomingHttpHeaders } from 'node:http'
import type { Caller } from '../access/caller.js'
import type { Mailbox } from './mailbox.js'

/** What one connection and one member may hold at a time on a node. */
export const connectionLimits = {
  /** Subscriptions of a connection. */
  subscriptions: 100,
  /** Subscriptions and connections of a member. */
  memberSubscriptions: 500,
  memberConnections: 50,
  /** Connections that have not said yet who they are. */
  unknown: 500,
  /** Messages of a client in ten seconds. */
  messages: 500,
  /** The longest message of a client, in bytes. */
  message: 256 * 1024,
  /** What may wait for the network, in bytes; who does not read at all is let go. */
  waiting: 8 * 1024 * 1024,
  /** Milliseconds to say who one is, and between two pings. */
  init: 5_000,
  ping: 15_000,
} as const

/** Why a connection is closed: codes of graphql-ws, and one for too much of something. */
export const closing = {
  forbidden: [4403, 'Forbidden'],
  tooMany: [4429, 'Too many requests'],
  goingAway: [1001, 'Going away'],
} as const

/** An open WebSocket of somebody known. */
export interface Connection {
  /** By what they are known, as a request would bring it. */
  readonly headers: IncomingHttpHeaders
  readonly ip: string
  /** Who they were when last asked. */
  caller: Caller
  readonly mailboxes: Set<Mailbox>
  close(reason: (typeof closing)[keyof typeof closing]): void
}
