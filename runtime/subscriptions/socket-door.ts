import { type IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import { issue } from '@tessera/platform/errors.js'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { handleProtocols, type Server } from 'graphql-ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { credentialsOf, isSameOrigin } from '../access/credentials.js'
import { BugReport } from '../graphql/bug-report.js'
import { RequestError } from '../request-error.js'
import { closing, connectionLimits } from './connection.js'
import { Connections, type Opening } from './connections.js'
import { Feeds } from './feeds.js'
import { type Line, subscriptionProtocol } from './protocol.js'

/** Where an upgrade is handled as a request, so that it passes the same hooks and trusts the same proxies. */
const path = '/graphql/socket'
/** How long clients have to say goodbye when the server stops. */
const goodbye = 1_000

/** An upgrade on its way through the routes. */
const upgrades = new WeakMap<IncomingMessage, { readonly socket: Duplex; readonly head: Buffer }>()

/** The WebSocket at `/graphql`: lets in whom the records API would answer, and hands them to the protocol. */
@Injectable()
export class SocketDoor implements OnModuleInit, OnApplicationBootstrap {
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: connectionLimits.message, handleProtocols })
  private readonly protocol: Server<Line>
  private readonly lines = new Map<WebSocket, Line>()
  private isStopping = false

  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(Connections) connections: Connections,
    @Inject(Feeds) feeds: Feeds,
    @Inject(BugReport) bugs: BugReport,
  ) {
    this.protocol = subscriptionProtocol(connections, feeds, bugs.report)
  }

  onModuleInit(): void {
    this.fastify().get(path, (request, reply) => this.open(request, reply))
  }

  onApplicationBootstrap(): void {
    const fastify = this.fastify()
    fastify.server.on('upgrade', (request, socket, head) => {
      socket.on('error', () => socket.destroy())
      // whatever stands in the address, such as `//`: parsing it as one may throw
      const isOurs = request.method === 'GET' && request.url?.split('?', 1)[0] === '/graphql'
      if (!isOurs || this.isStopping) return void socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
      upgrades.set(request, { socket, head })
      request.url = path
      const response = new ServerResponse(request)
      response.assignSocket(socket as never)
      response.on('finish', () => socket.end())
      fastify.routing(request, response)
    })
  }

  /** Says goodbye to everybody, and lets nobody in any more; who does not answer is cut off. Before the server stops, which waits for every connection. */
  async close(): Promise<void> {
    this.isStopping = true
    for (const { close } of this.lines.values()) close(closing.goingAway)
    const end = Date.now() + goodbye
    while (this.lines.size > 0 && Date.now() < end) await new Promise(resolve => setTimeout(resolve, 20))
    for (const socket of this.lines.keys()) socket.terminate()
    this.sockets.close()
  }

  private fastify(): FastifyInstance {
    return this.host.httpAdapter.getInstance()
  }

  /** Refuses as a request is refused; what is let in leaves the routes. */
  private open(request: FastifyRequest, reply: FastifyReply): unknown {
    const upgrade = upgrades.get(request.raw)
    if (!upgrade) return reply.status(426).header('upgrade', 'websocket').send({ errors: [] })
    reply.header('connection', 'close')
    if (credentialsOf(request.headers)?.isCookie && !isSameOrigin(request.headers, request.host))
      throw new RequestError('FORBIDDEN', [issue('ORIGIN_FOREIGN', '')])
    if (this.unknown() >= connectionLimits.unknown) throw new RequestError('RATE_LIMITED', [])
    const opening: Opening = { headers: request.headers, ip: request.ip, host: request.host }
    reply.hijack()
    reply.raw.detachSocket(upgrade.socket as never)
    this.sockets.handleUpgrade(request.raw, upgrade.socket, upgrade.head, socket => this.serve(socket, opening))
    return reply
  }

  private unknown(): number {
    let count = 0
    for (const { connection } of this.lines.values()) if (!connection) count++
    return count
  }

  private serve(socket: WebSocket, opening: Opening): void {
    const line: Line = { opening, connection: null, close: ([code, reason]) => socket.close(code, reason) }
    this.lines.set(socket, line)
    const stopWatching = watch(socket)
    const closed = this.protocol.opened(
      {
        protocol: socket.protocol,
        send: data => sent(socket, data),
        close: (code, reason) => socket.close(code, reason),
        onMessage: heard =>
          socket.on('message', message => void heard(String(message)).catch(() => socket.close(4500, 'Internal server error'))),
      },
      line,
    )
    socket.on('error', () => socket.terminate())
    socket.once('close', (code, reason) => {
      stopWatching()
      this.lines.delete(socket)
      void closed(code, String(reason))
    })
  }
}

/** Waits until a message has left for the network, so that nobody's messages pile up here. */
const sent = (socket: WebSocket, data: string): Promise<void> =>
  new Promise(resolve => {
    if (socket.readyState !== socket.OPEN) return resolve()
    socket.send(data, () => resolve())
  })

/** Ends a connection that does not answer pings, does not read, or talks too much. */
function watch(socket: WebSocket): () => void {
  let isAlive = true
  let messages = 0
  const seconds = setInterval(() => {
    messages = 0
  }, 10_000)
  const pings = setInterval(() => {
    if (!isAlive) return socket.terminate()
    isAlive = false
    socket.ping()
  }, connectionLimits.ping)
  socket.on('pong', () => {
    isAlive = true
  })
  socket.on('message', () => {
    if (++messages > connectionLimits.messages) socket.close(...closing.tooMany)
    if (socket.bufferedAmount > connectionLimits.waiting) socket.terminate()
  })
  return () => {
    clearInterval(seconds)
    clearInterval(pings)
  }
}
