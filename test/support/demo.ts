import { Founding } from '../../runtime/access/founding.js'
import { dropWorkspace } from '../../runtime/database/workspace.js'
import { createApp } from '../../runtime/main.js'
import { Seeds } from '../../runtime/seeding/seeds.js'
import type { TestApp } from './app.js'
import { testConfig, workerDatabaseUrl } from './database.js'
import { demoPassword } from './page.js'

/** Serves the worker's database with the demo made anew: the CRM, its members and all seeded records. Close it in `afterAll`. */
export async function startDemo(): Promise<TestApp> {
  const running = await createApp(testConfig(await workerDatabaseUrl()))
  await dropWorkspace(running.database, 'demo')
  const workspace = await running.app.get(Founding).found('demo', 'Tessera Demo', {
    demo: true,
    locale: 'zh-CN',
    timeZone: 'Asia/Shanghai',
    currency: 'CNY',
    firstWeekday: 1,
  })
  await running.app.get(Seeds).load(workspace, demoPassword, () => undefined)
  return { ...running, workspace }
}
