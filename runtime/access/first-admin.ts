import { randomInt } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { Database } from '../database/database.js'
import { Account } from '../database/entities/account.js'
import { Workspace } from '../database/entities/workspace.js'
import { RequestError } from '../request-error.js'
import { Founding } from './founding.js'
import { addMember } from './members.js'
import { Sessions } from './sessions.js'
import { checkEmail, checkPassword, checkSettings, type SettingsInput } from './settings.js'
import { normalEmail } from './sign-in.js'
import { hashToken } from './tokens.js'

/** The first workspace of an installation that starts without demo data. */
const firstSlug = 'main'
/** Without letters and digits that look alike. */
const codeLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

export interface FirstAdminInput extends SettingsInput {
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

  /** Makes the admin, the workspace and a session, whose token it gives. Throws `FORBIDDEN` for a wrong code, `VALIDATION_FAILED` with all issues. */
  async create(input: FirstAdminInput): Promise<string> {
    const [kept] = await this.database.source.query<{ code_hash: string }[]>(
      'select code_hash from tessera.one_time_code where purpose = $1',
      [purpose],
    )
    const code = input.code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
    if (!(await this.isNeeded()) || kept?.code_hash !== hashToken(code)) throw new RequestError('FORBIDDEN', [issue('CODE_WRONG', 'code')])
    const issues = [...checkEmail(input.email), ...checkPassword(input.password), ...checkSettings(input)]
    if (issues.length > 0) throw new RequestError('VALIDATION_FAILED', issues)
    const { locale, timeZone, currency, fiscalYearStart, firstWeekday } = input
    const workspace = await this.founding.found(firstSlug, input.name, { locale, timeZone, currency, fiscalYearStart, firstWeekday })
    await this.database.source
      .getRepository(Workspace)
      .update({ id: workspace.id }, { name: input.name, locale, timeZone, currency, fiscalYearStart, firstWeekday })
    await addMember(
      this.database,
      { ...workspace, locale, timeZone },
      { email: input.email, name: input.adminName, password: input.password, roles: ['admin'] },
    )
    await this.database.source.query('delete from tessera.one_time_code where purpose = $1', [purpose])
    const account = await this.database.source.getRepository(Account).findOneByOrFail({ email: normalEmail(input.email) })
    return this.sessions.open(account.id, workspace.id)
  }
}

const purpose = 'first-admin'
const keepCode = `
  insert into tessera.one_time_code (purpose, code_hash, created_at) values ('${purpose}', $1, now())
  on conflict (purpose) do update set code_hash = excluded.code_hash, created_at = excluded.created_at`
