import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common'
import { note } from '../audit/entry.js'
import { Database } from '../database/database.js'
import { schemaOf } from '../database/schema.js'
import { workspacesOf } from './accounts.js'

/** Why somebody did not come in. */
export type SignInFailure = 'password' | 'workspace' | 'secondFactor' | 'refused'

/**
 * Writes down who did not come in: into the log of every workspace that the account belongs to, for they are at stake. Of nobody known
 * there is no workspace, and a log that only grows is not for strangers to fill: that goes into the log of the program. It is written
 * beside the answer, whose time would tell otherwise who is known.
 */
@Injectable()
export class FailedSignIns implements OnModuleDestroy {
  private readonly log = new Logger('sign-in')
  private readonly underWay = new Set<Promise<unknown>>()

  constructor(@Inject(Database) private readonly database: Database) {}

  async onModuleDestroy(): Promise<void> {
    await Promise.allSettled(this.underWay)
  }

  /** @param account null for nobody known */
  tell(account: { readonly id: string } | null, reason: SignInFailure, address: string, method: 'password' | 'oidc'): void {
    if (!account) {
      this.log.warn(`A sign-in from ${address} failed: nobody is known by what was given`)
      return
    }
    const work = this.write(account.id, reason, address, method).catch((error: unknown) => this.log.error(error))
    this.underWay.add(work)
    void work.finally(() => this.underWay.delete(work))
  }

  private async write(account: string, reason: SignInFailure, address: string, method: string): Promise<void> {
    for (const { slug } of await workspacesOf(this.database, account))
      await note(this.database.pool, schemaOf(slug), {
        kind: 'signIn',
        action: 'failed',
        actor: null,
        account,
        address,
        data: { reason, method },
      })
  }
}
