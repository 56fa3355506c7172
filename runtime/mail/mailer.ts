import { Logger, type OnModuleDestroy } from '@nestjs/common'
import { createTransport, type Transporter } from 'nodemailer'
import type { Config } from '../config.js'

/** One plain mail to one person. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Sends mails where the configuration names a server for them, and makes the links that stand in them. */
export class Mailer implements OnModuleDestroy {
  private readonly log = new Logger('mail')
  private readonly transport: Transporter | null
  private readonly underWay = new Set<Promise<unknown>>()
  private readonly base: string

  constructor(private readonly config: Pick<Config, 'identity' | 'host' | 'port'>) {
    const { smtpUrl, publicUrl } = config.identity
    this.transport = smtpUrl
      ? createTransport(smtpUrl, { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 } as object)
      : null
    // never from a request: who asks for a mail would say where its link leads
    this.base = publicUrl ?? `http://${config.host === '127.0.0.1' ? 'localhost' : config.host}:${config.port}`
  }

  /** Whether mails can be sent at all. */
  get isOn(): boolean {
    return this.transport !== null
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.allSettled(this.underWay)
    this.transport?.close()
  }

  /** The address of a page of ours. */
  addressOf(page: string): string {
    return `${this.base}${page}`
  }

  /** The address of a page of ours; the token stands where no server and no log sees it. */
  linkTo(page: string, token: string): string {
    return `${this.base}${page}#${token}`
  }

  /** Sends a mail and gives whether the server took it; what went wrong stands in the log, without what the mail says. */
  async send({ to, subject, text }: Mail): Promise<boolean> {
    if (!this.transport) return false
    const sending = this.transport.sendMail({ from: this.config.identity.mailFrom, to: { name: '', address: to }, subject, text })
    return this.watched(
      sending.then(
        () => true,
        (error: unknown) => {
          this.log.error(`A mail could not be sent: ${error instanceof Error ? error.message : 'no reason told'}`)
          return false
        },
      ),
    )
  }

  /** Does what leads to a mail behind the answer, so that how long it takes tells nothing. */
  later(work: () => Promise<unknown>): void {
    void this.watched(work().catch((error: unknown) => this.log.error(error)))
  }

  private watched<T>(work: Promise<T>): Promise<T> {
    this.underWay.add(work)
    return work.finally(() => this.underWay.delete(work))
  }
}
