import { randomInt } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { note } from '../audit/entry.js'
import { Database } from '../database/database.js'
import { Account } from '../database/entities/account.js'
import { Workspace } from '../database/entities/workspace.js'
import { schemaOf } from '../database/schema.js'
import { RequestError } from '../request-error.js'
import { normalEmail } from './accounts.js'
import { Attempts, addressLimit } from './attempts.js'
import { Founding } from './founding.js'
import { addMember } from './members.js'
import { checkPassword, leastPassword } from './password-policy.js'
import { type OpenedSession, type Origin, Sessions } from './sessions.js'
import { checkEmail, checkSettings, type FoundingInput } from './settings.js'
import { hashToken } from './tokens.js'

/** The first workspace of an installation that starts without demo data. */
const firstSlug = 'main'
/** Without letters and digits that look alike. */
const codeLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

export interface FirstAdminInput extends FoundingInput {
  readonly code: string
  readonly email: string
  readonly password: string
  readonly adminName: string
}

/** Lets whoever can read the server's log make the first admin and the first workspace. */
@Injectable()
export class FirstAdmin {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Founding) private readonly founding: Founding,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Attempts) private readonly attempts: Attempts,
  ) {}

  /** Whether nobody can sign in yet. */
  async isNeeded(): Promise<boolean> {
    return !(await this.database.source.getRepository(Account).exists())
  }

  /** A new one-time code, which replaces the last one; null when there is an admin. */
  async issueCode(): Promise<string | null> {
    if (!(await this.isNeeded())) return null
    const code = Array.from({ length: 12 }, () => codeLetters[randomInt(codeLetters.length)]).join('')
    await this.database.source.query(keepCode, [hashToken(code)])
    return code.replace(/(.{4})(?=.)/g, '$1-')
  }

  /** Makes the admin, the workspace and a session. Throws `FORBIDDEN` for a wrong code, `VALIDATION_FAILED` with all issues. */
  async create(input: FirstAdminInput, origin: Origin): Promise<OpenedSession> {
    const limits = [addressLimit(origin.address)]
    await this.attempts.count(limits, 'code')
    const code = hashToken(input.code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
    if (!(await this.isNeeded()) || !(await this.knows('select from tessera.one_time_code', code))) throw wrongCode()
    await this.attempts.giveBack(limits)
    const rules = { least: leastPassword, known: [input.email, input.adminName, input.name] }
    const issues = [...checkEmail(input.email), ...checkPassword(input.password, rules), ...checkSettings(input)]
    if (issues.length > 0) throw new RequestError('VALIDATION_FAILED', issues)
    // of two at once with the code, one uses it up
    if (!(await this.knows('delete from tessera.one_time_code', code))) throw wrongCode()
    return this.found(input, origin)
  }

  private async knows(statement: string, code: string): Promise<boolean> {
    const { rowCount } = await this.database.pool.query(`${statement} where purpose = $1 and code_hash = $2`, [purpose, code])
    return rowCount === 1
  }

  private async found(input: FirstAdminInput, origin: Origin): Promise<OpenedSession> {
    const { locale, timeZone, currency, fiscalYearStart, firstWeekday } = input
    const workspace = await this.founding.found(firstSlug, input.name, { locale, timeZone, currency, fiscalYearStart, firstWeekday })
    await this.database.source
      .getRepository(Workspace)
      .update({ id: workspace.id }, { name: input.name, locale, timeZone, currency, fiscalYearStart, firstWeekday })
    await this.database.source.transaction(async manager => {
      const person = { email: input.email, name: input.adminName, password: input.password, roles: ['admin'] }
      const member = await addMember(this.database, { ...workspace, locale, timeZone }, person, manager)
      const entry = { kind: 'member', action: 'firstAdmin', actor: member, address: origin.address, data: { roles: ['admin'] } } as const
      await note(manager, schemaOf(workspace.slug), entry)
    })
    const account = await this.database.source.getRepository(Account).findOneByOrFail({ email: normalEmail(input.email) })
    return this.sessions.open(account.id, workspace.id, origin)
  }
}

const wrongCode = () => new RequestError('FORBIDDEN', [issue('CODE_WRONG', 'code')])
const purpose = 'first-admin'
const keepCode = `
  insert into tessera.one_time_code (purpose, code_hash, created_at) values ('${purpose}', $1, now())
  on conflict (purpose) do update set code_hash = excluded.code_hash, created_at = excluded.created_at`
