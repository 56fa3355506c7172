import { createHash } from 'node:crypto'
import type { Profile } from '@tessera/platform/access/profile.js'
import { costOf } from '@tessera/platform/query/cost.js'
import { estimateQueries } from '@tessera/platform/query/estimate.js'
import { select } from '@tessera/platform/query/select.js'
import { queryContext } from '@tessera/platform/query/source.js'
import { render, type Statement } from '@tessera/platform/sql/sql.js'
import type { GraphQLSchema } from 'graphql'
import type { LiveModel } from '../publishing/models.js'
import { collect } from './collect.js'
import type { Operation } from './documents.js'
import { checkCost, operationLimits } from './limits.js'
import { readPlan } from './selection.js'

/** A compiled read: its statement for any workspace, named by its text. */
export interface CompiledRead {
  readonly name: string
  readonly statement: Statement
  /** What is asked before it about rough numbers; absent when it asks for none. */
  readonly estimates?: readonly CompiledEstimate[]
}

/** The questions about a rough number: a count that ends soon, and all records, to be explained and never read. */
export interface CompiledEstimate {
  readonly root: string
  readonly counted: CompiledRead
  readonly rows: Statement
}

/** Compiles the root fields of a query into one statement of one schema. */
export function compileRead(
  operation: Operation,
  variables: Readonly<Record<string, unknown>>,
  schema: GraphQLSchema,
  live: LiveModel,
  profile: Profile,
  workspaceSchema: string,
): CompiledRead {
  const reading = { fragments: operation.fragments, variables, schema, profile }
  const plan = readPlan(collect([operation.definition.selectionSet], reading), reading)
  checkCost(costOf(plan), operationLimits.records)
  const context = queryContext(live.model, profile.conditions, profile.model)
  const read = named(render(select(plan, context), workspaceSchema))
  const estimates = estimateQueries(plan, context).map(({ root, counted, rows }) => ({
    root,
    counted: named(render(counted, workspaceSchema)),
    rows: render(rows, workspaceSchema),
  }))
  return estimates.length === 0 ? read : { ...read, estimates }
}

/** A statement under a name that is the same for the same text, as PostgreSQL keeps prepared statements by name. */
export const named = (statement: Statement): CompiledRead => ({
  name: `r${createHash('sha1').update(statement.text).digest('base64url').slice(0, 20)}`,
  statement,
})

/** A map that forgets what was used longest ago. */
export class RecentMap<V> {
  private readonly entries = new Map<string, V>()

  constructor(private readonly most: number) {}

  get(key: string): V | undefined {
    const value = this.entries.get(key)
    if (value !== undefined) {
      this.entries.delete(key)
      this.entries.set(key, value)
    }
    return value
  }

  set(key: string, value: V): void {
    this.entries.set(key, value)
    if (this.entries.size > this.most) this.entries.delete(this.entries.keys().next().value ?? '')
  }
}
