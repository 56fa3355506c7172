import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { schemaOf } from '../../runtime/database/schema.js'
import { AutomaticTransitions } from '../../runtime/states/automatic-transitions.js'
import { type Answer, dataOf, post, signInHeaders } from '../support/app.js'
import { upload } from '../support/files.js'
import { until } from '../support/follow-up.js'
import { runImport } from '../support/imports.js'
import { publish } from '../support/publish.js'
import { everything, type RecordsWorld, recordsWorld } from '../support/records.js'

let world: RecordsWorld
let rep: Record<string, string>
let boss: Record<string, string>

const status = {
  type: 'select',
  label: { en: 'Status', 'zh-CN': '状态' },
  default: 'draft',
  options: [
    { value: 'draft', label: { en: 'Draft', 'zh-CN': '草稿' }, kind: 'open', leave: { draftedBy: null } },
    { value: 'review', label: { en: 'In review', 'zh-CN': '审核中' }, kind: 'open', limit: 2, editable: ['owner', 'note'] },
    { value: 'done', label: { en: 'Done', 'zh-CN': '完成' }, kind: 'won', editable: false, enter: { doneOn: { var: 'today' } } },
    { value: 'dropped', label: { en: 'Dropped', 'zh-CN': '放弃' }, kind: 'lost', editable: false },
  ],
  states: {
    initial: ['draft', 'review'],
    transitions: [
      {
        transition: 'send',
        label: { en: 'Send', 'zh-CN': '提交' },
        from: ['draft'],
        to: 'review',
        requires: ['price'],
        set: { total: { '*': [{ var: 'price' }, 2] } },
      },
      {
        transition: 'finish',
        label: { en: 'Finish', 'zh-CN': '完成' },
        from: ['review'],
        to: 'done',
        roles: ['boss'],
        when: { '>': [{ var: 'linesTotal' }, 10] },
        message: { en: 'It needs lines of more than 10.', 'zh-CN': '明细合计要大于 10。' },
      },
      {
        transition: 'drop',
        label: { en: 'Drop', 'zh-CN': '放弃' },
        from: '*',
        to: 'dropped',
        owner: true,
        requires: ['reason', 'note'],
        form: ['reason', 'note'],
        confirm: 'Drop it?',
      },
      {
        transition: 'reopen',
        label: { en: 'Reopen', 'zh-CN': '重开' },
        from: ['dropped', 'done'],
        to: 'draft',
        roles: ['boss'],
        comment: 'required',
      },
      { transition: 'approve', label: 'Approve', from: ['draft'], to: 'done', userField: 'approver' },
    ],
  },
}
const definitions = [
  {
    object: 'task',
    plural: 'tasks',
    label: { en: 'Task', 'zh-CN': '任务' },
    title: 'name',
    fields: {
      name: { type: 'text', label: { en: 'Name', 'zh-CN': '名称' }, required: true },
      code: { type: 'text', label: 'Code', unique: true },
      status,
      price: { type: 'decimal', label: { en: 'Price', 'zh-CN': '价格' } },
      total: { type: 'decimal', label: 'Total', readOnly: true },
      reason: { type: 'text', label: { en: 'Reason', 'zh-CN': '原因' } },
      note: { type: 'text', label: { en: 'Note', 'zh-CN': '备注' } },
      draftedBy: { type: 'user', label: 'Drafted by', default: 'currentUser' },
      approver: { type: 'user', label: { en: 'Approver', 'zh-CN': '审批人' } },
      doneOn: { type: 'date', label: 'Done on' },
      linesTotal: { type: 'rollup', label: 'Lines total', of: 'lines', function: 'sum', field: 'amount' },
      daysIn: { type: 'formula', label: 'Days in state', returns: 'integer', rule: { diffDays: [{ var: 'statusSince' }, { var: 'now' }] } },
    },
  },
  {
    object: 'taskLine',
    plural: 'taskLines',
    label: 'Line',
    fields: { task: { type: 'masterDetail', to: 'task', inverse: 'lines' }, amount: { type: 'decimal', label: 'Amount' } },
  },
  {
    object: 'folder',
    plural: 'folders',
    label: 'Folder',
    fields: { name: { type: 'text', label: 'Name' }, task: { type: 'lookup', to: 'task', label: 'Task', inverse: 'folders' } },
  },
  {
    object: 'offer',
    plural: 'offers',
    label: 'Offer',
    fields: {
      name: { type: 'text', label: 'Name', required: true },
      paid: { type: 'decimal', label: 'Paid' },
      price: { type: 'decimal', label: 'Price' },
      seal: { type: 'text', label: 'Seal' },
      phase: {
        type: 'select',
        label: 'Phase',
        options: [{ value: 'sent' }, { value: 'late', enter: { seal: 'red' } }, { value: 'closed' }],
        states: {
          initial: ['sent'],
          transitions: [
            { transition: 'expire', label: 'Expire', from: ['sent'], to: 'late', requires: ['price'], automatic: 14 },
            {
              transition: 'settle',
              label: 'Settle',
              from: ['sent', 'late'],
              to: 'closed',
              roles: ['boss'],
              when: { '>=': [{ var: 'paid' }, { var: 'price' }] },
              automatic: true,
            },
          ],
        },
      },
    },
  },
  { role: 'rep', label: { en: 'Rep', 'zh-CN': '代表' }, grants: { '*': everything } },
  { role: 'boss', label: { en: 'Boss', 'zh-CN': '主管' }, grants: { '*': everything } },
]

beforeAll(async () => {
  world = await recordsWorld('states', definitions, [
    {},
    { email: 'rep@states.test', name: 'Rita Rep', roles: ['rep'] },
    { email: 'boss@states.test', name: 'Bo Boss', roles: ['boss'] },
  ])
  rep = await signInHeaders(world.app, 'rep@states.test')
  boss = await signInHeaders(world.app, 'boss@states.test')
})
afterAll(async () => world?.app.close())

interface Task {
  readonly id: string
  readonly version: number
  readonly status: string
  readonly statusSince: string
  readonly [key: string]: unknown
}

const shown = 'id version status statusSince price total reason note doneOn linesTotal daysIn draftedById'
const ask = async (query: string, variables: Record<string, unknown>, headers = rep) => world.ask(query, variables, headers)
const create = async (data: Record<string, unknown>, headers = rep): Promise<Task> =>
  dataOf<Task>(await ask(`mutation($data: TaskCreate!) { createTask(data: $data) { ${shown} } }`, { data }, headers), 'createTask')
const updating = (id: string, data: Record<string, unknown>, headers = rep): Promise<Answer> =>
  ask(`mutation($id: ID!, $data: TaskUpdate!) { updateTask(id: $id, data: $data) { ${shown} } }`, { id, data }, headers)
const update = async (id: string, data: Record<string, unknown>, headers = rep) =>
  dataOf<Task>(await updating(id, data, headers), 'updateTask')
const taking = (id: string, transition: string, more: Record<string, unknown> = {}, headers = rep): Promise<Answer> =>
  ask(
    `mutation($id: ID!, $transition: String!, $data: TaskUpdate, $comment: String, $version: Int) { transitionTask(id: $id, transition: $transition, data: $data, comment: $comment, version: $version) { ${shown} } }`,
    { id, transition, ...more },
    headers,
  )
const take = async (id: string, transition: string, more: Record<string, unknown> = {}, headers = rep) =>
  dataOf<Task>(await taking(id, transition, more, headers), 'transitionTask')
const told = (answer: Answer) =>
  answer.body.errors?.flatMap(error => error.extensions.issues.map(({ code, path, message }) => `${code} ${path}: ${message}`))
const hints = (answer: Answer) => answer.body.errors?.flatMap(error => error.extensions.issues.map(({ hint }) => hint))

interface Moved {
  readonly from: string | null
  readonly to: string
  readonly at: string
  readonly transition: string | null
  readonly comment: string | null
  readonly seconds: number | null
  readonly workSeconds: number | null
  readonly channel: string
  readonly actor: { readonly name: string } | null
}
const historyOf = async (id: string, headers = rep): Promise<Moved[]> =>
  dataOf(
    await post(
      `${world.app.url}/platform`,
      'query($id: ID!) { stateHistory(object: "task", id: $id) { from to at transition comment seconds workSeconds channel actor { name } } }',
      { id },
      headers,
    ),
    'stateHistory',
  )
const offersOf = async (
  id: string,
  headers = rep,
): Promise<{ transition: string; allowed: boolean; reason: string | null; form: string[] }[]> =>
  dataOf(
    await post(
      `${world.app.url}/platform`,
      'query($ids: [ID!]!) { transitions(object: "task", ids: $ids) { transition allowed reason hint form to label confirm comment requires } }',
      { ids: [id] },
      headers,
    ),
    'transitions',
  )

/** The names of the fields of a type as introspection tells them. */
const namesIn = (type: unknown): string[] => {
  const { fields, inputFields } = (type ?? {}) as { fields?: { name: string }[]; inputFields?: { name: string }[] }
  return (fields ?? inputFields ?? []).map(({ name }) => name)
}

const me = async (headers: Record<string, string>): Promise<{ id: string }> =>
  dataOf(await post(`${world.app.url}/platform`, '{ me { id } }', {}, headers), 'me')

describe('the beginning of a record', () => {
  it('is the default, or an initial state that is given', async () => {
    const task = await create({ name: 'A' })
    expect(task).toMatchObject({ status: 'draft', daysIn: '0' })
    expect(Date.now() - Date.parse(task.statusSince)).toBeLessThan(60_000)
    expect(await create({ name: 'B', status: 'review' })).toMatchObject({ status: 'review' })
    expect(await historyOf(task.id)).toMatchObject([
      { from: null, to: 'draft', transition: null, seconds: null, channel: 'api', actor: { name: 'Rita Rep' } },
    ])
  })

  it('is no other state, from any channel but an import', async () => {
    const message = 'TRANSITION_REFUSED status: Status cannot begin as “Done”.'
    const one = await ask('mutation($data: TaskCreate!) { createTask(data: $data) { id } }', { data: { name: 'C', status: 'done' } })
    expect(told(one)).toEqual([message])
    expect(hints(one)).toEqual(['Begin with “Draft”, “In review”.'])
    const nested = await ask('mutation($data: FolderCreate!) { createFolder(data: $data) { id } }', {
      data: { name: 'F', task: { create: { name: 'C', status: 'done' } } },
    })
    expect(told(nested)).toEqual(['TRANSITION_REFUSED task/create/status: Status cannot begin as “Done”.'])
    const batch = await ask(
      'mutation($data: [TaskCreate!]!) { createTasks(data: $data, atomic: false) { count issues { row code path } } }',
      {
        data: [{ name: 'D' }, { name: 'E', status: 'dropped' }],
      },
    )
    expect(batch.body.data?.createTasks).toEqual({ count: 1, issues: [{ row: 1, code: 'TRANSITION_REFUSED', path: 'status' }] })
    const cleared = await ask('mutation($data: TaskCreate!) { createTask(data: $data) { id } }', { data: { name: 'C', status: null } })
    expect(told(cleared)).toEqual(['VALUE_REQUIRED status: Status is required.'])
  })
})

describe('a change of state', () => {
  it('is one transition, by update or by its name, with its effects in the same change', async () => {
    const one = await create({ name: 'A', price: '4' })
    expect(one.draftedById).not.toBeNull()
    // what the draft leaves, what the transition sets
    expect(await update(one.id, { status: 'review' })).toMatchObject({ status: 'review', total: '8', draftedById: null, version: 2 })
    const two = await create({ name: 'B', price: '5' })
    expect(await take(two.id, 'send')).toMatchObject({ status: 'review', total: '10', version: 2 })
    expect(await historyOf(two.id)).toMatchObject([{ from: 'draft', to: 'review', transition: 'send' }, { from: null }])
  })

  it('judges guards over values as they will be, lines of the same write included', async () => {
    const task = await create({ name: 'A', price: '4', status: 'review', lines: { create: [{ amount: '4' }] } })
    const refusal = await updating(task.id, { status: 'done' }, boss)
    expect(told(refusal)).toEqual(['TRANSITION_REFUSED status: It needs lines of more than 10.'])
    const chinese = await updating(task.id, { status: 'done' }, { ...boss, 'accept-language': 'zh-CN' })
    expect(told(chinese)).toEqual(['TRANSITION_REFUSED status: 明细合计要大于 10。'])
    const line = 'mutation($data: TaskLineCreate!) { createTaskLine(data: $data) { id } }'
    // lines are no editable part of a task in review
    expect(told(await ask(line, { data: { taskId: task.id, amount: '7' } }, boss))).toEqual([
      'STATE_LOCKS : Line cannot change while Status is “In review”.',
    ])
    const own = await updating(task.id, { note: 'x', lines: { create: [{ amount: '9' }] } })
    expect(told(own)).toEqual(['STATE_LOCKS lines/create/0: Line cannot change while Status is “In review”.'])
    const draft = await create({ name: 'B', price: '1', lines: { create: [{ amount: '4' }, { amount: '7' }] } })
    await take(draft.id, 'send')
    const done = await update(draft.id, { status: 'done' }, boss)
    expect(done).toMatchObject({ status: 'done', linesTotal: '11', doneOn: new Date().toISOString().slice(0, 10) })
  })

  it('is refused where no way leads, naming those that do', async () => {
    const task = await create({ name: 'A', price: '4' })
    await take(task.id, 'send')
    const refusal = await updating(task.id, { status: 'draft' })
    expect(told(refusal)).toEqual(['TRANSITION_REFUSED status: Status cannot change from “In review” to “Draft”.'])
    expect(hints(refusal)).toEqual(['From “In review” you can go to “Dropped”.'])
    expect(hints(await updating(task.id, { status: 'draft' }, { ...boss, 'accept-language': 'zh' }))).toEqual([
      '从「审核中」可以变为「完成」。',
    ])
    expect(told(await taking(task.id, 'nonsense'))).toEqual(['TRANSITION_UNKNOWN transition: There is no transition “nonsense”.'])
    expect(told(await taking(task.id, 'send'))).toEqual([
      'TRANSITION_REFUSED status: Status cannot change from “In review” to “In review”.',
    ])
  })

  it('is for those whom it names: roles, the owner, the member in a field', async () => {
    const task = await create({ name: 'A', price: '4', status: 'review' })
    const refusal = await updating(task.id, { status: 'done' })
    expect(told(refusal)).toEqual(['TRANSITION_REFUSED status: “Finish” is for Boss only.'])
    const dropped = { status: 'dropped', reason: 'no', note: 'x' }
    expect(told(await updating(task.id, dropped, boss))).toEqual(['TRANSITION_REFUSED status: “Drop” is for the owner only.'])
    expect(await update(task.id, dropped)).toMatchObject({ status: 'dropped', reason: 'no' })
    const draft = await create({ name: 'B' })
    expect(told(await taking(draft.id, 'approve', {}, boss))).toEqual(['TRANSITION_REFUSED status: “Approve” is for Approver only.'])
    await update(draft.id, { approverId: (await me(boss)).id })
    expect(await take(draft.id, 'approve', {}, boss)).toMatchObject({ status: 'done' })
  })

  it('tells all missing fields at once, each at its place, in the language of the caller', async () => {
    const task = await create({ name: 'A' })
    expect(told(await taking(task.id, 'drop', {}))).toEqual([
      'VALUE_REQUIRED reason: Reason is required.',
      'VALUE_REQUIRED note: Note is required.',
    ])
    expect(told(await updating(task.id, { status: 'dropped', name: '' }, { ...rep, 'accept-language': 'zh-CN' }))).toEqual([
      'VALUE_REQUIRED name: 「名称」必填。',
      'VALUE_REQUIRED reason: 「原因」必填。',
      'VALUE_REQUIRED note: 「备注」必填。',
    ])
  })

  it('asks for a comment where it says so, and keeps it', async () => {
    const task = await create({ name: 'A' })
    await take(task.id, 'drop', { data: { reason: 'r', note: 'n' } })
    expect(told(await taking(task.id, 'reopen', {}, boss))).toEqual(['VALUE_REQUIRED comment: Comment is required.'])
    expect(told(await updating(task.id, { status: 'draft' }, boss))).toEqual(['TRANSITION_REFUSED status: “Reopen” needs a comment.'])
    await take(task.id, 'reopen', { comment: 'They called again' }, boss)
    expect((await historyOf(task.id))[0]).toMatchObject({
      from: 'dropped',
      to: 'draft',
      transition: 'reopen',
      comment: 'They called again',
    })
  })

  it('takes a comment of 2,000 characters and no longer one', async () => {
    const task = await create({ name: 'A' })
    await take(task.id, 'drop', { data: { reason: 'r', note: 'n' } })
    const long = '字'.repeat(2_001)
    expect(told(await taking(task.id, 'reopen', { comment: long }, boss))).toEqual([
      'VALUE_TOO_LONG comment: Comment has more than 2000 characters.',
    ])
    expect(await take(task.id, 'reopen', { comment: long.slice(1) }, boss)).toMatchObject({ status: 'draft' })
  })

  it('locks fields by the state as it was; the form of a transition opens its own', async () => {
    const task = await create({ name: 'A', price: '4', status: 'review' })
    expect(told(await updating(task.id, { name: 'B', note: 'fine' }))).toEqual([
      'STATE_LOCKS name: Name cannot change while Status is “In review”.',
    ])
    expect(await update(task.id, { note: 'fine' })).toMatchObject({ note: 'fine' })
    expect(await take(task.id, 'drop', { data: { reason: 'r' } })).toMatchObject({ status: 'dropped', reason: 'r' })
    expect(told(await updating(task.id, { note: 'other' }))).toHaveLength(1)
  })
})

describe('every channel', () => {
  it('updates of many, upserts and batches take transitions row by row', async () => {
    const tasks = await Promise.all(['u1', 'u2'].map(code => create({ name: code, code, price: code === 'u1' ? '1' : null })))
    const many = await ask(
      'mutation($ids: [ID!]!, $data: TaskUpdate!) { updateTasks(where: { id: { in: $ids } }, data: $data) { count } }',
      {
        ids: tasks.map(({ id }) => id),
        data: { status: 'review' },
      },
    )
    expect(told(many)).toEqual([expect.stringMatching(/VALUE_REQUIRED \d\/price/)])
    const upserts = await ask(
      'mutation($data: [TaskCreate!]!) { upsertTasks(data: $data, by: ["code"]) { count nodes { code status total } } }',
      {
        data: [
          { code: 'u1', name: 'U1', status: 'review' },
          { code: 'u3', name: 'U3', status: 'review' },
        ],
      },
    )
    expect(upserts.body.data?.upsertTasks).toEqual({
      count: 2,
      nodes: [
        { code: 'u1', status: 'review', total: '2' },
        { code: 'u3', status: 'review', total: null },
      ],
    })
    const refusal = await ask('mutation($data: [TaskCreate!]!) { upsertTasks(data: $data, by: ["code"]) { count } }', {
      data: [{ code: 'u1', name: 'U1', status: 'draft' }],
    })
    expect(told(refusal)).toEqual(['TRANSITION_REFUSED status: Status cannot change from “In review” to “Draft”.'])
  })

  it('imports bring any state and its date, kept as imported; effects and guards do not run', async () => {
    const file = await upload(world.app.url, rep, 'tasks.csv', 'name,code,status,since\nOld,i1,done,2026-01-05T09:00:00Z\nNew,i2,,\n')
    const mapping = [
      { column: 'name', field: 'name' },
      { column: 'code', field: 'code' },
      { column: 'status', field: 'status' },
      { column: 'since', field: 'statusSince' },
    ]
    const job = await runImport(world.app.url, rep, { object: 'task', file, mapping })
    expect(job.result).toMatchObject({ created: 1, refused: 1 })
    const { nodes } = await world.get<{ nodes: Task[] }>(`{ tasks(where: { code: { in: ["i1", "i2"] } }) { nodes { ${shown} } } }`)
    expect(nodes).toMatchObject([{ status: 'done', statusSince: '2026-01-05T09:00:00.000Z', doneOn: null }])
    expect(await historyOf(nodes[0]?.id ?? '')).toMatchObject([
      { from: null, to: 'done', channel: 'import', transition: null, at: '2026-01-05T09:00:00.000Z' },
    ])
  })

  it('nobody else may say since when', async () => {
    const schema = await ask('{ __type(name: "TaskUpdate") { inputFields { name } } }', {})
    const names = namesIn(schema.body.data?.__type)
    expect(names).toContain('status')
    expect(names).not.toContain('statusSince')
  })

  it('of two transitions of one record at once, one wins', async () => {
    const approverId = (await me(boss)).id
    for (let round = 0; round < 10; round++) {
      const task = await create({ name: `T${round}`, price: '3', approverId })
      const answers = await Promise.all([taking(task.id, 'send'), taking(task.id, 'approve', {}, boss)])
      const lost = answers.filter(answer => answer.body.errors)
      expect(lost.map(told)).toEqual([[expect.stringMatching(/^TRANSITION_REFUSED status: Status cannot change from/)]])
      expect(await historyOf(task.id)).toHaveLength(2)
    }
  })
})

describe('since when', () => {
  it('is kept, filtered, sorted, and read by formulas; history has durations by the calendar and on workdays', async () => {
    const file = await upload(
      world.app.url,
      rep,
      'tasks.csv',
      'name,code,price,status,since\nLong,s1,3,draft,2026-11-06T12:00:00Z\nLonger,s2,3,draft,2026-10-01T12:00:00Z\n',
    )
    const mapping = [
      { column: 'name', field: 'name' },
      { column: 'code', field: 'code' },
      { column: 'price', field: 'price' },
      { column: 'status', field: 'status' },
      { column: 'since', field: 'statusSince' },
    ]
    await runImport(world.app.url, rep, { object: 'task', file, mapping })
    const found = await world.get<{ nodes: Task[] }>(
      `{ tasks(where: { code: { in: ["s1", "s2"] }, daysIn: { gt: 1 }, statusSince: { lt: "2026-11-10T00:00:00Z" } }, orderBy: [{ statusSince: ASC }]) { nodes { ${shown} code } } }`,
    )
    expect(found.nodes.map(({ code }) => code)).toEqual(['s2', 's1'])
    const [, long] = found.nodes
    if (!long) throw new Error('No record')
    await take(long.id, 'send', {}, rep)
    const [move] = await historyOf(long.id)
    const passed = Math.trunc((Date.parse(move?.at ?? '') - Date.parse('2026-11-06T12:00:00Z')) / 1000)
    expect(move?.seconds).toBe(passed)
    // Friday noon: twelve hours, then whole weeks have five days
    expect(move?.workSeconds).toBeLessThan(passed)
    expect(move?.workSeconds).toBeGreaterThan(passed * 0.5)
    const parts = 'task(id: $id) { status statusSince }'
    expect(Date.parse((await world.get<Task>(`query($id: ID!) { ${parts} }`, { id: long.id })).statusSince)).toBeGreaterThan(
      Date.now() - 60_000,
    )
  })
})

describe('switching states on for records that are there', () => {
  const plain = (states: object) => ({
    object: 'parcel',
    plural: 'parcels',
    label: 'Parcel',
    fields: {
      name: { type: 'text', label: 'Name' },
      place: { type: 'select', label: 'Place', options: [{ value: 'here' }, { value: 'there' }], ...states },
    },
  })

  it('says since when they are in them, by their history', async () => {
    await publish(world.app, world.headers, [plain({})])
    const make = (data: object) =>
      world.get<Task>('mutation($data: ParcelCreate!) { createParcel(data: $data) { id createdAt updatedAt } }', { data })
    const [first, second, empty] = [await make({ place: 'here' }), await make({ place: 'here' }), await make({})]
    const moved = await world.get<Task>('mutation($id: ID!) { updateParcel(id: $id, data: { place: "there" }) { id updatedAt } }', {
      id: second.id,
    })
    await publish(world.app, world.headers, [
      plain({ states: { initial: ['here'], transitions: [{ transition: 'send', label: 'Send', from: ['here'], to: 'there' }] } }),
    ])
    const sinces = async () => {
      const { nodes } = await world.get<{ nodes: { id: string; placeSince: string | null }[] }>('{ parcels { nodes { id placeSince } } }')
      return [first, second, empty].map(one => nodes.find(({ id }) => id === one.id)?.placeSince)
    }
    expect(await until(sinces, ([, second]) => typeof second === 'string')).toEqual([first.createdAt, moved.updatedAt, null])
  })
})

describe('what may be done', () => {
  it('is told with reasons, for the caller', async () => {
    const task = await create({ name: 'A', status: 'review' })
    expect(await offersOf(task.id)).toMatchObject([
      { transition: 'finish', allowed: false, reason: '“Finish” is for Boss only.', form: [] },
      { transition: 'drop', allowed: true, reason: null, form: ['reason', 'note'] },
    ])
    expect(await offersOf(task.id, boss)).toMatchObject([
      { transition: 'finish', allowed: false, reason: 'It needs lines of more than 10.' },
      { transition: 'drop', allowed: false, reason: '“Drop” is for the owner only.' },
    ])
    expect(await offersOf('01990000-0000-7000-8000-00000000ffff')).toEqual([])
  })

  it('hides what the caller may not see', async () => {
    const task = await create({ name: 'A' })
    await publish(world.app, world.headers, [
      { role: 'blind', label: 'Blind', grants: { task: { actions: ['read'], fields: { status: 'hidden' } } } },
      { role: 'rep', label: { en: 'Rep', 'zh-CN': '代表' }, grants: { '*': everything } },
    ])
    const { database, workspace } = world.app
    await database.pool.query(`update "w_${workspace.slug}"._member set roles = '{blind}' where email = 'boss@states.test'`)
    const blind = await signInHeaders(world.app, 'boss@states.test')
    expect(await offersOf(task.id, blind)).toEqual([])
    expect(await historyOf(task.id, blind)).toEqual([])
    const schema = await ask('{ __type(name: "Task") { fields { name } } }', {}, blind)
    const names = namesIn(schema.body.data?.__type)
    expect(names).not.toContain('status')
    expect(names).not.toContain('statusSince')
  })
})

describe('what happens by itself', () => {
  const work = () => world.app.app.get(AutomaticTransitions).work(schemaOf(world.app.workspace.slug))
  const offer = async (data: Record<string, unknown>): Promise<string> =>
    dataOf<{ id: string }>(await ask('mutation($data: OfferCreate!) { createOffer(data: $data) { id } }', { data }), 'createOffer').id
  const grow = (id: string, days: number) =>
    world.app.database.pool.query(
      `update "w_${world.app.workspace.slug}".offer set phase_since = now() - make_interval(days => $2) where id = $1`,
      [id, days],
    )
  const phases = async () => {
    const { nodes } = await world.get<{ nodes: { name: string; phase: string; seal: string | null }[] }>(
      '{ offers(orderBy: [{ name: ASC }]) { nodes { name phase seal } } }',
    )
    return nodes.map(({ name, phase, seal }) => `${name} ${phase} ${seal ?? ''}`.trim())
  }

  it('is a transition after its time, and one whose guard holds, as the product’s own deed', async () => {
    const [old, young] = [await offer({ name: 'old', price: '5' }), await offer({ name: 'young', price: '5' })]
    const bare = await offer({ name: 'bare' })
    await offer({ name: 'settled', price: '5', paid: '5' })
    for (const [id, days] of [
      [old, 15],
      [young, 13],
      [bare, 15],
    ] as const)
      await grow(id, days)
    await work()
    // what a required field holds back waits; nobody’s role is asked
    expect(await phases()).toEqual(['bare sent', 'old late red', 'settled closed', 'young sent'])
    const query = 'query($id: ID!) { stateHistory(object: "offer", id: $id) { from to transition channel actor { name } } }'
    const kept = await post(`${world.app.url}/platform`, query, { id: old }, world.headers)
    expect(dataOf<unknown[]>(kept, 'stateHistory')[0]).toEqual({
      from: 'sent',
      to: 'late',
      transition: 'expire',
      channel: 'workflow',
      actor: null,
    })
    expect(await work()).toBe(0)
  })

  it('happens once, however many nodes look', async () => {
    const ids = await Promise.all(Array.from({ length: 30 }, (_, index) => offer({ name: `n${index}`, price: '1' })))
    await Promise.all(ids.map(id => grow(id, 20)))
    await Promise.all([work(), work(), work()])
    const rows = await world.app.database.pool.query(
      `select record from "w_${world.app.workspace.slug}"._state where transition = 'expire' and record = any($1::uuid[])`,
      [ids],
    )
    expect(rows.rowCount).toBe(30)
  })
})
