import { SMTPServer } from 'smtp-server'
import { until } from './follow-up.js'

/** A mail as it came in. */
export interface Received {
  readonly to: readonly string[]
  readonly source: string
}

/** A mail server on loopback that keeps what it gets. */
export interface Mailbox {
  readonly url: string
  readonly mails: readonly Received[]
  /** Waits until so many mails are there; throws when they never are. */
  until(count: number): Promise<readonly Received[]>
  close(): Promise<void>
}

/** Starts a mail server on a free port; close it in `afterAll`. */
export async function openMailbox(): Promise<Mailbox> {
  const mails: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), source: Buffer.concat(chunks).toString('utf8') })
        done()
      })
    },
  })
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const { port } = server.server.address() as { port: number }
  const untilThere = (count: number) =>
    until(
      async () => mails,
      there => there.length >= count,
    )
  return { url: `smtp://127.0.0.1:${port}`, mails, until: untilThere, close: () => new Promise(resolve => server.close(() => resolve())) }
}

/** The text of a mail, whichever way it was written down. */
export function textOf({ source }: Received): string {
  const [head = '', ...body] = source.split('\r\n\r\n')
  const text = body.join('\n\n')
  if (/^content-transfer-encoding: base64/im.test(head)) return Buffer.from(text, 'base64').toString('utf8')
  if (!/^content-transfer-encoding: quoted-printable/im.test(head)) return text
  const bytes = text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
