import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { DefinitionError } from '@tessera/platform/errors.js'
import { WhoAsks } from '../access/who-asks.js'
import { Models } from './models.js'

/** Tells which roles of a workspace may change its definitions: those that the present model says so of. */
@Injectable()
export class AdminRoles implements OnModuleInit {
  constructor(
    @Inject(WhoAsks) private readonly whoAsks: WhoAsks,
    @Inject(Models) private readonly models: Models,
  ) {}

  onModuleInit(): void {
    this.whoAsks.useAdminRoles(schema => this.of(schema))
  }

  /** The names of the admin roles; `admin` while nothing was published, and while what was published cannot be linked: somebody has to mend it. */
  async of(schema: string): Promise<ReadonlySet<string>> {
    const { version, model } = await this.models.current(schema).catch((error: unknown) => {
      if (error instanceof DefinitionError) return { version: 0, model: null }
      throw error
    })
    if (version === 0 || model === null) return new Set(['admin'])
    return new Set(
      Object.values(model.roles)
        .filter(role => role.admin)
        .map(role => role.name),
    )
  }
}
