import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common'
import { type Noted, note } from '../audit/entry.js'
import { Database } from '../database/database.js'
import { schemaOf } from '../database/schema.js'
import { networkOf } from './networks.js'
import { hashToken } from './tokens.js'

/** For so long the same is counted instead of written again. */
const quiet = 3_600_000
/** So many different entries are written within that time; what comes then is counted together. */
const mostWritten = 60
/** So many tokens are looked up within that time, of all networks and of one: a flood of them makes no work. */
const mostLooked = 500
const mostOfNetwork = 20

/** What is written of a refused token, and where; without a workspace it goes into the log of the program. */
interface Refused {
  readonly key: string
  readonly slug: string | null
  readonly entry: Noted
}

interface Counted extends Refused {
  /** How often it came again since it was written. */
  times: number
}

/**
 * Writes down requests with tokens that open nothing: of API keys and sessions that have ended into the log of their workspace, of
 * tokens that nobody knows into that of the workspace which was asked for, or of the only one there is. The first of a key, a session
 * or a network is written at once, how often it came again when the hour is over or the node stops.
 */
@Injectable()
export class RefusedTokens implements OnModuleDestroy {
  private readonly log = new Logger('tokens')
  private readonly looked = new Map<string, Promise<Refused | null>>()
  private readonly ofNetwork = new Map<string, number>()
  private readonly counted = new Map<string, Counted>()
  private readonly underWay = new Set<Promise<unknown>>()
  private timer: NodeJS.Timeout | null = null

  constructor(@Inject(Database) private readonly database: Database) {}

  async onModuleDestroy(): Promise<void> {
    await this.settled()
    await this.writeCounts()
  }

  /** Waits until what was told so far is counted. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.underWay)
  }

  /**
   * Counts a request whose token opened nothing; it never throws and nobody waits for it.
   * @param wanted the workspace that was asked for
   */
  tell(token: string, address: string, wanted: string | null): void {
    this.timer ??= setTimeout(() => void this.writeCounts(), quiet).unref()
    const work = this.tellOne(token, address, wanted).catch((error: unknown) => this.log.error(error))
    this.underWay.add(work)
    void work.finally(() => this.underWay.delete(work))
  }

  /** Writes how often each came again, and begins anew. */
  async writeCounts(): Promise<void> {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    const counted = [...this.counted.values()].filter(({ times }) => times > 0)
    for (const kept of [this.looked, this.ofNetwork, this.counted]) kept.clear()
    for (const { slug, entry, times } of counted)
      await this.write(slug, { ...entry, data: { ...entry.data, repeats: times } }).catch((error: unknown) => this.log.error(error))
  }

  private async tellOne(token: string, address: string, wanted: string | null): Promise<void> {
    const refused = (await this.lookedUp(token, address)) ?? unknown(address, wanted)
    const isFull = this.counted.size >= mostWritten && !this.counted.has(refused.key)
    const { key, slug, entry } = isFull ? beyond : refused
    const before = this.counted.get(key)
    if (before) before.times++
    else {
      this.counted.set(key, { key, slug, entry, times: 0 })
      await this.write(slug, entry)
    }
  }

  /** What is known of a token; null for nothing, and for what comes too often to be looked up. */
  private lookedUp(token: string, address: string): Promise<Refused | null> {
    const network = networkOf(address)
    const of = `${network} ${hashToken(token)}`
    const known = this.looked.get(of)
    if (known) return known
    const count = this.ofNetwork.get(network) ?? 0
    if (this.looked.size >= mostLooked || count >= mostOfNetwork) return Promise.resolve(null)
    this.ofNetwork.set(network, count + 1)
    const found = this.find(token, address)
    this.looked.set(of, found)
    return found
  }

  private async find(token: string, address: string): Promise<Refused | null> {
    const { rows } = await this.database.pool.query<Found>(ended, [hashToken(token)])
    const [found] = rows
    if (!found) return null
    const { id, account_id: account, slug, name, is_session: isSession } = found
    const entry = { actor: null, account, channel: 'api', address }
    return {
      key: `${networkOf(address)} ${id}`,
      slug,
      entry: isSession
        ? { ...entry, kind: 'signIn', action: 'sessionRefused' }
        : { ...entry, kind: 'key', action: 'expired', data: { key: id, name } },
    }
  }

  private async write(slug: string | null, entry: Noted): Promise<void> {
    const { rows } = await this.database.pool.query<{ slug: string }>(only, [slug])
    const [first] = rows
    if (first && rows.length === 1) await note(this.database.pool, schemaOf(first.slug), entry)
    else
      this.log.warn(
        `${entry.data?.repeats ? `${entry.data.repeats} more tokens` : 'A token'} from ${entry.address ?? 'many'}: nobody knows it`,
      )
  }
}

/** Of one network all tokens that nobody knows are one entry: they say nothing more. */
const unknown = (address: string, wanted: string | null): Refused => ({
  key: `${networkOf(address)} ${wanted ?? ''}`,
  slug: wanted,
  entry: { kind: 'signIn', action: 'tokenUnknown', actor: null, channel: 'api', address },
})

const beyond: Refused = { key: '', slug: null, entry: { kind: 'signIn', action: 'tokenUnknown', actor: null, channel: 'api' } }

interface Found {
  readonly id: string
  readonly account_id: string
  readonly slug: string
  readonly name: string | null
  readonly is_session: boolean
}

const ended = `
  select t.id, t.account_id, w.slug, t.name, t.is_session from (
    select id, account_id, workspace_id, null as name, true as is_session from tessera.session where token_hash = $1
    union all
    select id, account_id, workspace_id, name, false from tessera.api_key where token_hash = $1) t
  join tessera.workspace w on w.id = t.workspace_id`

/** The workspace that is named, else the only one. */
const only = 'select slug from tessera.workspace where $1::text is null or slug = $1 order by slug limit 2'
