import pg from 'pg'

const longestPause = 10_000

/** Hears notifications of one channel through a connection of its own, and connects again when that breaks. */
export class Listener {
  private client: pg.Client | null = null
  private timer: NodeJS.Timeout | null = null
  private isStopped = false
  private pause = 100
  private hears = false

  /** Whether it hears right now; what is told meanwhile is missed otherwise. */
  get isHearing(): boolean {
    return this.hears
  }

  /**
   * @param url a direct connection, past any pooler
   * @param heard told the payload; null when something may have been missed
   */
  constructor(
    private readonly url: string,
    private readonly channel: string,
    private readonly heard: (payload: string | null) => void,
  ) {}

  /** Begins to listen; a database that is away is tried again later. */
  async start(): Promise<void> {
    if (this.isStopped) return
    const client = new pg.Client({ connectionString: this.url, application_name: `listens to ${this.channel}` })
    this.client = client
    client.on('error', () => this.restart(client))
    client.on('end', () => this.restart(client))
    client.on('notification', ({ payload }) => this.heard(payload || null))
    try {
      await client.connect()
      await client.query(`listen ${client.escapeIdentifier(this.channel)}`)
      this.pause = 100
      this.hears = this.client === client
      this.heard(null)
    } catch {
      this.restart(client)
    }
  }

  /** Stops listening for good. */
  async stop(): Promise<void> {
    this.isStopped = true
    if (this.timer) clearTimeout(this.timer)
    await this.client?.end().catch(() => undefined)
  }

  private restart(broken: pg.Client): void {
    if (this.isStopped || this.client !== broken) return
    this.client = null
    this.hears = false
    broken.end().catch(() => undefined)
    this.timer = setTimeout(() => void this.start(), this.pause)
    this.pause = Math.min(this.pause * 2, longestPause)
  }
}
