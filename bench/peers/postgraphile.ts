import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Target } from '../load.js'
import type { Known, Operation } from '../operations.js'
import { say } from '../report.js'
import { type Servers, schema, started } from '../servers.js'

const run = promisify(execFile)
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
/** It needs a newer Node than ours; npm has one. */
const packages = ['postgraphile@5.1.5', 'postgraphile-plugin-connection-filter@4.0.1', 'node@22.23.3']

/** Another program over the same tables, asked the same. */
export interface Peer {
  readonly name: string
  readonly pid: number
  readonly targetOf: (operation: Operation, known: Known) => Target | null
  readonly stop: () => Promise<void>
}

/**
 * Installs PostGraphile 5 into a temporary folder outside of the project and serves the same tables with it: with all rights, no
 * rules, no history, no events. Gives nothing, and says why, when it cannot be installed or does not start.
 */
export async function servePostGraphile({ databaseUrl }: Servers): Promise<Peer | null> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-bench-peer-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    say(`Installing ${packages.join(', ')} …`)
    await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
    await run(npm, ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages], { cwd: folder, timeout: 300_000 })
    await copyFile(new URL('postgraphile-server.mjs', import.meta.url), join(folder, 'server.mjs'))
    const environment = { ...process.env, NODE_ENV: 'production' }
    const program: ChildProcess = spawn(join(folder, 'node_modules/node/bin/node'), ['server.mjs', databaseUrl, schema], {
      cwd: folder,
      env: environment,
    })
    process.once('exit', () => program.kill())
    const port = await started(program, /listening (\d+)/)
    const url = new URL(`http://127.0.0.1:${port}/graphql`)
    return {
      name: 'PostGraphile',
      pid: program.pid ?? 0,
      targetOf: ({ name, variables }, known) => {
        const question = questions[name]
        return question
          ? { url, headers: {}, body: n => JSON.stringify({ query: question.query, variables: question.given(variables(n, known)) }) }
          : null
      },
      stop: async () => {
        const ended = new Promise(resolve => program.once('exit', resolve))
        program.kill()
        await ended
        await remove()
      },
    }
  } catch (error) {
    say(
      `PostGraphile is left out, it could not be installed and started: ${error instanceof Error ? error.message.slice(0, 500) : String(error)}`,
    )
    await remove()
    return null
  }
}

type Variables = Record<string, unknown>

interface Question {
  readonly query: string
  readonly given: (variables: Variables) => Variables
}

const fields = 'rowId name stage amount currency probability closeDate openedOn type source createdAt customerId'
const live = 'deletedAt: { isNull: true }'
const same = (variables: Variables): Variables => variables
let made = 0

/** What a record has to be given here, since nobody else gives it. */
function whole(data: Variables): Variables {
  const now = new Date().toISOString()
  const rowId = crypto.randomUUID()
  return { opportunity: { rowId, version: 1, createdAt: now, updatedAt: now, number: `PG-${process.pid}-${made++}`, ...data } }
}

/** Q1 to Q3, M1 and M2 in its words; it has no creating of many. */
const questions: Readonly<Record<string, Question>> = {
  Q1: { query: `query($id: UUID!) { opportunityByRowId(rowId: $id) { ${fields} } }`, given: same },
  Q2: {
    query: `query($stage: String!, $amount: BigFloat!) { allOpportunities(filter: { stage: { equalTo: $stage }, amount: { greaterThanOrEqualTo: $amount }, ${live} }, orderBy: [CLOSE_DATE_DESC], first: 50) { nodes { ${fields} customerByCustomerId { rowId name } } } }`,
    given: same,
  },
  Q3: {
    query: `query($city: String!) { allCustomers(filter: { city: { equalTo: $city }, ${live} }, orderBy: [NAME_ASC], first: 20) { nodes { rowId name city opportunitiesByCustomerId(filter: { ${live} }, orderBy: [CREATED_AT_DESC], first: 5) { nodes { rowId name amount stage } } ordersByCustomerId(filter: { ${live} }, orderBy: [CREATED_AT_DESC], first: 5) { nodes { rowId number status orderLinesByOrderId(filter: { ${live} }, orderBy: [PRIMARY_KEY_ASC], first: 100) { nodes { rowId quantity price } } } } } } }`,
    given: same,
  },
  M1: {
    query: `mutation($opportunity: OpportunityInput!) { createOpportunity(input: { opportunity: $opportunity }) { opportunity { ${fields} } } }`,
    given: ({ data }) => whole(data as Variables),
  },
  M2: {
    query:
      'mutation($id: UUID!, $data: OpportunityPatch!) { updateOpportunityByRowId(input: { rowId: $id, opportunityPatch: $data }) { opportunity { rowId amount } } }',
    given: same,
  },
}
