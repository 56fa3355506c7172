import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sql } from '../../platform/sql/sql.js'
import { rowsIn } from '../../runtime/database/rows-in.js'
import { schemaOf } from '../../runtime/database/schema.js'
import { publish } from '../support/publish.js'
import { type RecordsWorld, recordsWorld } from '../support/records.js'

let world: RecordsWorld
beforeAll(async () => {
  world = await recordsWorld('fixed', [])
})
afterAll(() => world.app.close())

describe('objects that are named like the tables of the product', () => {
  it('are published beside them, and their records written and read', async () => {
    const schema = schemaOf(world.app.workspace.slug)
    const rows = await rowsIn<{ name: string }>(
      world.app.database.pool,
      schema,
      sql`select substr(relname, 2) as name from pg_class where relnamespace = ${schema}::text::regnamespace and relkind = 'r' and relname like '\\_%' order by 1`,
    )
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['member', 'job', 'view', 'run', 'state']))
    const names = rows
      .map(({ name }) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()))
      .filter(name => name !== 'file') // the type of an uploaded file
    await publish(
      world.app,
      world.headers,
      names.map(name => ({
        object: name,
        plural: `${name}Records`,
        label: name,
        title: 'email',
        fields: {
          email: { type: 'text', label: 'E-mail', unique: true, index: true },
          above: { type: 'hierarchy', label: 'Above', inverse: 'below' },
        },
      })),
    )
    for (const name of names) {
      const type = name.charAt(0).toUpperCase() + name.slice(1)
      const made = await world.get<{ email: string }>(`mutation { create${type}(data: { email: "a@b.test" }) { email } }`)
      expect([name, made]).toEqual([name, { email: 'a@b.test' }])
    }
  })
})
