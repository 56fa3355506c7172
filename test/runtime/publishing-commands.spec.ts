import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { runCommand } from '../../runtime/commands/index.js'
import { type CatalogTable, readCatalog } from '../../runtime/database/catalog.js'
import { createWorkspace, dropWorkspace } from '../../runtime/database/workspace.js'
import { readAppFolder } from '../../runtime/publishing/app-folder.js'
import { shippedTemplate } from '../../runtime/publishing/install-app.js'
import { furnish } from '../../runtime/publishing/template.js'
import { workerDatabaseUrl } from '../support/database.js'
import { type Desk, openDesk } from '../support/publishing.js'

let desk: Desk
let folder: string
const slug = 'publishing-commands'

beforeAll(async () => {
  desk = await openDesk(slug)
  folder = mkdtempSync(join(tmpdir(), 'tessera-commands-'))
  process.env.DATABASE_URL = await workerDatabaseUrl()
})

afterAll(async () => {
  delete process.env.DATABASE_URL
  rmSync(folder, { recursive: true, force: true })
  await desk.close()
})

/** Runs a command; gives its exit code and what it said. */
async function run(...args: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = []
  const write = jest.spyOn(process.stdout, 'write').mockImplementation(text => lines.push(String(text)) > 0)
  const code = await runCommand(args).finally(() => write.mockRestore())
  return { code, said: lines.join('') }
}

const text = (path: string) => readFileSync(path, 'utf8')

describe('the shipped definitions', () => {
  it('are sound', async () => expect(await run('check', 'metadata')).toMatchObject({ code: 0 }))

  it('go live from the command line, and nothing is left to do', async () => {
    expect(await run('publish', 'metadata', '--workspace', slug)).toMatchObject({
      code: 0,
      said: expect.stringContaining('Version 1 is live.'),
    })
    expect(await run('diff', 'metadata', '--prune', '--workspace', slug)).toEqual({ code: 0, said: 'Nothing differs.\n' })
  })

  it('are not taken away by a folder that holds none, such as one below an app', async () => {
    const below = join('metadata', 'crm', 'templates')
    await expect(run('publish', below, '--prune', '--workspace', slug)).rejects.toThrow('holds no definitions')
    await expect(run('diff', below, '--workspace', slug)).rejects.toThrow('holds no definitions')
  })

  it('come out as they went in, byte by byte, and going in again changes nothing', async () => {
    expect(await run('export', folder, '--workspace', slug)).toMatchObject({ code: 0 })
    const [shipped, exported] = [readAppFolder('metadata/crm'), readAppFolder(join(folder, 'crm'))]
    expect(exported).toEqual(shipped)
    expect(await run('import', folder, '--workspace', slug)).toMatchObject({ code: 0, said: expect.stringContaining('Nothing differs.') })
    expect(await run('export', folder, '--workspace', slug)).toMatchObject({ code: 0 })
    expect(readAppFolder(join(folder, 'crm'))).toEqual(shipped)
  })
})

describe('workspaces', () => {
  it('are made whole, listed, and dropped by who says so twice', async () => {
    await dropWorkspace(desk.database, 'by-command')
    expect(await run('workspace', 'create', 'by-command', '--name', 'By command', '--admin', 'ada@by-command.test')).toMatchObject({
      code: 0,
      said: expect.stringMatching(/^by-command is made, in \d+ ms\.\nIf ada@by-command\.test is new here, the password is /),
    })
    expect(await run('diff', 'metadata', '--prune', '--workspace', 'by-command')).toEqual({ code: 0, said: 'Nothing differs.\n' })
    expect((await run('workspace', 'list')).said).toMatch(/^by-command +\S+ {2}By command$/m)
    await expect(run('workspace', 'create', 'by-command')).rejects.toThrow(/already/)
    await expect(run('workspace', 'create', 'no-app', '--from', 'nothing')).rejects.toThrow(/There are: crm/)
    expect(await run('workspace', 'drop', 'by-command')).toMatchObject({ code: 1, said: expect.stringContaining('no way back') })
    expect(await run('workspace', 'drop', 'by-command', '--confirm', 'by-command')).toMatchObject({ code: 0 })
    expect((await run('workspace', 'list')).said).not.toContain('by-command')
  })

  it('have from the template what publishing it leaves, and nothing is left to be built', async () => {
    const { pool } = desk.database
    const template = await shippedTemplate(desk.database)
    await dropWorkspace(desk.database, 'by-template')
    await createWorkspace(desk.database, 'by-template', 'x', {}, client => furnish(client, 'w_by_template', template))
    const own = (of: readonly CatalogTable[], schema: string) =>
      JSON.parse(JSON.stringify(of.filter(({ name }) => !name.startsWith('_'))).replaceAll(`${schema}.`, '')) as unknown
    expect(own(await readCatalog(pool, 'w_by_template'), 'w_by_template')).toEqual(own(await readCatalog(pool, desk.schema), desk.schema))
    expect(await desk.publisher.building('w_by_template')).toEqual([])
  })
})

describe('a folder with mistakes', () => {
  const file = () => join(folder, 'crm', 'objects', 'product.json')

  it('is told what is wrong in each file, and nothing is published', async () => {
    const good = text(file())
    writeFileSync(file(), good.replace('"plural": "products"', '"plurale": "products"'))
    writeFileSync(join(folder, 'crm', 'objects', 'broken.json'), '{ "object": ')
    const { code, said } = await run('check', folder)
    expect(code).toBe(1)
    expect(said).toMatch(/^crm\/objects\/broken\.json: This is not JSON/m)
    expect(said).toMatch(/^objects\/product\/plurale: .*Did you mean “plural”\?/m)
    expect(said).toMatch(/^objects\/product\/plural: .*missing/m)
    expect(said).toMatch(/^crm\/objects\/product\.json: .*canonical/m)
    rmSync(join(folder, 'crm', 'objects', 'broken.json'))
    expect(await run('publish', folder, '--workspace', slug)).toMatchObject({ code: 1 })
    expect((await desk.publisher.versions(desk.schema)).length).toBe(1)
    writeFileSync(file(), good)
  })

  it('is brought into the canonical form by --write', async () => {
    const good = text(file())
    writeFileSync(file(), JSON.stringify(JSON.parse(good)))
    expect(await run('check', folder)).toMatchObject({ code: 1, said: expect.stringContaining('canonical') })
    expect(await run('check', folder, '--write')).toMatchObject({ code: 0 })
    expect(text(file())).toBe(good)
  })
})

describe('packages from the command line', () => {
  it('are listed, put in and taken away', async () => {
    expect((await run('package', 'list', '--workspace', slug)).said).toMatch(
      /^crm +\S+ +shipped \S+ +CRM\n(?:.*\n)*?supplierManagement +– +shipped 1\.0\.0/,
    )
    expect(await run('package', 'check', 'packages/supplier-management', '--workspace', slug)).toMatchObject({ code: 0 })
    expect((await run('package', 'install', 'supplierManagement', '--workspace', slug)).said).toMatch(/Version \d+ is live\./)
    expect((await run('package', 'list', '--workspace', slug)).said).toMatch(/supplierManagement +1\.0\.0/)
    expect((await run('package', 'remove', 'supplierManagement', '--workspace', slug)).said).toMatch(/Version \d+ is live\./)
    await expect(run('package', 'install', 'supplierManagement', '--take', 'nothing', '--workspace', slug)).rejects.toThrow(
      /Say whose stands/,
    )
  })
})
