import { Inject, Injectable } from '@nestjs/common'
import { Founding } from '../access/founding.js'
import { Database } from '../database/database.js'
import { listWorkspaces } from '../database/workspace.js'
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
  ) {}

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
