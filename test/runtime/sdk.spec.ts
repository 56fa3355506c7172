import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { schemaOf } from '../../runtime/database/schema.js'
import { Models } from '../../runtime/publishing/models.js'
import { sdkOf } from '../../runtime/sdk/sdk.js'
import { signInHeaders, startTestApp, type TestApp } from '../support/app.js'

const require = createRequire(import.meta.url)
const compiler = join(dirname(require.resolve('tsgo/package.json')), 'bin', 'tsc')
let app: TestApp
let folder: string

/** A program over the client, as somebody would write it; what must not compile is marked. */
const program = `
import { createClient, TesseraError } from './tessera.js'

export async function run(url: string, token: string) {
  const versions: number[] = []
  const tessera = createClient({ url, token, language: 'en', onModelChange: version => versions.push(version) })
  const customer = await tessera.customer.create({ data: { name: 'Acme', level: 'a' } }, { id: true, name: true })
  const id = customer?.id ?? ''
  for (const name of ['One', 'Two', 'Three'])
    await tessera.opportunity.create({ data: { name, stage: 'new', amount: '10.5', customerId: id } }, { id: true })
  const page = await tessera.opportunity.list(
    { where: { customerId: { eq: id }, stage: { in: ['new', 'qualified'] } }, orderBy: [{ name: 'DESC' }], first: 2 },
    { nodes: { name: true, stage: true, amount: true, customer: { name: true } }, totalCount: true },
  )
  const stage: 'new' | 'qualified' | 'proposal' | 'negotiation' | 'won' | 'lost' | null | undefined = page.nodes[0]?.stage
  const amount: string | null | undefined = page.nodes[0]?.amount
  const names: (string | null)[] = []
  for await (const one of tessera.opportunity.each({ where: { customerId: { eq: id } }, first: 1, orderBy: [{ name: 'ASC' }] }, { id: true, name: true }))
    names.push(one.name)
  const first = await tessera.customer.get({ id }, { opportunities: { $: { first: 1, orderBy: [{ name: 'ASC' }] }, nodes: { name: true } } })
  const sums = await tessera.opportunity.aggregate({ where: { customerId: { eq: id } }, groupBy: [{ amountCurrency: {} }] }, { keys: true, count: true, sum: { amount: true } })
  const moved = await tessera.opportunity.transition({ id: (await tessera.opportunity.list({ first: 1 }, { nodes: { id: true } })).nodes[0]?.id ?? '', transition: 'qualify' }, { stage: true })
  const refused = await tessera.opportunity
    .create({ data: { name: '', stage: 'new' } }, { id: true })
    .then(() => null, (error: unknown) => (error instanceof TesseraError ? error : null))
  const gone = await tessera.customer.get({ id: '00000000-0000-7000-8000-000000000000' }, { id: true })

  // @ts-expect-error a field that was not chosen is not there
  page.nodes[0]?.closeDate
  // @ts-expect-error there is no such field
  await tessera.opportunity.get({ id }, { nope: true }).catch(() => null)
  // @ts-expect-error there is no such field of the customer
  await tessera.opportunity.get({ id }, { customer: { nope: true } }).catch(() => null)
  // @ts-expect-error there is no such choice
  await tessera.opportunity.list({ where: { stage: { eq: 'nope' } } }, { totalCount: true })
  // @ts-expect-error there is no such transition
  await tessera.opportunity.transition({ id, transition: 'nope' }, { id: true }).catch(() => null)

  return { stage, amount, total: page.totalCount, customerName: page.nodes[0]?.customer?.name, names, first: first?.opportunities.nodes, sums, moved, gone,
    refused: refused && { code: refused.code, status: refused.status, paths: refused.issues.map(({ path }) => path) } }
}
`

beforeAll(async () => {
  app = await startTestApp('sdk', [{}])
  folder = mkdtempSync(join(tmpdir(), 'tessera-sdk-'))
  const models = app.app.get(Models)
  const live = await models.current(schemaOf('sdk'))
  writeFileSync(join(folder, 'tessera.ts'), sdkOf(models.profile(live, ['admin']), live.version))
  writeFileSync(join(folder, 'program.ts'), program)
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const compilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noUnusedLocals: true,
    target: 'es2022',
    module: 'nodenext',
    lib: ['es2022', 'dom'],
    types: [],
    outDir: 'out',
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await app.close()
})

describe('the client of a workspace', () => {
  it('compiles under strict rules, and so does a program over it where it names what there is', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [compiler, '-p', folder]).catch((error: { stdout: string }) => error)
    expect(stdout).toBe('')
  })

  it('asks the server and gives what was chosen, exactly', async () => {
    const { authorization = '' } = await signInHeaders(app, 'admin@sdk.test')
    const { run } = (await import(pathToFileURL(join(folder, 'out', 'program.js')).href)) as {
      run: (url: string, token: string) => Promise<unknown>
    }
    expect(await run(app.url, authorization.replace('Bearer ', ''))).toEqual({
      stage: 'new',
      amount: '10.5',
      total: 3,
      customerName: 'Acme',
      names: ['One', 'Three', 'Two'],
      first: [{ name: 'One' }],
      sums: [{ keys: ['CNY'], count: 3, sum: { amount: '31.5' } }],
      moved: { stage: 'qualified' },
      gone: null,
      refused: { code: 'VALIDATION_FAILED', status: 200, paths: expect.arrayContaining(['name']) },
    })
  })

  it('tells choices with their labels, and depends on nothing', () => {
    const text = readFileSync(join(folder, 'tessera.ts'), 'utf8')
    expect(text).toContain("export type OpportunityStageChoice = 'new' | 'qualified' | 'proposal' | 'negotiation' | 'won' | 'lost'")
    expect(text).toMatch(/new \(New\)/)
    expect(text).not.toMatch(/^import /m)
  })
})
