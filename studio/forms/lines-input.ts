import { isSame } from '@tessera/platform/records/values.js'
import type { Values } from '../fields/face.js'

/** The lines of a record as a form holds them, out of what was read. */
export function lineValues(read: unknown): Values[] {
  const nodes = (read as { nodes?: Values[] } | null | undefined)?.nodes
  return Array.isArray(nodes) ? nodes : Array.isArray(read) ? (read as Values[]) : []
}

const notInput = new Set(['id', 'version', 'createdAt', 'updatedAt'])

/** What of a line can be sent: its values by key, without names of related records and what is only read. */
const sendable = (line: Values): [string, unknown][] =>
  Object.entries(line).filter(
    ([key, value]) =>
      !notInput.has(key) && !key.endsWith('Currency') && (typeof value !== 'object' || value === null || Array.isArray(value)),
  )

/** The change of lines as the API takes it: new ones, changed values of others, removed ones; undefined when nothing changed. */
export function linesInput(before: unknown, after: unknown): Readonly<Record<string, unknown>> | undefined {
  const old = new Map(lineValues(before).map(line => [line.id, line]))
  const now = lineValues(after)
  const create = now
    .filter(line => line.id === undefined || line.id === null)
    .map(line => Object.fromEntries(sendable(line).filter(([, value]) => value !== null && value !== undefined)))
  const update = now.flatMap(line => {
    const was = old.get(line.id)
    const data = was ? Object.fromEntries(sendable(line).filter(([key, value]) => !isSame(was[key], value))) : {}
    return was && Object.keys(data).length > 0 ? [{ id: line.id, version: line.version, data }] : []
  })
  const kept = new Set(now.map(line => line.id))
  const removed = [...old.keys()].filter(id => !kept.has(id))
  const input = {
    ...(create.length > 0 ? { create } : {}),
    ...(update.length > 0 ? { update } : {}),
    ...(removed.length > 0 ? { delete: removed } : {}),
  }
  return Object.keys(input).length > 0 ? input : undefined
}
