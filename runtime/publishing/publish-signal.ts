import pg from 'pg'
import type { Queryable } from '../database/queryable.js'

const channel = 'tessera_publish'
const longestPause = 10_000

/** Tells every node that a workspace has a new version; a statement of its own, after the commit. */
export async function announcePublish(client: Queryable, schema: string): Promise<void> {
  await client.query('select pg_notify($1, $2)', [channel, schema])
}

/** Hears of publishes on any node through a connection of its own, and connects again when that breaks. */
export class PublishSignal {
  private client: pg.Client | null = null
  private timer: NodeJS.Timeout | null = null
  private isStopped = false
  private pause = 100

  /**
   * @param url a direct connection, past any pooler
   * @param heard told the schema; `null` when something may have been missed
   */
  constructor(
    private readonly url: string,
    private readonly heard: (schema: string | null) => void,
  ) {}

  /** Begins to listen; a database that is away is tried again later. */
  async start(): Promise<void> {
    if (this.isStopped) return
    const client = new pg.Client({ connectionString: this.url, application_name: 'tessera publishes' })
    this.client = client
    client.on('error', () => this.restart(client))
    client.on('end', () => this.restart(client))
    client.on('notification', ({ payload }) => this.heard(payload || null))
    try {
      await client.connect()
      await client.query(`listen ${channel}`)
      this.pause = 100
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
    broken.end().catch(() => undefined)
    this.timer = setTimeout(() => void this.start(), this.pause)
    this.pause = Math.min(this.pause * 2, longestPause)
  }
}
