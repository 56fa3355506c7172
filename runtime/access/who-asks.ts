import type { IncomingHttpHeaders } from 'node:http'
import { Inject, Injectable } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { acceptedLocale, localeOf } from '@tessera/platform/label.js'
import { render, type Sql, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { Database } from '../database/database.js'
import { schemaOf } from '../database/schema.js'
import { RequestError } from '../request-error.js'
import type { Caller, KeyLimits, Need } from './caller.js'
import { type Credentials, credentialsOf, isSameOrigin } from './credentials.js'
import { Directory } from './directory.js'
import { type HeldRoles, heldRoles, rolesOf } from './held-roles.js'
import { type LookedUp, lookingThrough, type ViewOfSession, viewOf } from './looking-through.js'
import { isWithin } from './networks.js'
import { RefusedTokens } from './refused-tokens.js'
import { hashToken } from './tokens.js'

/** How long a resolved caller is believed without asking the database again. */
const trustedFor = 5_000
const mostCallers = 10_000

/** Which roles of a workspace may do everything. */
export type AdminRoles = (schema: string) => Promise<ReadonlySet<string>>

interface Kept {
  readonly caller: Caller | null
  readonly until: number
}

/** Resolves who asks, from a session's or a program's token. */
@Injectable()
export class WhoAsks {
  private readonly kept = new Map<string, Kept>()
  /** Counts what made everybody doubtful: who was looked up before is not kept after it. */
  private doubts = 0
  private doubted = (): void => undefined
  private adminRoles: AdminRoles = async () => new Set(['admin'])

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(RefusedTokens) private readonly refused: RefusedTokens,
  ) {}

  /** Tells where the admin roles of a workspace stand; without it, the role `admin` is the one. */
  useAdminRoles(adminRoles: AdminRoles): void {
    this.adminRoles = adminRoles
    this.forgetHere()
  }

  /** Whether one of these roles of a workspace may do everything. */
  async areAdmin(schema: string, roles: readonly string[]): Promise<boolean> {
    const adminRoles = await this.adminRoles(schema)
    return roles.some(role => adminRoles.has(role))
  }

  /** After a change of members, roles or sessions: everybody is looked up again, here at once and on the other nodes a moment later. */
  forget(): void {
    this.forgetHere()
    this.doubted()
  }

  /** Names who tells the other nodes. */
  tellDoubts(doubted: () => void): void {
    this.doubted = doubted
  }

  /** Everybody is looked up again on this node. */
  forgetHere(): void {
    this.doubts++
    this.kept.clear()
    this.directory.forget()
  }

  /**
   * Who sends this request, or null for nobody known.
   * @param door what is asked for; a limited API key comes in at the records API only
   * Throws `FORBIDDEN` when a cookie comes with a POST from another site, when an API key is used where it may not be, and while
   * a session has not got what its workspace asks of it.
   */
  async ask(request: AskingRequest, door: 'records' | 'other' = 'other'): Promise<Caller | null> {
    const caller = await this.askUnfinished(request)
    if (caller?.needs[0]) throw new RequestError('FORBIDDEN', [issue(needCodes[caller.needs[0]], '')])
    if (caller?.limits && door === 'other') throw new RequestError('FORBIDDEN', [issue('KEY_LIMITED', '')])
    if (caller?.viewing && door === 'other' && request.method !== 'GET') throw new RequestError('FORBIDDEN', [issue('VIEW_READS', '')])
    return caller
  }

  /** As `ask`, for whoever lets sessions bring to an end what they need, and decides itself what a limited key may ask. */
  async askUnfinished(request: AskingRequest): Promise<Caller | null> {
    const credentials = credentialsOf(request.headers)
    if (credentials?.isCookie && request.method !== 'GET' && !isSameOrigin(request.headers, request.host)) {
      throw new RequestError('FORBIDDEN', [issue('ORIGIN_FOREIGN', '')])
    }
    const caller = await this.resolve(request.headers, request.ip)
    if (credentials && !caller) this.refused.tell(credentials.token, request.ip, wantedOf(request.headers))
    if (caller && caller.networks.length > 0 && !isWithin(request.ip, caller.networks))
      throw new RequestError('FORBIDDEN', [issue('KEY_ELSEWHERE', '')])
    return caller
  }

  /**
   * Who is still at the end of a connection that stays open, by the headers that it began with; null also where `ask` would refuse.
   * It does not count as a use of the session: one that only listens ends when it is idle.
   */
  async stillAsks(headers: IncomingHttpHeaders, address: string): Promise<Caller | null> {
    const caller = await this.resolve(headers)
    if (!caller || caller.needs.length > 0) return null
    return caller.networks.length === 0 || isWithin(address, caller.networks) ? caller : null
  }

  /**
   * Who sends this request, where that is known and nothing about it is to be decided or written down; undefined where it is for `ask`, which
   * says the same of everybody whom this one knows.
   */
  atHand(request: AskingRequest): Caller | undefined {
    const { headers } = request
    const credentials = credentialsOf(headers)
    if (!credentials || (credentials.isCookie && !isSameOrigin(headers, request.host))) return undefined
    const { caller, until } = this.kept.get(keyOf(credentials, wantedOf(headers))) ?? nobodyKept
    if (!caller || until <= Date.now() || caller.needs.length > 0 || caller.networks.length > 0) return undefined
    return asAsked(caller, headers, credentials)
  }

  /** Grows whenever everybody is looked up again. */
  get doubtCount(): number {
    return this.doubts
  }

  /** Who belongs to the token of these headers, in the workspace of the token or of `X-Workspace`. */
  async resolve(headers: IncomingHttpHeaders, address: string | null = null): Promise<Caller | null> {
    const credentials = credentialsOf(headers)
    if (!credentials) return null
    const wanted = wantedOf(headers)
    const key = keyOf(credentials, wanted)
    const kept = this.kept.get(key)
    if (kept && kept.until > Date.now()) return kept.caller && asAsked(kept.caller, headers, credentials)
    const { doubts } = this
    const asked = Date.now()
    const { caller, changesIn } = await this.lookUp(hashToken(credentials.token), wanted, address)
    if (this.kept.size >= mostCallers) this.kept.clear()
    // a role that begins or ends sooner does so at once
    if (doubts === this.doubts) this.kept.set(key, { caller, until: asked + Math.min(trustedFor, changesIn ?? trustedFor) })
    return caller && asAsked(caller, headers, credentials)
  }

  private async lookUp(tokenHash: string, wanted: string | null, address: string | null): Promise<LookedUp> {
    const { rows } = await this.database.pool.query<Found>(signedIn, [tokenHash, wanted])
    const [found] = rows
    if (!found) return nobody
    const isHere = address !== null && (found.networks.length === 0 || isWithin(address, found.networks))
    if (found.is_stale && isHere) await this.database.pool.query(found.is_session ? seenSession : seenKey, [tokenHash, address])
    return this.memberOf(found)
  }

  /** The member of the account, or whom an admin looks through. */
  private async memberOf(found: Found): Promise<LookedUp> {
    const own = await this.callerOf(found, sql`m.account_id = ${found.account_id}`)
    const view = viewOf(found)
    return view && own.caller ? lookingThrough(view, own, await this.callerOf(found, sql`m.id = ${view.member}::uuid`)) : own
  }

  private async callerOf(found: Found, isWanted: Sql): Promise<LookedUp> {
    const schema = schemaOf(found.slug)
    this.database.watch.wake(schema)
    const { text, values } = render(
      sql`select m.id, m.name, m.email, m.locale, m.time_zone, ${heldRoles} from ${workspaceTable('_member')} m where ${isWanted} and m.active`,
      schema,
    )
    const { rows } = await this.database.pool.query<MemberRow>(text, [...values])
    const [member] = rows
    if (!member) return nobody
    const roles = rolesOf(member)
    const limits = limitsOf(found)
    const caller: Caller = {
      account: { id: found.account_id },
      member: { id: member.id, name: member.name, email: member.email },
      workspace: {
        id: found.workspace_id,
        slug: found.slug,
        name: found.workspace_name,
        schema,
        currency: found.currency,
        timeZone: found.workspace_time_zone,
        firstWeekday: found.first_weekday,
      },
      roles,
      reach: await this.directory.reachOf(schema, member.id),
      isAdmin: limits === null && (await this.areAdmin(schema, roles)),
      locale: member.locale,
      language: localeOf(member.locale),
      channel: 'api',
      timeZone: member.time_zone,
      credential: { kind: found.is_session ? 'session' : 'key', id: found.id },
      needs: needsOf(found, roles),
      limits,
      viewing: null,
      networks: found.networks,
    }
    return { caller, changesIn: member.changes_in }
  }
}

/** A request as whoever resolves its caller sees it; Fastify's knows what a trusted proxy says. */
export interface AskingRequest {
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly ip: string
  readonly host: string
}

const needCodes = { password: 'PASSWORD_CHANGE_NEEDED', secondFactor: 'SECOND_FACTOR_REQUIRED', view: 'VIEW_ENDED' } as const

/** A provider of identities sees to passwords and second factors itself. */
function needsOf(found: Found, roles: readonly string[]): readonly Need[] {
  if (!found.is_session || found.method === 'oidc') return []
  const isFactorAsked = found.second_factor || found.second_factor_roles.some(role => roles.includes(role))
  return [
    ...(found.must_change_password ? (['password'] as const) : []),
    ...(isFactorAsked && !found.has_second_factor ? (['secondFactor'] as const) : []),
  ]
}

const limitsOf = (found: Found): KeyLimits | null =>
  found.is_session || (found.objects === null && found.may_write) ? null : { objects: found.objects, mayWrite: found.may_write }

/** A caller with what belongs to this request alone: the language it asks for, and whether it comes from the app. */
function asAsked(caller: Caller, headers: IncomingHttpHeaders, { isCookie }: Credentials): Caller {
  const language = acceptedLocale(headers['accept-language']) ?? caller.language
  return language === caller.language && !isCookie ? caller : { ...caller, language, channel: isCookie ? 'app' : 'api' }
}

interface Found extends ViewOfSession {
  readonly id: string
  readonly method: string
  readonly must_change_password: boolean
  readonly has_second_factor: boolean
  readonly second_factor: boolean
  readonly second_factor_roles: readonly string[]
  readonly objects: KeyLimits['objects']
  readonly may_write: boolean
  readonly networks: readonly string[]
  readonly is_session: boolean
  readonly is_stale: boolean
  readonly account_id: string
  readonly workspace_name: string
  readonly slug: string
  readonly currency: string
  readonly workspace_time_zone: string
  readonly first_weekday: number
}

/** The workspace that a request names. */
function wantedOf(headers: IncomingHttpHeaders): string | null {
  const slug = headers['x-workspace']
  return typeof slug === 'string' ? slug : null
}

/** Under what a caller is kept: never the token itself. */
const keyOf = ({ token }: Credentials, wanted: string | null): string => `${hashToken(token)} ${wanted ?? ''}`

const nobodyKept: Kept = { caller: null, until: 0 }

const nobody: LookedUp = { caller: null, changesIn: null }

interface MemberRow extends HeldRoles {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly locale: string
  readonly time_zone: string
}

/** A session may go to each workspace of its account, as long as that one lets sessions last; an API key only to its own. */
const signedIn = `
  with token as (
    select id, account_id, workspace_id, true as is_session, last_seen, created_at, method,
           null::json as objects, true as may_write, '{}'::text[] as networks, view_workspace, view_member, view_until
      from tessera.session where token_hash = $1 and expires_at > now()
    union all
    select id, account_id, workspace_id, false, last_seen, created_at, 'key', objects, may_write, addresses, null, null, null
      from tessera.api_key where token_hash = $1 and (expires_at is null or expires_at > now()))
  select t.id, t.is_session, t.method, t.objects, t.may_write, t.networks,
         t.view_workspace, t.view_member, (extract(epoch from t.view_until - now()) * 1000)::float8 as view_left,
         t.last_seen is null or t.last_seen < now() - interval '1 minute' as is_stale,
         a.must_change_password, a.totp_confirmed_at is not null as has_second_factor, w.second_factor, w.second_factor_roles,
         a.id as account_id, w.id as workspace_id, w.name as workspace_name, w.slug, w.currency, w.time_zone as workspace_time_zone, w.first_weekday
    from token t
    join tessera.account a on a.id = t.account_id and a.disabled_at is null
    join tessera.workspace w on case when $2::text is null then w.id = t.workspace_id else w.slug = $2 and (t.is_session or w.id = t.workspace_id) end
      and (not t.is_session or (t.last_seen > now() - w.session_idle * interval '1 minute' and t.created_at > now() - w.session_days * interval '1 day'))
    join tessera.membership m on m.account_id = a.id and m.workspace_id = w.id`

const seenSession = 'update tessera.session set last_seen = now(), address = $2 where token_hash = $1'
const seenKey = 'update tessera.api_key set last_seen = now(), last_address = $2 where token_hash = $1'
