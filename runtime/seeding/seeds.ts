import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Inject, Injectable } from '@nestjs/common'
import { dayOf } from '@tessera/platform/fields/zone.js'
import { render, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { PoolClient } from 'pg'
import { addMember } from '../access/members.js'
import { Database } from '../database/database.js'
import type { Workspace } from '../database/entities/workspace.js'
import type { Queryable } from '../database/queryable.js'
import { schemaOf } from '../database/schema.js'
import { inTransaction } from '../database/transaction.js'
import { Models } from '../publishing/models.js'
import { ExchangeRates } from '../rates/exchange-rates.js'
import type { WriteContext } from '../records/write-context.js'
import { Writer } from '../records/writer.js'
import { type GroupInput, putGroup } from '../rights/groups.js'
import { type Resolving, resolveSeed, type Seed, seedId } from './resolve.js'
import { ratesIn, type SeedRates } from './seed-rates.js'

interface Manifest {
  readonly members: string
  /** Positions, teams, queues and territories, each with the e-mails of its members. */
  readonly groups?: string
  /** What the records' currencies are worth; there before the records that are added up with them. */
  readonly rates?: string
  readonly objects: readonly { readonly object: string; readonly file: string }[]
}

interface SeedMember {
  readonly email: string
  readonly name: string
  readonly roles: readonly string[]
  readonly locale: string
}

const batchSize = 500

/** Loads demo members and records through the write path. Each object goes in whole, once, whatever interrupts. */
@Injectable()
export class Seeds {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
    @Inject(Writer) private readonly writer: Writer,
    @Inject(ExchangeRates) private readonly rates: ExchangeRates,
  ) {}

  /**
   * Brings a workspace's demo data up to the seed files; what is there already stays as it is.
   * @param password of members who have no account yet
   * @param say told of each object that goes in
   */
  async load(workspace: Workspace, password: string, say: (line: string) => void, folder = seedsFolder()): Promise<void> {
    const manifest = await readJson<Manifest>(join(folder, 'manifest.json'))
    const schema = schemaOf(workspace.slug)
    const members = await this.loadMembers(
      workspace,
      schema,
      await readJson<readonly SeedMember[]>(join(folder, manifest.members)),
      password,
    )
    if (manifest.groups) await this.loadGroups(schema, await readJson<readonly GroupInput[]>(join(folder, manifest.groups)), members)
    if (manifest.rates) await this.loadRates(workspace, schema, await readJson<SeedRates>(join(folder, manifest.rates)))
    for (const { object, file } of manifest.objects) {
      const seeds = await readJson<readonly Seed[]>(join(folder, file))
      const count = await this.loadObject(workspace, schema, object, seeds, members)
      if (count > 0) say(`  ${count} ${object}`)
    }
  }

  /** The people of the seed files. */
  async members(folder = seedsFolder()): Promise<readonly SeedMember[]> {
    const manifest = await readJson<Manifest>(join(folder, 'manifest.json'))
    return readJson<readonly SeedMember[]>(join(folder, manifest.members))
  }

  private async loadMembers(
    workspace: Workspace,
    schema: string,
    people: readonly SeedMember[],
    password: string,
  ): Promise<ReadonlyMap<string, string>> {
    const statement = render(sql`select id, email from ${workspaceTable('_member')}`, schema)
    const read = async () =>
      new Map((await this.database.pool.query<{ id: string; email: string }>(statement.text)).rows.map(row => [row.email, row.id]))
    const present = await read()
    for (const person of people) {
      if (!present.has(person.email)) await addMember(this.database, workspace, { ...person, password, timeZone: workspace.timeZone })
    }
    return read()
  }

  /** Makes the groups once, in one transaction; each below one that stands before it. */
  private async loadGroups(schema: string, groups: readonly GroupInput[], members: ReadonlyMap<string, string>): Promise<void> {
    await inTransaction(this.database.pool, async client => {
      if (!(await markLoaded(client, schema, groupsMark))) return
      for (const group of groups) {
        const ids = group.members.flatMap(email => members.get(email) ?? [])
        await putGroup(client, schema, { ...group, members: ids })
      }
    })
  }

  /** Sets the rates once; setting them again after a crash changes nothing. */
  private async loadRates(workspace: Workspace, schema: string, seeds: SeedRates): Promise<void> {
    if (await isLoaded(this.database.pool, schema, ratesMark)) return
    const { timeZone, currency } = workspace
    const rates = ratesIn(currency, seeds, { today: dayOf(new Date().toISOString(), timeZone), timeZone })
    await this.rates.set(schema, currency, rates)
    await inTransaction(this.database.pool, client => markLoaded(client, schema, ratesMark))
  }

  private async loadObject(
    workspace: Workspace,
    schema: string,
    name: string,
    seeds: readonly Seed[],
    members: ReadonlyMap<string, string>,
  ): Promise<number> {
    const { model } = await this.models.current(schema)
    const object = model.objects[name]
    if (!object) return 0
    const now = new Date().toISOString()
    const resolving: Resolving = { members, today: dayOf(now, workspace.timeZone), timeZone: workspace.timeZone, objects: model.objects }
    const context: WriteContext = {
      schema,
      model,
      profile: null,
      channel: 'seed',
      cause: [],
      currency: workspace.currency,
      zone: workspace.timeZone,
      moment: { member: null, now, today: resolving.today, timeZone: workspace.timeZone },
    }
    return inTransaction(this.database.pool, async client => {
      if (!(await markLoaded(client, schema, name))) return 0
      for (let from = 0; from < seeds.length; from += batchSize) {
        const rows = seeds.slice(from, from + batchSize).map(
          seed =>
            ({
              action: 'create',
              id: seedId(name, String(seed.$key)),
              version: null,
              data: resolveSeed(object, seed, resolving),
            }) as const,
        )
        await this.writer.write(object, rows, context, { atomic: true, client })
      }
      return seeds.length
    })
  }
}

/** The names under which loaded rates and groups are noted; no object's name begins so. */
const ratesMark = '$rates'
const groupsMark = '$groups'

async function isLoaded(client: Queryable, schema: string, object: string): Promise<boolean> {
  const { text, values } = render(sql`select from ${workspaceTable('_counter')} where name = ${`seed.${object}`}`, schema)
  return ((await client.query(text, [...values])).rowCount ?? 0) > 0
}

/** Notes in the same transaction that an object's seeds are in; false when they were before. */
async function markLoaded(client: PoolClient, schema: string, object: string): Promise<boolean> {
  const { text, values } = render(
    sql`insert into ${workspaceTable('_counter')} (name, n) values (${`seed.${object}`}, 1) on conflict (name) do nothing`,
    schema,
  )
  return ((await client.query(text, [...values])).rowCount ?? 0) > 0
}

const readJson = async <T>(file: string): Promise<T> => JSON.parse(await readFile(file, 'utf8')) as T

/** The seeds lie beside the runtime, whether this file runs as written or as built. */
const seedsFolder = (): string => {
  const here = fileURLToPath(new URL('.', import.meta.url))
  return join(here, here.includes('/dist/') ? '../../..' : '../..', 'seeds')
}
