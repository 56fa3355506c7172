import { Inject, Injectable } from '@nestjs/common'
import type { Label } from '@tessera/platform/label.js'
import { Founding } from '../access/founding.js'
import { Database } from '../database/database.js'
import { Workspace } from '../database/entities/workspace.js'
import { schemaOf } from '../database/schema.js'
import { listWorkspaces } from '../database/workspace.js'
import { Models } from '../publishing/models.js'
import { Seeds } from './seeds.js'

/** The password of every demo member; the demo is for trying only. */
export const demoPassword = 'tessera-demo'

/** The workspace that a fresh installation shows. */
@Injectable()
export class Demo {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Founding) private readonly founding: Founding,
    @Inject(Seeds) private readonly seeds: Seeds,
    @Inject(Models) private readonly models: Models,
  ) {}

  /** Who can be tried out: the seeded members of the demo workspace, each with the label of their first role. */
  async members(): Promise<readonly { readonly email: string; readonly name: string; readonly role: Label }[]> {
    const workspace = await this.database.source.getRepository(Workspace).findOneBy({ demo: true })
    if (!workspace) return []
    const { model } = await this.models.current(schemaOf(workspace.slug))
    return (await this.seeds.members()).map(({ email, name, roles: [first = ''] }) => ({
      email,
      name,
      role: model.roles[first]?.definition.label ?? first,
    }))
  }

  /** Makes the demo workspace where there is no workspace yet, or finishes the one that a crash left half-made. */
  async ensure(say: (line: string) => void): Promise<void> {
    const workspaces = await listWorkspaces(this.database)
    if (workspaces.length > 0 && !workspaces.some(workspace => workspace.demo)) return
    const workspace = await this.founding.found('demo', 'Tessera Demo', {
      demo: true,
      locale: 'zh-CN',
      timeZone: 'Asia/Shanghai',
      currency: 'CNY',
      firstWeekday: 1,
    })
    await this.seeds.load(workspace, demoPassword, say)
  }
}
