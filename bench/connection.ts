import { connect, type Socket } from 'node:net'

/** An answer as it came: its status line and its body. */
export interface Received {
  readonly status: string
  readonly body: Buffer
}

interface Waiting {
  readonly resolve: (received: Received) => void
  readonly reject: (error: Error) => void
}

const headEnd = Buffer.from('\r\n\r\n')

/**
 * One keep-alive connection that sends one request at a time and reads answers by their content-length. It does as little as
 * possible, since what it costs is missing where it measures.
 */
export class Connection {
  private readonly socket: Socket
  private readonly head: string
  private waiting: Waiting | undefined
  private chunks: Buffer[] = []
  private size = 0
  private wanted = -1
  private bodyAt = 0

  constructor(url: URL, headers: Readonly<Record<string, string>>) {
    const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    this.head = `POST ${url.pathname} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: application/json\r\n${more.join('')}content-length: `
    this.socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true })
    this.socket.on('data', (chunk: Buffer) => this.read(chunk))
    this.socket.on('error', error => this.fail(error))
    this.socket.on('close', () => this.fail(new Error('The connection was closed.')))
  }

  /** Sends a body and gives the answer, whatever its status; rejects when the connection breaks. */
  send(body: string): Promise<Received> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject }
      this.socket.write(`${this.head}${Buffer.byteLength(body)}\r\n\r\n${body}`)
    })
  }

  close(): void {
    this.waiting = undefined
    this.socket.destroy()
  }

  private read(chunk: Buffer): void {
    this.chunks.push(chunk)
    this.size += chunk.length
    if (this.wanted < 0) this.readHead()
    if (this.wanted >= 0 && this.size >= this.wanted) this.finish()
  }

  private readHead(): void {
    const all = this.chunks.length === 1 ? (this.chunks[0] as Buffer) : Buffer.concat(this.chunks)
    this.chunks = [all]
    const end = all.indexOf(headEnd)
    if (end < 0) return
    const head = all.toString('latin1', 0, end)
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
    if (length === undefined) this.fail(new Error(`An answer without content-length: ${head}`))
    this.bodyAt = end + headEnd.length
    this.wanted = this.bodyAt + Number(length)
  }

  private finish(): void {
    const all = this.chunks.length === 1 ? (this.chunks[0] as Buffer) : Buffer.concat(this.chunks)
    const received = { status: all.toString('latin1', 9, 12), body: all.subarray(this.bodyAt, this.wanted) }
    const { waiting } = this
    this.chunks = []
    this.size = 0
    this.wanted = -1
    this.waiting = undefined
    waiting?.resolve(received)
  }

  private fail(error: Error): void {
    this.waiting?.reject(error)
    this.waiting = undefined
    this.socket.destroy()
  }
}
