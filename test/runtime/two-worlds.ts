import type pg from 'pg'
import { addMember } from '../../runtime/access/members.js'
import { WhoAsks } from '../../runtime/access/who-asks.js'
import { hasComing } from '../../runtime/audit/chain.js'
import { AuditFollower } from '../../runtime/audit/follower.js'
import { schemaOf } from '../../runtime/database/schema.js'
import { dropWorkspace } from '../../runtime/database/workspace.js'
import { type Answer, dataOf, foundBare, post, startTestApp, type TestApp, testPassword } from '../support/app.js'
import { owning } from '../support/database.js'
import { upload } from '../support/files.js'
import { publish } from '../support/publish.js'
import { everything } from '../support/records.js'
import { definitions } from './two-worlds-definitions.js'

/** One of the two workspaces, asked as the one who looks or as the admin. */
export interface World {
  readonly name: 'a' | 'b'
  readonly slug: string
  readonly url: string
  readonly schema: string
  readonly headers: Readonly<Record<'admin' | 'clerk' | 'other', Record<string, string>>>
  /** Asks the records API as the one who looks. */
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>
  /** Asks `/platform` as the one who looks. */
  platform(query: string, variables?: Record<string, unknown>): Promise<Answer>
  /** Does something as the admin, who sees everything; throws what was wrong. */
  make(object: string, data: object): Promise<string>
  run<T>(path: 'graphql' | 'platform', query: string, variables?: Record<string, unknown>, who?: 'admin' | 'other'): Promise<T>
}

/** Both worlds, what is the same in them and what they were made of. */
export interface TwoWorlds {
  readonly app: TestApp
  readonly a: World
  readonly b: World
  readonly members: Readonly<Record<'admin' | 'clerk' | 'other', string>>
  readonly files: Readonly<Record<'seen' | 'hidden' | 'field' | 'loose', string>>
  readonly queue: string
  /** Gives an answer without what differs rightly in every answer: names of the worlds, new ids and times. */
  plain(answer: unknown): string
  close(): Promise<void>
}

/** The id of a record, the same in both worlds; as old as 2024, so that it is told from ids that are made later. */
export const idOf = (number: number): string => `01900000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`
/** What stands in every hidden text, and in nothing that may be seen. */
export const mark = 'zzq'

const slugs = { a: 'two-worlds-a', b: 'two-worlds-b' } as const
const people = { admin: ['admin', 'all'], clerk: ['clerk'], other: ['all'] } as const
type Who = keyof typeof people
const emailOf = (who: Who) => `${who}@two-worlds.test`

/** Serves two workspaces with the same definitions, people and visible records; `differ` then fills each with what must not be seen. */
export async function twoWorlds(differ: (world: World, worlds: TwoWorlds) => Promise<void>): Promise<TwoWorlds> {
  const app = await startTestApp(slugs.a, [], undefined, {}, 'bare')
  const { database } = app
  await dropWorkspace(database, slugs.b)
  const second = await foundBare(app, slugs.b, slugs.a)
  for (const workspace of [app.workspace, second])
    for (const who of Object.keys(people) as Who[])
      await addMember(database, workspace, { email: emailOf(who), name: who, password: testPassword, roles: people[who] })
  const tokens = {} as Record<Who, string>
  for (const who of Object.keys(people) as Who[]) tokens[who] = await tokenOf(app, emailOf(who))
  const [a, b] = [worldOf('a', app, tokens), worldOf('b', app, tokens)]
  for (const { headers } of [a, b])
    await publish(app, headers.admin, [{ role: 'admin', label: 'Admin', admin: true, grants: { '*': everything } }, ...definitions])
  const shared = await begin(a)
  for (const world of [a, b]) await logged(app, world)
  await copied(app, a.schema, b.schema)
  app.app.get(WhoAsks).forget()
  await new Promise(resolve => setTimeout(resolve, 5)) // ids and times of what is made from here on are later
  const forked = Date.now()
  const worlds: TwoWorlds = { app, a, b, ...shared, plain: answer => plain(answer, forked), close: () => app.close() }
  await differ(a, worlds)
  await differ(b, worlds)
  for (const world of [a, b]) await logged(app, world)
  await sameTimes(app, a.schema, b.schema)
  return worlds
}

async function tokenOf(app: TestApp, email: string): Promise<string> {
  const query = 'mutation($email: String!, $password: String!) { signIn(email: $email, password: $password) { token } }'
  return dataOf<{ token: string }>(await post(`${app.url}/platform`, query, { email, password: testPassword }), 'signIn').token
}

function worldOf(name: 'a' | 'b', app: TestApp, tokens: Readonly<Record<Who, string>>): World {
  const slug = slugs[name]
  const as = (who: Who) => ({ authorization: `Bearer ${tokens[who]}`, 'x-workspace': slug })
  const headers = { admin: as('admin'), clerk: as('clerk'), other: as('other') }
  const run = async <T>(path: string, query: string, variables = {}, who: 'admin' | 'other' = 'admin') => {
    const answer = await post(`${app.url}/${path}`, query, variables, headers[who])
    return dataOf<T>(answer, Object.keys(answer.body.data ?? {})[0] ?? '')
  }
  return {
    name,
    slug,
    url: app.url,
    schema: schemaOf(slug),
    headers,
    run,
    ask: (query, variables) => post(`${app.url}/graphql`, query, variables, headers.clerk),
    platform: (query, variables) => post(`${app.url}/platform`, query, variables, headers.clerk),
    make: async (object, data) => {
      const type = `${object[0]?.toUpperCase()}${object.slice(1)}`
      const query = `mutation($data: ${type}Create!) { create${type}(data: $data) { id } }`
      return (await run<{ id: string }>('graphql', query, { data })).id
    },
  }
}

/** What both worlds have: people, a queue of others, records that the one who looks may see, files, a saved view. */
async function begin(world: World): Promise<Pick<TwoWorlds, 'members' | 'files' | 'queue'>> {
  const listed = await world.run<{ id: string; email: string }[]>('platform', '{ members { id email } }')
  const members = Object.fromEntries(listed.map(({ id, email }) => [email.split('@')[0], id])) as TwoWorlds['members']
  const group = { data: { kind: 'queue', name: 'theirs', label: 'Theirs', members: [members.other] } }
  const { id: queue } = await world.run<{ id: string }>('platform', 'mutation($data: GroupPut!) { putGroup(data: $data) { id } }', group)
  const files: Record<string, string> = {}
  for (const name of ['seen', 'hidden', 'field', 'loose'])
    files[name] = await upload(world.url, world.headers.admin, `${name}.txt`, `${name} file`)
  const owner = { ownerId: members.clerk }
  await world.make('firm', {
    id: idOf(1),
    name: 'Alpha',
    code: 'A1',
    amount: '10',
    size: 3,
    day: '2026-01-05',
    paper: { id: files.seen },
    ...owner,
  })
  await world.make('firm', { id: idOf(2), name: 'Beta', code: 'B2', partnerId: idOf(1), active: true, tags: ['x'], ...owner })
  await world.make('note', { id: idOf(20), firmId: idOf(1), text: 'seen' })
  await world.make('person', { id: idOf(30), name: 'Ann', open: true, employerId: idOf(1) })
  await world.make('task', { id: idOf(40), name: 'Call', firmId: idOf(1), about: { firm: { id: idOf(2) } } })
  await world.make('bond', { id: idOf(50), name: 'Bond', firmId: idOf(2), ...owner })
  await world.make('slot', { id: idOf(60), name: 'Mine', room: 'r1', shift: 's1', from: '2026-01-01', to: '2026-01-31', ...owner })
  await world.make('tally', { id: idOf(70), name: 'Sum' })
  return { members, files: files as TwoWorlds['files'], queue }
}

/** Copies a workspace; begins anew where what works behind the requests was at it just then. */
async function copied(app: TestApp, from: string, to: string, tries = 9): Promise<void> {
  try {
    await copyWorkspace(app, from, to)
  } catch (error) {
    if (tries === 0 || !['40001', '40P01'].includes((error as { code?: string }).code ?? '')) throw error
    await copied(app, from, to, tries - 1)
  }
}

/** Makes one workspace a copy of the other, row by row; versions and definitions it has itself. */
async function copyWorkspace({ database }: TestApp, from: string, to: string): Promise<void> {
  const client = await owning(database)
  try {
    await client.query('begin isolation level repeatable read') // of one moment, while others work on
    await client.query('set local session_replication_role = replica') // foreign keys hold again once all is there
    for (const [table, columns] of await columnsOf(client, from)) {
      if (table === '_version' || table === '_definition') continue
      await client.query(`delete from ${to}."${table}"`)
      await client.query(`insert into ${to}."${table}" (${columns}) select ${columns} from ${from}."${table}"`)
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    await client.end()
  }
}

/** Waits until everything that happened in a world has its place in the log. */
export async function logged({ app, database }: TestApp, { schema }: Pick<World, 'schema'>): Promise<void> {
  while (await hasComing(database.pool, schema)) await app.get(AuditFollower).work(schema)
}

/** Gives what both worlds have by the same id the same times: what was hidden came at another moment in each. */
async function sameTimes({ database }: TestApp, from: string, to: string): Promise<void> {
  const client = await owning(database)
  for (const [table, columns] of await columnsOf(client, from, "and data_type like 'timestamp%'")) {
    const key = table === '_history' ? 'b.record = a.record and b.version = a.version' : 'b.id = a.id'
    if (table.startsWith('_') && table !== '_history') continue
    const set = columns.split(', ').map(column => `${column} = a.${column}`)
    await client.query(`update ${to}."${table}" b set ${set.join(', ')} from ${from}."${table}" a where ${key}`)
  }
  await client.end()
}

async function columnsOf(client: pg.Client, schema: string, more = ''): Promise<[string, string][]> {
  const { rows } = await client.query<{ table_name: string; columns: string }>(
    `select table_name, string_agg(quote_ident(column_name), ', ' order by ordinal_position) as columns from information_schema.columns
      where table_schema = $1 and is_generated = 'NEVER' ${more} group by table_name`,
    [schema],
  )
  return rows.map(({ table_name: table, columns }) => [table, columns])
}

/** An answer as text; ids and times that are later than the fork become placeholders, in the order in which they appear. */
function plain(answer: unknown, forked: number): string {
  const places = new Map<string, string>()
  return (
    JSON.stringify(answer)
      .replaceAll(/two-worlds-[ab]/g, '<world>')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, id => {
        if (Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16) < forked) return id
        if (!places.has(id)) places.set(id, `<id ${places.size}>`)
        return places.get(id) ?? ''
      })
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, time => (Date.parse(time) < forked ? time : '<time>'))
      // as files write them: by the clock of the member, and in a workbook as a number of days
      .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|\b4\d{4}\.\d{3,}\b/g, '<time>')
  )
}
