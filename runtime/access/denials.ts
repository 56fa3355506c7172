import { Inject, Injectable } from '@nestjs/common'
import type { Issue } from '@tessera/platform/errors.js'
import { note } from '../audit/entry.js'
import { Database } from '../database/database.js'
import { RequestError } from '../request-error.js'
import type { Caller } from './caller.js'
import { type AskingRequest, WhoAsks } from './who-asks.js'

/** The same refusal of the same person stands in the log once within so many milliseconds, so that a program that tries on does not fill it. */
const quiet = 60_000
const mostKept = 10_000
/** So many different refusals of one session or key are written within that time. */
const mostWritten = 60

interface Told {
  readonly until: number
  /** How often it was refused since it was last written down; of a session or key, how many were written. */
  times: number
}

/** Writes into the log of the workspace who was refused what. */
@Injectable()
export class Denials {
  private readonly told = new Map<string, Told>()

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WhoAsks) private readonly whoAsks: WhoAsks,
  ) {}

  /**
   * Writes down those errors of an answer that refuse; of nobody known there is nothing to write.
   * @param what was asked for: root fields, or a route
   */
  async tell(request: AskingRequest, errors: readonly unknown[], what: string): Promise<void> {
    const refusals = errors.filter((error): error is RequestError => error instanceof RequestError && error.code === 'FORBIDDEN')
    if (refusals.length === 0) return
    const caller = await this.whoAsks.resolve(request.headers, request.ip)
    if (caller) for (const { issues } of refusals) await this.tellOne(caller, request.ip, issues, what.slice(0, 200))
  }

  private async tellOne(caller: Caller, address: string, issues: readonly Issue[], what: string): Promise<void> {
    const [first] = issues
    const action = first?.code ?? 'FORBIDDEN'
    const places = issues.slice(0, 20).map(({ code, path }) => `${code} ${path}`.trim())
    const repeats = this.repeats(caller.credential.id, JSON.stringify([caller.workspace.id, caller.credential.id, what, places]))
    if (repeats === null) return
    const isKey = caller.credential.kind === 'key' && action.startsWith('KEY_')
    await note(this.database.pool, caller.workspace.schema, {
      kind: isKey ? 'key' : 'denial',
      action: isKey ? 'refused' : action,
      actor: caller.viewing?.by.id ?? caller.member.id,
      channel: caller.channel,
      address,
      data: {
        what,
        ...(caller.viewing ? { seenAs: caller.member.id } : {}),
        issues: places,
        ...(caller.credential.kind === 'key' ? { key: caller.credential.id } : {}),
        ...(repeats > 0 ? { repeats } : {}),
      },
    })
  }

  /** How often the same was left out since it was last written; null when it is to be left out now. */
  private repeats(credential: string, what: string): number | null {
    const now = Date.now()
    if (this.told.size >= mostKept) this.told.clear()
    const known = this.told.get(what)
    const all = this.told.get(credential)
    const isFull = all !== undefined && all.until > now && all.times >= mostWritten
    if (known && (known.until > now || isFull)) {
      known.times++
      return null
    }
    if (isFull) return null
    this.told.set(what, { until: now + quiet, times: 0 })
    this.told.set(credential, all && all.until > now ? { ...all, times: all.times + 1 } : { until: now + quiet, times: 1 })
    return known?.times ?? 0
  }
}
