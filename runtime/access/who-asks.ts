import type { IncomingHttpHeaders } from 'node:http'
import { Inject, Injectable } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { acceptedLocale, localeOf } from '@tessera/platform/label.js'
import { render, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { Database } from '../database/database.js'
import { schemaOf } from '../database/schema.js'
import { RequestError } from '../request-error.js'
import type { Caller } from './caller.js'
import { type Credentials, credentialsOf, isSameOrigin } from './credentials.js'
import { Directory } from './directory.js'
import { type HeldRoles, heldRoles, rolesOf } from './held-roles.js'
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
  private adminRoles: AdminRoles = async () => new Set(['admin'])

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  /** Tells where the admin roles of a workspace stand; without it, the role `admin` is the one. */
  useAdminRoles(adminRoles: AdminRoles): void {
    this.adminRoles = adminRoles
    this.forget()
  }

  /** After a change of members, roles or sessions: everybody is looked up again on this node. */
  forget(): void {
    this.kept.clear()
    this.directory.forget()
  }

  /**
   * Who sends this request, or null for nobody known.
   * Throws `FORBIDDEN` when a cookie comes with a POST from another site.
   */
  async ask(request: { readonly method: string; readonly headers: IncomingHttpHeaders }): Promise<Caller | null> {
    const credentials = credentialsOf(request.headers)
    if (credentials?.isCookie && request.method !== 'GET' && !isSameOrigin(request.headers)) {
      throw new RequestError('FORBIDDEN', [issue('ORIGIN_FOREIGN', '')])
    }
    return this.resolve(request.headers)
  }

  /** Who belongs to the token of these headers, in the workspace of the token or of `X-Workspace`. */
  async resolve(headers: IncomingHttpHeaders): Promise<Caller | null> {
    const credentials = credentialsOf(headers)
    if (!credentials) return null
    const slug = headers['x-workspace']
    const wanted = typeof slug === 'string' ? slug : null
    const key = `${hashToken(credentials.token)} ${wanted ?? ''}`
    const kept = this.kept.get(key)
    if (kept && kept.until > Date.now()) return asAsked(kept.caller, headers, credentials)
    const asked = Date.now()
    const { caller, changesIn } = await this.lookUp(hashToken(credentials.token), wanted)
    if (this.kept.size >= mostCallers) this.kept.clear()
    // a role that begins or ends sooner does so at once
    this.kept.set(key, { caller, until: asked + Math.min(trustedFor, changesIn ?? trustedFor) })
    return asAsked(caller, headers, credentials)
  }

  private async lookUp(tokenHash: string, wanted: string | null): Promise<LookedUp> {
    const { rows } = await this.database.pool.query<Found>(signedIn, [tokenHash, wanted])
    const [found] = rows
    if (!found) return nobody
    if (found.is_session && found.is_stale) await this.database.pool.query(seen, [tokenHash])
    return this.memberOf(found)
  }

  private async memberOf(found: Found): Promise<LookedUp> {
    const schema = schemaOf(found.slug)
    const { text, values } = render(
      sql`select m.id, m.name, m.email, m.locale, m.time_zone, ${heldRoles} from ${workspaceTable('_member')} m where m.account_id = ${found.account_id} and m.active`,
      schema,
    )
    const { rows } = await this.database.pool.query<MemberRow>(text, [...values])
    const [member] = rows
    if (!member) return nobody
    const roles = rolesOf(member)
    const adminRoles = await this.adminRoles(schema)
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
      isAdmin: roles.some(role => adminRoles.has(role)),
      locale: member.locale,
      language: localeOf(member.locale),
      channel: 'api',
      timeZone: member.time_zone,
    }
    return { caller, changesIn: member.changes_in }
  }
}

/** A caller with what belongs to this request alone: the language it asks for, and whether it comes from the app. */
function asAsked(caller: Caller | null, headers: IncomingHttpHeaders, { isCookie }: Credentials): Caller | null {
  if (caller === null) return null
  const language = acceptedLocale(headers['accept-language']) ?? caller.language
  return language === caller.language && !isCookie ? caller : { ...caller, language, channel: isCookie ? 'app' : 'api' }
}

interface Found {
  readonly is_session: boolean
  readonly is_stale: boolean
  readonly account_id: string
  readonly workspace_id: string
  readonly workspace_name: string
  readonly slug: string
  readonly currency: string
  readonly workspace_time_zone: string
  readonly first_weekday: number
}

/** A caller, and in how many milliseconds their roles change. */
interface LookedUp {
  readonly caller: Caller | null
  readonly changesIn: number | null
}

const nobody: LookedUp = { caller: null, changesIn: null }

interface MemberRow extends HeldRoles {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly locale: string
  readonly time_zone: string
}

/** A session may go to each workspace of its account; an API key only to its own. */
const signedIn = `
  with token as (
    select account_id, workspace_id, true as is_session, last_seen < now() - interval '1 minute' as is_stale
      from tessera.session where token_hash = $1 and expires_at > now()
    union all
    select account_id, workspace_id, false, false from tessera.api_key where token_hash = $1 and (expires_at is null or expires_at > now()))
  select t.is_session, t.is_stale, a.id as account_id, w.id as workspace_id, w.name as workspace_name, w.slug, w.currency, w.time_zone as workspace_time_zone, w.first_weekday
    from token t
    join tessera.account a on a.id = t.account_id and a.disabled_at is null
    join tessera.workspace w on case when $2::text is null then w.id = t.workspace_id else w.slug = $2 and (t.is_session or w.id = t.workspace_id) end
    join tessera.membership m on m.account_id = a.id and m.workspace_id = w.id`

const seen = `update tessera.session set last_seen = now(), expires_at = now() + interval '30 days' where token_hash = $1`
