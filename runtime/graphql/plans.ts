import { createHash } from 'node:crypto'
import type { Profile } from '@tessera/platform/access/profile.js'
import { costOf } from '@tessera/platform/query/cost.js'
import { estimateQueries } from '@tessera/platform/query/estimate.js'
import { select } from '@tessera/platform/query/select.js'
import { shapesOf } from '@tessera/platform/query/shapes.js'
import { queryContext } from '@tessera/platform/query/source.js'
import { type UsedField, usedFields } from '@tessera/platform/query/used-fields.js'
import { inSchema, renderMarked, type Sql, type Statement } from '@tessera/platform/sql/sql.js'
import type { ListShape } from '@tessera/platform/tables/list-shape.js'
import type { GraphQLSchema } from 'graphql'
import type { Tally } from '../asked/asked-lists.js'
import type { LiveModel } from '../publishing/models.js'
import type { UseTally } from '../usage/field-uses.js'
import { collect } from './collect.js'
import type { Operation } from './documents.js'
import { checkCost, operationLimits } from './limits.js'
import { readPlan } from './selection.js'

/** A compiled read for every workspace with an equal model; it has a text for none until it is rendered. */
export interface CompiledRead {
  /** The same for the same text. */
  readonly name: string
  /** The workspace's schema is still a mark in the text. */
  readonly statement: Statement
  /** What is asked before it about rough numbers; absent when it asks for none. */
  readonly estimates?: readonly CompiledEstimate[]
  /** What it asks of indexes. */
  readonly shapes?: readonly ListShape[]
  /** The fields that it reads. */
  readonly fields?: readonly UsedField[]
}

/** The questions about a rough number: a count that ends soon, and all records, to be explained and never read. */
export interface CompiledEstimate {
  readonly root: string
  readonly counted: CompiledRead
  readonly rows: Statement
}

/** A text of a plan for one workspace, under a name that no other workspace's text has. */
export interface RenderedRead {
  readonly name: string
  readonly text: string
  /** How often it is sent; null where that tells nothing about lists. */
  readonly tally: Tally | null
  /** Which API keys send it. */
  readonly uses: UseTally
}

/** Compiles the root fields of a query into one statement. */
export function compileRead(
  operation: Operation,
  variables: Readonly<Record<string, unknown>>,
  schema: GraphQLSchema,
  live: LiveModel,
  profile: Profile,
): CompiledRead {
  const reading = { fragments: operation.fragments, variables, schema, profile }
  const plan = readPlan(collect([operation.definition.selectionSet], reading), reading)
  checkCost(costOf(plan), operationLimits.records)
  const context = queryContext(live.model, profile.conditions, profile.model)
  const read = { ...shared(select(plan, context)), shapes: shapesOf(plan, profile.model), fields: usedFields(plan, profile.model) }
  const estimates = estimateQueries(plan, context).map(({ root, counted, rows }) => ({
    root,
    counted: shared(counted),
    rows: renderMarked(rows),
  }))
  return estimates.length === 0 ? read : { ...read, estimates }
}

/** A piece as a plan that all workspaces share. */
export function shared(piece: Sql): CompiledRead {
  const statement = renderMarked(piece)
  return { name: `r${createHash('sha1').update(statement.text).digest('base64url').slice(0, 20)}`, statement }
}

/**
 * The text of a plan for a workspace. PostgreSQL keeps prepared statements by name, and cuts names at 63 bytes: the plan's 21 and a
 * schema's 42 at most, so that two workspaces never share one.
 */
export const renderedFor = ({ name, statement, shapes = [], fields = [] }: CompiledRead, schema: string): RenderedRead => ({
  name: `${name}${schema}`,
  text: inSchema(statement.text, schema),
  tally: shapes.length > 0 ? { schema, shapes, count: 0 } : null,
  uses: { schema, fields, counts: new Map() },
})

/** Estimated bytes of a plan, as measured: its text with the pieces that it was made of, and its values. */
export const bytesOfPlan = ({ statement, shapes = [], fields = [] }: CompiledRead): number =>
  1_500 + 1.5 * statement.text.length + 400 * statement.values.length + 300 * shapes.length + 60 * fields.length
