import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { rowsIn } from '../../runtime/database/rows-in.js'
import { schemaOf } from '../../runtime/database/schema.js'
import { Models } from '../../runtime/publishing/models.js'
import type { WriteContext } from '../../runtime/records/write-context.js'
import { Writer } from '../../runtime/records/writer.js'
import { dataOf, post, signInHeaders, testPassword } from '../support/app.js'
import { upload } from '../support/files.js'
import { followUp, until } from '../support/follow-up.js'
import { runImport } from '../support/imports.js'
import { publish } from '../support/publish.js'
import { type RecordsWorld, recordsWorld } from '../support/records.js'

let world: RecordsWorld
let rep: Record<string, string>
const schema = schemaOf('workflows')

beforeAll(async () => {
  const reader = {
    role: 'reader',
    label: 'Reader',
    grants: {
      deal: { actions: ['read', 'update'], fields: { cost: 'hidden' }, records: { '==': [{ var: 'record.owner' }, { var: 'user.id' }] } },
    },
  }
  world = await recordsWorld('workflows', [...followUp, reader], [{}, { email: 'rep@workflows.test', name: 'Rita Rep', roles: ['reader'] }])
  rep = await signInHeaders(world.app, 'rep@workflows.test')
})
afterAll(() => world.app.close())

interface Deed {
  readonly action: string
  readonly version: number
  readonly channel: string
  readonly actor: { readonly name: string } | null
  readonly changes: readonly { readonly field: string }[]
}
interface Run {
  readonly id: string
  readonly state: string
  readonly attempts: number
  readonly error: string | null
}

const createDeal = (data: object) => world.get<{ id: string }>('mutation($data: DealCreate!) { createDeal(data: $data) { id } }', { data })
const win = (id: string) => world.get('mutation($id: ID!) { updateDeal(id: $id, data: { stage: "won" }) { id } }', { id })
const tasksOf = async (deal: string) =>
  (
    await world.get<{ nodes: { subject: string; due: string; ownerId: string; createdBy: { name: string } | null }[] }>(
      'query($deal: ID!) { tasks(where: { dealId: { eq: $deal } }) { nodes { subject due ownerId createdBy { name } } } }',
      { deal },
    )
  ).nodes
const platform = (query: string, variables = {}, headers = world.headers) => post(`${world.app.url}/platform`, query, variables, headers)
const runsOf = async (record: string) =>
  dataOf<Run[]>(
    await platform('query($record: ID!) { runs(record: $record) { id workflow object state step attempts error } }', { record }),
    'runs',
  )
const historyOf = async (object: string, id: string, headers = world.headers) =>
  dataOf<Deed[]>(
    await platform(
      'query($object: String!, $id: ID!) { history(object: $object, id: $id) { action version channel actor { name } changes } }',
      { object, id },
      headers,
    ),
    'history',
  )

describe('a workflow', () => {
  it('does its steps once after the event, with values along lookups, in the name of whoever caused it', async () => {
    const deal = await createDeal({ name: 'Mill', party: { create: { name: 'Acme' } } })
    await win(deal.id)
    const [task, ...more] = await until(
      () => tasksOf(deal.id),
      tasks => tasks.length > 0,
    )
    const due = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
    expect(task).toMatchObject({ subject: 'Call Acme about Mill', due, createdBy: { name: 'Ada Admin' } })
    expect(more).toEqual([])
    expect(await runsOf(deal.id)).toMatchObject([
      { workflow: 'taskOnWin', object: 'deal', state: 'done', step: 1, attempts: 0, error: null },
    ])
  })

  it('is not started by what does not meet its condition', async () => {
    const deal = await createDeal({ name: 'Lost' })
    await world.get('mutation($id: ID!) { updateDeal(id: $id, data: { stage: "lost" }) { id } }', { id: deal.id })
    const other = await createDeal({ name: 'After it', party: { create: { name: 'Acme' } } })
    await win(other.id)
    await until(
      () => tasksOf(other.id),
      tasks => tasks.length > 0,
    )
    expect(await runsOf(deal.id)).toEqual([])
  })

  it('tries a step that fails again, leaves nothing of it behind, and says in the end why it failed', async () => {
    const deal = await createDeal({
      name: 'A name that makes the subject longer than sixty characters',
      party: { create: { name: 'Acme' } },
    })
    await win(deal.id)
    for (let attempt = 1; attempt < 5; attempt++) {
      await until(
        () => runsOf(deal.id),
        ([run]) => run?.attempts === attempt,
      )
      await rowsIn(
        world.app.database.pool,
        schema,
        sql`update ${workspaceTable('_run')} set due_at = now() where record = ${deal.id} and state = 'waiting'`,
      )
    }
    const [run] = await until(
      () => runsOf(deal.id),
      ([found]) => found?.state === 'failed',
    )
    expect(run).toMatchObject({ attempts: 5, error: 'Subject has more than 60 characters.' })
    expect(await tasksOf(deal.id)).toEqual([])
  })

  it('that causes itself ends, and says so by running once for each record of its chain', async () => {
    const echo = {
      workflow: 'echo',
      label: 'Echo',
      on: { object: 'party', event: 'created' },
      steps: [{ do: 'create', object: 'party', values: { name: { cat: [{ var: 'record.name' }, '!'] } } }],
    }
    await publish(world.app, world.headers, [echo])
    await world.get('mutation { createParty(data: { name: "Echo" }) { id } }')
    const counted = () => world.get<{ totalCount: number }>('{ parties(where: { name: { startsWith: "Echo" } }) { totalCount } }')
    await until(counted, ({ totalCount }) => totalCount === 17)
    await publish(world.app, world.headers, [], [{ kind: 'workflow', name: 'echo' }])
    expect(await counted()).toEqual({ totalCount: 17 })
    const runs = await until(
      async () => dataOf<Run[]>(await platform('{ runs(object: "party") { state error } }'), 'runs'),
      ([newest]) => newest?.state === 'stopped',
    )
    expect([runs[0]?.error, runs.length]).toEqual(['Not started: 16 runs before.', 17])
  })
})

describe('the way in', () => {
  const channelsOf = async (record: string) =>
    (
      await rowsIn<{ channel: string; kept: string; causes: number }>(
        world.app.database.pool,
        schema,
        sql`select o.channel, h.channel as kept, json_array_length(o.cause) as causes
        from ${workspaceTable('_outbox')} o join ${workspaceTable('_history')} h on h.record = o.record and h.version = o.version
        where o.record = ${record} order by o.version`,
      )
    ).map(({ channel, kept, causes }) => [channel, kept, causes])

  it('stands at the event and in the history: app, api, workflow with its cause', async () => {
    const signIn = 'mutation($email: String!, $password: String!) { signIn(email: $email, password: $password) { token } }'
    const account = { email: 'admin@workflows.test', password: testPassword }
    const cookie = (await platform(signIn, account, {})).headers.get('set-cookie')?.split(';')[0] ?? ''
    const deal = await createDeal({ name: 'Ways', party: { create: { name: 'Acme' } } })
    const app = { cookie, origin: world.app.url, 'x-workspace': world.app.workspace.slug }
    const won = await world.ask('mutation($id: ID!) { updateDeal(id: $id, data: { stage: "won" }) { id } }', { id: deal.id }, app)
    expect(won.body.errors).toBeUndefined()
    expect(await channelsOf(deal.id)).toEqual([
      ['api', 'api', 0],
      ['app', 'app', 0],
    ])
    const { nodes } = await until(
      () =>
        world.get<{ nodes: { id: string }[] }>('query($deal: ID!) { tasks(where: { dealId: { eq: $deal } }) { nodes { id } } }', {
          deal: deal.id,
        }),
      found => found.nodes.length > 0,
    )
    expect(await channelsOf(nodes[0]?.id ?? '')).toEqual([['workflow', 'workflow', 1]])
  })

  it('makes no difference to workflows: an import starts them, only seeds bring their own follow-ups', async () => {
    const deal = await createDeal({ name: 'From a file', party: { create: { name: 'Acme' } } })
    const file = await upload(world.app.url, world.headers, 'deals.csv', `id,stage\n${deal.id},won\n`)
    const mapping = [
      { column: 'id', field: 'id' },
      { column: 'stage', field: 'stage' },
    ]
    const job = await runImport(world.app.url, world.headers, { object: 'deal', file, mapping, match: 'id' })
    expect(job).toMatchObject({ state: 'done', result: { updated: 1 } })
    await until(
      () => tasksOf(deal.id),
      tasks => tasks.length === 1,
    )
    expect((await channelsOf(deal.id)).at(-1)).toEqual(['import', 'import', 0])

    const seeded = await createDeal({ name: 'Seeded' })
    const after = await createDeal({ name: 'After it', party: { create: { name: 'Acme' } } })
    const { model } = await world.app.app.get(Models).current(schema)
    const moment = { member: null, now: new Date().toISOString(), today: '2026-01-01', timeZone: 'UTC' }
    const context: WriteContext = { schema, model, profile: null, channel: 'seed', cause: [], currency: 'USD', zone: 'UTC', moment }
    const object = model.objects.deal
    if (!object) throw new Error('The example is broken')
    await world.app.app
      .get(Writer)
      .write(object, [{ action: 'update', id: seeded.id, version: null, data: { stage: 'won' } }], context, { atomic: true })
    await win(after.id)
    await until(
      () => tasksOf(after.id),
      tasks => tasks.length === 1,
    )
    expect(await tasksOf(seeded.id)).toEqual([])
    expect(await runsOf(seeded.id)).toEqual([])
  })
})

describe('the history of a record', () => {
  it('says who did what when and by which way, newest first', async () => {
    const deal = await createDeal({ name: 'Told', cost: 5, party: { create: { name: 'Acme' } } })
    await win(deal.id)
    expect(await historyOf('deal', deal.id)).toMatchObject([
      {
        action: 'updated',
        version: 2,
        channel: 'api',
        actor: { name: 'Ada Admin' },
        changes: [{ field: 'stage', before: 'open', after: 'won' }],
      },
      {
        action: 'created',
        version: 1,
        changes: expect.arrayContaining([
          { field: 'cost', before: null, after: 5 },
          expect.objectContaining({ field: 'party', beforeTitle: null, afterTitle: 'Acme' }),
        ]),
      },
    ])
    const tasks = await until(
      () =>
        world.get<{ nodes: { id: string }[] }>('query($deal: ID!) { tasks(where: { dealId: { eq: $deal } }) { nodes { id } } }', {
          deal: deal.id,
        }),
      ({ nodes }) => nodes.length > 0,
    )
    expect(await historyOf('task', tasks.nodes[0]?.id ?? '')).toMatchObject([{ action: 'created', channel: 'workflow' }])
  })

  it('leaves out what the caller may not see, and is empty for records that are not theirs', async () => {
    const members = dataOf<{ id: string; name: string }[]>(await platform('{ members { id name } }'), 'members')
    const ownerId = members.find(({ name }) => name === 'Rita Rep')?.id
    const mine = await createDeal({ name: 'Hers', cost: 7, ownerId, party: { create: { name: 'Secret' } } })
    const other = await createDeal({ name: 'Not hers' })
    const [created] = await historyOf('deal', mine.id, rep)
    expect(created?.changes.map(({ field }) => field).sort()).toEqual(['name', 'owner', 'stage'])
    expect(await historyOf('deal', other.id, rep)).toEqual([])
    expect(await historyOf('party', other.id, rep)).toEqual([])
    expect((await platform('{ runs { id } }', {}, rep)).body.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })
})
