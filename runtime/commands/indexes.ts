import { parseArgs } from 'node:util'
import type { ObjectDefinition } from '@tessera/platform/definitions/object.js'
import { type IndexProposal, indexProposals } from '@tessera/platform/tables/index-proposals.js'
import type { IndexReason } from '@tessera/platform/tables/index-uses.js'
import { askedShapes } from '../asked/asked-store.js'
import { unusedIndexes } from '../database/unused-indexes.js'
import { type Command, say } from './command.js'
import { sayIssues } from './folder.js'
import { type Press, withPress } from './press.js'

/** What an object may have. */
const mostIndexes = 20

const options = { apply: { type: 'boolean' }, sql: { type: 'boolean' }, workspace: { type: 'string' } } as const

/** Proposes indexes that views, roles and what requests asked for would use, and makes them. */
export const indexes: Command = {
  name: 'indexes',
  usage: 'indexes [--sql] [--apply] [--workspace W]',
  summary: 'propose indexes that views, roles and requests would use, and tell those that nobody uses; --apply makes them',
  run: args => {
    const { values } = parseArgs({ args: [...args], options })
    return withPress(values.workspace, async press => {
      const { model } = await press.models.current(press.schema)
      const proposals = indexProposals(model, await askedShapes(press.database.pool, press.schema, new Date()))
      for (const proposal of proposals) sayProposal(proposal)
      if (proposals.length === 0) say('Every view, role and frequent request finds its index.')
      const code = values.apply ? await apply(proposals, press) : values.sql ? await saySql(proposals, press) : 0
      await sayUnused(press)
      return code
    })
  },
}

function sayProposal({ object, definition, reasons }: IndexProposal): void {
  const fields = definition.fields.map(({ field, direction }) => (direction === undefined ? field : `${field} ${direction}`))
  const only = definition.where === undefined ? '' : `  where ${JSON.stringify(definition.where)}`
  say(`${object}  ${fields.join(', ')}${only}`)
  for (const line of reasonsOf(reasons)) say(`  ${line}`)
}

const days = (count: number) => `asked ${count.toLocaleString('en')} times in the last 30 days`

/** Who is named in one line; what requests asked, one line each. */
function reasonsOf(reasons: readonly IndexReason[]): string[] {
  const named = reasons.flatMap(reason => (reason.kind === 'asked' ? [] : [`${reason.kind} ${reason.name}`]))
  const asked = reasons.flatMap(reason => {
    if (reason.kind !== 'asked') return []
    const order = reason.order.map(([field, direction]) => `${field} ${direction}`).join(', ')
    const by = reason.filters.length > 0 ? ` by ${reason.filters.join(' and ')}` : ''
    return [`${days(reason.count)}${by}${order === '' ? '' : `, ordered by ${order}`}`]
  })
  return [...(named.length > 0 ? [`for ${named.join(', ')}`] : []), ...asked]
}

/** The objects with the proposed indexes among their own. */
async function withIndexes(proposals: readonly IndexProposal[], { publisher, schema }: Press): Promise<unknown[]> {
  const elements = await publisher.definitions(schema, 'object', null)
  return elements.flatMap(({ name, definition }) => {
    const added = proposals.filter(({ object }) => object === name).map(proposal => proposal.definition)
    const own = (definition as Partial<ObjectDefinition>).indexes ?? []
    return added.length > 0 ? [{ ...definition, indexes: [...own, ...added].slice(0, mostIndexes) }] : []
  })
}

async function saySql(proposals: readonly IndexProposal[], press: Press): Promise<number> {
  if (proposals.length === 0) return 0
  const { issues, sql } = await press.publisher.check({ put: await withIndexes(proposals, press), remove: [] }, press.schema)
  if (issues.length > 0) return sayIssues(issues)
  say(`\n${sql ?? ''}`)
  return 0
}

async function apply(proposals: readonly IndexProposal[], press: Press): Promise<number> {
  if (proposals.length === 0) return 0
  const { publisher, finisher, schema } = press
  const change = {
    put: await withIndexes(proposals, press),
    remove: [],
    confirm: [],
    expectedVersion: null,
    message: 'Indexes that lists use',
  }
  const { version } = await publisher.publish(change, schema, null)
  await finisher.finish(schema)
  const failed = await publisher.building(schema)
  for (const { name, error } of failed) say(`${name} could not be built: ${error ?? ''}`)
  say(`Version ${version} is live with ${proposals.length} more indexes.`)
  return failed.length > 0 ? 1 : 0
}

async function sayUnused({ database, schema }: Press): Promise<void> {
  for (const { table, index, bytes } of await unusedIndexes(database.pool, schema))
    say(`not used since statistics began: ${index} on ${table}, ${Math.ceil(bytes / 8192)} pages`)
}
