import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sql } from '../../platform/sql/sql.js'
import { rowsIn } from '../../runtime/database/rows-in.js'
import { schemaOf } from '../../runtime/database/schema.js'
import { dataOf, post, signInHeaders, startTestApp, type TestApp } from '../support/app.js'
import { publish } from '../support/publish.js'
import { type RecordsWorld, recordsWorld } from '../support/records.js'

describe('the API of definitions', () => {
  let app: TestApp
  let admin: Record<string, string>
  let rep: Record<string, string>

  beforeAll(async () => {
    app = await startTestApp('publishing-api', [
      { locale: 'zh-CN' },
      { email: 'rep@publishing-api.test', name: 'Rita Rep', roles: ['salesRep'] },
    ])
    admin = await signInHeaders(app, 'admin@publishing-api.test')
    rep = await signInHeaders(app, 'rep@publishing-api.test')
  })

  afterAll(() => app.close())

  const ask = (query: string, variables = {}, headers = admin) => post(`${app.url}/platform`, query, variables, headers)

  type Definition = Record<string, unknown> & { fields?: Record<string, unknown> }

  const putBudget = async (extra = {}) => {
    const [definition] = dataOf<Definition[]>(await ask('{ definitions(kind: "object") }'), 'definitions').filter(
      ({ object }) => object === 'opportunity',
    )
    return { ...definition, fields: { ...definition?.fields, budget: { type: 'money', label: 'Budget', ...extra } } }
  }

  describe('the app as a member sees it', () => {
    it('is whole for an admin', async () => {
      const { version, definitions } = dataOf<{ version: number; definitions: Definition[] }>(
        await ask('{ app { version definitions } }'),
        'app',
      )
      expect(version).toBe(1)
      expect(definitions.filter(({ role }) => role).length).toBeGreaterThan(3)
    })

    it('has no hidden field, no workflow and no foreign role for others', async () => {
      const { definitions } = dataOf<{ definitions: Definition[] }>(await ask('{ app { definitions } }', {}, rep), 'app')
      const product = definitions.find(({ object, plural }) => object === 'product' && plural)
      expect(Object.keys(product?.fields ?? {})).toContain('price')
      expect(Object.keys(product?.fields ?? {})).not.toContain('cost')
      expect(definitions.some(({ object }) => object === 'payroll')).toBe(false)
      expect(definitions.filter(definition => 'role' in definition).map(({ role }) => role)).toEqual(['salesRep'])
      expect(definitions.some(definition => 'workflow' in definition)).toBe(false)
      expect(JSON.stringify(definitions.find(definition => 'role' in definition)).includes('records')).toBe(false)
    })
  })

  describe('changing it', () => {
    it('is for admins only', async () => {
      for (const query of [
        '{ versions { number } }',
        '{ definitions }',
        '{ check { issues } }',
        'mutation { publish { version } }',
        'mutation { rollback(to: 1) { version } }',
      ])
        expect((await ask(query, {}, rep)).body.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    })

    it('shows what a publish would do, then does it, while the records API follows', async () => {
      const put = [await putBudget()]
      const check = dataOf<{ issues: unknown[]; plan: unknown[]; sql: string }>(
        await ask('query($put: [JSON!]) { check(put: $put) { issues plan impact sql } }', { put }),
        'check',
      )
      expect(check).toMatchObject({
        issues: [],
        plan: [{ do: 'add', kind: 'field', path: 'objects/opportunity/fields/budget', title: 'Budget', loses: null }],
      })
      expect(check.sql).toContain('add column if not exists "budget" numeric')
      const published = dataOf(
        await ask('mutation($put: [JSON!]) { publish(put: $put, expectedVersion: 1, message: "Budget") { version plan building } }', {
          put,
        }),
        'publish',
      )
      expect(published).toMatchObject({ version: 2 })
      const records = await post(
        `${app.url}/graphql`,
        '{ opportunities(where: { budget: { gte: "1" } }) { totalCount nodes { budget } } }',
        {},
        admin,
      )
      expect(dataOf(records, 'opportunities')).toEqual({ totalCount: 0, nodes: [] })
      expect(dataOf<unknown[]>(await ask('{ versions { number author message publishedAt } }'), 'versions')[0]).toMatchObject({
        number: 2,
        message: 'Budget',
      })
    })

    it('tells every issue in the language of the admin and changes nothing', async () => {
      const put = [{ object: 'query', plural: 'queries', label: 'Query', fields: { id: { type: 'text' }, a: { type: 'txet' } } }]
      const answer = await ask('mutation($put: [JSON!]) { publish(put: $put) { version } }', { put })
      const issues = answer.body.errors?.[0]?.extensions.issues ?? []
      expect(issues.map(({ code, path }) => `${code} ${path}`).sort()).toEqual([
        'FIELD_TYPE_UNKNOWN objects/query/fields/a/type',
        'NAME_TAKEN objects/query',
        'NAME_TAKEN objects/query/fields/id',
      ])
      expect(issues.find(({ path }) => path === 'objects/query')).toMatchObject({
        message: '名称「query」已被平台占用。',
        hint: '「query2」可用。',
      })
      expect(dataOf(await ask('{ app { version } }'), 'app')).toEqual({ version: 2 })
    })

    it('refuses what the database cannot hold where it is checked', async () => {
      const put = [await putBudget({ label: 'Bud\u0000get' }), { optionSet: 'tones', label: 'Tones', options: [{ value: 'a\u0000' }] }]
      const told = ['objects/opportunity/fields/budget/label', 'optionSets/tones/options/0/value'].map(path => ({
        code: 'CHARACTER_FORBIDDEN',
        path,
      }))
      const checked = await ask('query($put: [JSON!]) { check(put: $put) { issues } }', { put })
      expect(dataOf<{ issues: object[] }>(checked, 'check').issues).toMatchObject(told)
      const refused = await ask('mutation($put: [JSON!]) { publish(put: $put) { version } }', { put })
      expect(refused.body.errors?.[0]?.extensions).toMatchObject({ code: 'VALIDATION_FAILED', issues: told })
    })

    it('goes back', async () => {
      expect(dataOf(await ask('mutation { rollback(to: 1) { version plan } }'), 'rollback')).toMatchObject({
        version: 3,
        plan: [{ do: 'remove', path: 'objects/opportunity/fields/budget' }],
      })
      const records = await post(`${app.url}/graphql`, '{ opportunities { nodes { budget } } }', {}, admin)
      expect(records.body.errors?.[0]?.extensions.code).toBe('BAD_REQUEST')
    })

    it('says what going back does: a name that returns, a field that returns with its values, one that goes', async () => {
      const definitions = dataOf<{ object: string; fields: Record<string, object> }[]>(
        await ask('{ definitions(kind: "object") }'),
        'definitions',
      )
      const lead = definitions.find(({ object }) => object === 'lead')
      if (!lead) throw new Error('The app has changed')
      const here = dataOf<{ version: number }>(await ask('{ app { version } }'), 'app').version
      const plain = { ...lead, fields: { ...lead.fields, hint: { type: 'text' }, phase: { type: 'text' } } }
      await ask('mutation($put: [JSON!]) { publish(put: $put) { version } }', { put: [plain] })
      const { hint: _, phase: __, ...shipped } = plain.fields
      const later = { ...lead, fields: { ...shipped, moment: { type: 'text', was: ['phase'] }, fresh: { type: 'text' } } }
      const published = await ask('mutation($put: [JSON!]) { publish(put: $put) { version plan } }', { put: [later] })
      expect(published.body.errors).toBeUndefined()
      const back = dataOf<{ plan: { do: string; path: string; detail: object; loses: object | null }[] }>(
        await ask('query($to: Int) { check(to: $to) { plan } }', { to: here + 1 }),
        'check',
      )
      expect(back.plan.map(step => [step.do, step.path.split('/').at(-1)])).toEqual([
        ['return', 'hint'],
        ['rename', 'phase'],
        ['remove', 'fresh'],
      ])
      expect(back.plan.map(step => step.loses)).toEqual([null, null, null])
      expect(back.plan[0]?.detail).toMatchObject({ en: 'Comes back with the values it had.' })
    })
  })

  describe('a template', () => {
    const part = (template: Definition | undefined, at: number) => (template?.elements as Definition[] | undefined)?.[at]
    const shipped = async () => dataOf<Definition[]>(await ask('{ definitions(kind: "template") }'), 'definitions')

    it('is there for admins, and nothing of it lives', async () => {
      const templates = await shipped()
      expect(templates.map(({ template }) => template)).toEqual(expect.arrayContaining(['asset', 'ticket']))
      const objects = dataOf<Definition[]>(await ask('{ definitions(kind: "object") }'), 'definitions').map(({ object }) => object)
      expect(objects).not.toContain('ticket')
      expect((await post(`${app.url}/graphql`, '{ tickets { totalCount } }', {}, admin)).body.errors?.[0]?.extensions.code).toBe(
        'BAD_REQUEST',
      )
      const { definitions } = dataOf<{ definitions: Definition[] }>(await ask('{ app { definitions } }', {}, rep), 'app')
      expect(definitions.some(definition => 'template' in definition)).toBe(false)
    })

    it('is checked like what lives, in the language of the admin', async () => {
      const ticket = (await shipped()).find(({ template }) => template === 'ticket')
      const [object, ...others] = [part(ticket, 0), part(ticket, 1)]
      const broken = { ...object, fields: { ...object?.fields, site: { type: 'lookup', label: 'Site', to: 'site' } } }
      const { issues } = dataOf<{ issues: { code: string; path: string; message: string }[] }>(
        await ask('query($put: [JSON!]) { check(put: $put) { issues } }', { put: [{ ...ticket, elements: [broken, ...others] }] }),
        'check',
      )
      expect(issues.map(({ code, path }) => `${code} ${path}`)).toEqual([
        'RELATION_TARGET_UNKNOWN templates/ticket/elements/0/fields/site/to',
      ])
      expect(issues[0]?.message).toMatch(/[\u4e00-\u9fff]/)
    })

    it('is published and taken back without a table being touched', async () => {
      const asset = (await shipped()).find(({ template }) => template === 'asset')
      const version = dataOf<{ version: number }>(await ask('{ app { version } }'), 'app').version
      const put = [{ ...asset, template: 'vehicle' }]
      const { plan, sql: statements } = dataOf<{ plan: unknown[]; sql: string }>(
        await ask('query($put: [JSON!]) { check(put: $put) { plan sql } }', { put }),
        'check',
      )
      expect([plan, statements]).toEqual([[expect.objectContaining({ do: 'add', kind: 'template', path: 'templates/vehicle' })], ''])
      await ask('mutation($put: [JSON!]) { publish(put: $put) { version } }', { put })
      expect((await shipped()).map(({ template }) => template)).toContain('vehicle')
      await ask('mutation($to: Int!) { rollback(to: $to) { version } }', { to: version })
      expect((await shipped()).map(({ template }) => template)).not.toContain('vehicle')
    })
  })
})

describe('names that the product uses too', () => {
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
})
