import type { IncomingHttpHeaders } from 'node:http'
import { Inject, Injectable } from '@nestjs/common'
import type { Caller } from '../access/caller.js'
import { WhoAsks } from '../access/who-asks.js'
import { type Connection, closing, connectionLimits } from './connection.js'

/** From where a WebSocket was opened, as the request that opened it says. */
export interface Opening {
  readonly headers: IncomingHttpHeaders
  readonly ip: string
  readonly host: string
}

/** What a client may say of itself when it begins, where it cannot set headers. */
const said = ['authorization', 'x-workspace', 'accept-language'] as const

/** The open WebSockets of this node. */
@Injectable()
export class Connections {
  private readonly open = new Set<Connection>()

  constructor(@Inject(WhoAsks) private readonly whoAsks: WhoAsks) {}

  /**
   * Finds out who opens a connection: by the token that the client sends first, else as a request would.
   * Null when nobody known, or somebody who has too many connections; `close` is kept to end it later.
   */
  async admit(opening: Opening, params: Readonly<Record<string, unknown>>, close: Connection['close']): Promise<Connection | null> {
    const headers = headersOf(opening.headers, params)
    const caller = await this.whoAsks.ask({ ...opening, headers, method: 'GET' }, 'records').catch(() => null)
    if (!caller) return null
    if (this.countOf(caller) >= connectionLimits.memberConnections) {
      close(closing.tooMany)
      return null
    }
    const connection: Connection = { headers, ip: opening.ip, caller, mailboxes: new Set(), close }
    this.open.add(connection)
    return connection
  }

  /** A connection is gone. */
  forget(connection: Connection): void {
    this.open.delete(connection)
  }

  private countOf({ member }: Caller): number {
    let count = 0
    for (const { caller } of this.open) if (caller.member.id === member.id) count++
    return count
  }
}

function headersOf(opened: IncomingHttpHeaders, params: Readonly<Record<string, unknown>>): IncomingHttpHeaders {
  const kept = ['authorization', 'cookie', 'x-workspace', 'accept-language'] as const
  const headers: Record<string, string> = {}
  for (const name of kept) if (typeof opened[name] === 'string') headers[name] = opened[name]
  for (const [key, value] of Object.entries(params)) {
    const name = said.find(one => one === key.toLowerCase())
    if (name && typeof value === 'string') headers[name] = value.slice(0, 2_000)
  }
  return headers
}
