import { type Answer, post } from '../support/app.js'
import { upload } from '../support/files.js'
import { until } from '../support/follow-up.js'
import { runImport } from '../support/imports.js'
import type { RecordsWorld } from '../support/records.js'

const text = { type: 'text', label: 'Text' }

/** A permit with everything that a write keeps beside its columns: states, numbers, sets, ranges, files, links, what it is about. */
export const foldingObjects = [
  {
    object: 'office',
    plural: 'offices',
    label: 'Office',
    title: 'name',
    fields: {
      name: { ...text, required: true, unique: true },
      factor: { type: 'decimal', label: 'Factor', default: '1' },
      due: { type: 'rollup', label: 'Due', of: 'permits', function: 'sum', field: 'due' },
      above: { type: 'hierarchy', label: 'Above', inverse: 'below' },
      dueBelow: { type: 'rollup', label: 'Due below', of: 'below', function: 'sum', field: 'due', tree: true },
      helpers: {
        type: 'manyToMany',
        label: 'Helpers',
        to: 'permit',
        inverse: 'helpedBy',
        ordered: true,
        attributes: { share: { type: 'decimal', label: 'Share' } },
      },
      helped: { type: 'rollup', label: 'Helped', of: 'helpers', function: 'max', field: 'due' },
    },
  },
  {
    object: 'permit',
    plural: 'permits',
    label: 'Permit',
    title: 'name',
    fields: {
      number: { type: 'autonumber', label: 'Number', format: '{office.name}-{YYYY}-{seq:3}', per: 'office.name', mode: 'gapless' },
      quick: { type: 'autonumber', label: 'Quick', format: 'Q{seq}', mode: 'fast' },
      name: { ...text, required: true },
      code: { ...text, unique: true },
      year: { type: 'integer', label: 'Year' },
      begins: { type: 'date', label: 'Begins' },
      ends: { type: 'date', label: 'Ends' },
      amount: { type: 'decimal', label: 'Amount' },
      due: {
        type: 'formula',
        label: 'Due',
        returns: 'decimal',
        stored: true,
        rule: { '*': [{ var: 'amount' }, { var: 'office.factor' }] },
      },
      office: { type: 'lookup', label: 'Office', to: 'office', inverse: 'permits', onDelete: 'setNull' },
      scans: { type: 'file', label: 'Scans', multiple: true, maxFiles: 3 },
      about: { type: 'polymorphic', label: 'About', to: ['office', 'permit'], inverse: 'mentions', inverseLabel: 'Mentions' },
      lineTotal: { type: 'rollup', label: 'Lines', of: 'lines', function: 'sum', field: 'price' },
      status: {
        type: 'select',
        label: 'Status',
        default: 'draft',
        options: [{ value: 'draft' }, { value: 'sent' }, { value: 'done', enter: { ends: { var: 'today' } } }],
        states: {
          initial: ['draft'],
          transitions: [
            { transition: 'send', label: 'Send', from: ['draft'], to: 'sent' },
            { transition: 'finish', label: 'Finish', from: ['sent'], to: 'done', when: { '>': [{ var: 'lineTotal' }, 10] } },
          ],
        },
      },
    },
    unique: [{ unique: 'oncePerYear', fields: ['office', 'year'] }],
    ranges: [{ range: 'term', from: 'begins', to: 'ends', per: ['office'], overlap: false }],
    rules: [
      { rule: 'small', severity: 'warning', at: ['amount'], message: 'That is much.', must: { '!': { '>': [{ var: 'amount' }, 1000] } } },
    ],
  },
  {
    object: 'permitLine',
    plural: 'permitLines',
    label: 'Line',
    fields: {
      permit: { type: 'masterDetail', label: 'Permit', to: 'permit', inverse: 'lines' },
      price: { type: 'decimal', label: 'Price' },
    },
  },
] as const

type Ask = <T = { id: string }>(query: string, variables?: Record<string, unknown>) => Promise<T | null>

/** Does the same deeds in a workspace, refused ones among them; gives what each was answered with. */
export async function foldingScript(world: RecordsWorld): Promise<readonly unknown[]> {
  const answers: unknown[] = []
  const note = ({ body }: Answer) => {
    answers.push(body.errors ? body.errors.map(({ extensions }) => extensions.issues) : body.data)
    return body.data
  }
  const ask: Ask = async <T>(query: string, variables: Record<string, unknown> = {}) => {
    const data = note(await world.ask(query, variables))
    return (data ? Object.values(data)[0] : null) as T | null
  }
  const offices = await makeOffices(ask)
  const permits = await makePermits(world, ask, offices)
  await changePermits(ask, permits, offices)
  await leaveToJob(world, ask, offices)
  await bringIn(world)
  await goAndComeBack(ask, permits, offices)
  return answers
}

const type = (object: string) => object.charAt(0).toUpperCase() + object.slice(1)
const many = (object: string, inside = 'nodes { id } issues { row code path }') =>
  `mutation($data: [${type(object)}Create!]!, $atomic: Boolean) { create${type(object)}s(data: $data, atomic: $atomic) { ${inside} } }`
const update = (object: string) =>
  `mutation($id: ID!, $data: ${type(object)}Update!) { update${type(object)}(id: $id, data: $data) { id version } }`

async function makeOffices(ask: Ask): Promise<string[]> {
  const made = await ask<{ nodes: { id: string }[] }>(many('office'), { data: ['A', 'B', 'C', 'D'].map(name => ({ name })), atomic: true })
  const ids = made?.nodes.map(({ id }) => id) ?? []
  for (const [above, below] of [
    [0, 1],
    [1, 2],
    [2, 0], // a circle
  ] as const)
    await ask(update('office'), { id: ids[below], data: { aboveId: ids[above] } })
  return ids
}

async function makePermits(world: RecordsWorld, ask: Ask, offices: readonly string[]): Promise<string[]> {
  const scans = await Promise.all(['one', 'two', 'three'].map(name => upload(world.app.url, world.headers, `${name}.csv`, name)))
  const made = await ask<{ nodes: { id: string }[] }>(many('permit'), {
    atomic: false,
    data: [
      { name: 'P0', officeId: offices[0], year: 2025, amount: '10', begins: '2025-01-01', ends: '2025-06-30', code: 'x' },
      { name: 'P1', officeId: offices[0], year: 2025, amount: '20' }, // the year is taken
      { name: 'P2', officeId: offices[0], year: 2026, amount: '20', begins: '2025-06-30', ends: '2025-07-01' }, // overlaps
      { name: 'P3', officeId: offices[1], year: 2026, amount: '30', lines: { create: [{ price: '5' }, { price: '7' }] } },
      { name: 'P4', office: { create: { name: 'E', factor: '3' } }, amount: '40', helpedBy: { link: [{ id: offices[1] }] } },
      { name: 'P5', office: { by: { name: 'B' } }, amount: '2000' }, // a warning
      { name: 'P6', code: 'x' }, // the code is taken
      { name: 'P7', year: 2026, about: { office: { id: offices[2] } }, scans: scans.slice(0, 2).map(id => ({ id })) },
    ],
  })
  await ask('mutation($data: PermitCreate!) { createPermit(data: $data, confirm: ["small"]) { id number } }', {
    data: { name: 'P8', officeId: offices[1], amount: '5000', scans: [{ id: scans[2] }] },
  })
  return made?.nodes.map(({ id }) => id) ?? []
}

async function changePermits(ask: Ask, permits: readonly string[], offices: readonly string[]): Promise<void> {
  const [first, withLines, linked, filed] = permits
  const move = (id: string | undefined, transition: string) =>
    ask('mutation($id: ID!, $to: String!) { transitionPermit(id: $id, transition: $to) { status version } }', { id, to: transition })
  for (const [id, transition] of [
    [first, 'finish'],
    [first, 'send'],
    [first, 'finish'],
    [withLines, 'send'],
    [withLines, 'finish'],
  ] as const)
    await move(id, transition)
  await ask(update('office'), { id: offices[0], data: { helpers: { link: [{ id: first, attributes: { share: '2' } }, { id: linked }] } } })
  await ask(update('office'), { id: offices[0], data: { helpers: { replace: [{ id: linked }, { id: withLines }] } } })
  await ask(update('permit'), { id: linked, data: { helpedBy: { unlink: [offices[1]] }, lines: { create: [{ price: '1.5' }] } } })
  await ask(update('permit'), { id: filed, data: { scans: null, about: { permit: { id: first } }, amount: '3', officeId: offices[2] } })
  // a unique value goes over from one to the other, in one request: who had it lets go of it first
  await ask('mutation($data: [PermitCreate!]!) { upsertPermits(data: $data, by: ["code"]) { count issues { code } } }', {
    data: [
      { code: 'x', name: 'P0 again', amount: '11' },
      { code: 'y', name: 'P9', officeId: offices[2], year: 2030 },
    ],
  })
  await ask(
    'mutation($data: PermitUpdate!) { updatePermits(where: { amount: { gt: "5" } }, data: $data) { count issues { code path } } }',
    {
      data: { amount: '12' },
    },
  )
  await ask(update('office'), { id: offices[0], data: { factor: '1.5' } })
}

/** More records follow from one change than its transaction waits for. */
async function leaveToJob(world: RecordsWorld, ask: Ask, offices: readonly string[]): Promise<void> {
  const data = Array.from({ length: 501 }, (_, index) => ({ name: `M${index}`, officeId: offices[3], amount: String(index) }))
  await ask(many('permit', 'count'), { data, atomic: true })
  await ask(update('office'), { id: offices[3], data: { factor: '2' } })
  const open = () => post(`${world.app.url}/platform`, '{ recalculating { object } }', {}, world.headers)
  await until(open, ({ body }) => (body.data?.recalculating as unknown[] | undefined)?.length === 0)
}

async function bringIn({ app, headers }: RecordsWorld): Promise<void> {
  const lines = Array.from({ length: 30 }, (_, index) => `I${index},${['A', 'B', 'none'][index % 3]},${index},sent`)
  const file = await upload(app.url, headers, 'permits.csv', `name,office,amount,status\n${lines.join('\n')}\n`)
  const mapping = [
    { column: 'name', field: 'name' },
    { column: 'office', field: 'office', by: 'name' },
    { column: 'amount', field: 'amount' },
    { column: 'status', field: 'status' },
  ]
  await runImport(app.url, headers, { object: 'permit', file, mapping })
}

async function goAndComeBack(ask: Ask, permits: readonly string[], offices: readonly string[]): Promise<void> {
  const one = (deed: 'delete' | 'restore', object: string, id: string | undefined) =>
    ask(`mutation($id: ID!) { ${deed}${type(object)}(id: $id) { id version deletedAt } }`, { id })
  await one('delete', 'permit', permits[1])
  await ask(update('office'), { id: offices[1], data: { aboveId: offices[3] } })
  await one('delete', 'office', offices[0])
  await ask(update('permit'), { id: permits[2], data: { lines: { replace: [{ price: '9' }] } } })
  await one('restore', 'permit', permits[1])
  await ask('mutation { deletePermits(where: { name: { startsWith: "M1" } }) { count } }')
  await one('restore', 'office', offices[0])
}
