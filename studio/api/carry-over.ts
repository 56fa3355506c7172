import { elementOf } from '@tessera/platform/definitions/index.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import type { Model, ObjectModel } from '@tessera/platform/model/model.js'
import { type CarriedOver, carryOver, type Dropped } from '@tessera/platform/records/carry-over.js'
import { ApiError, ask } from './client.js'

type Input = Readonly<Record<string, unknown>>

const listeners = new Set<(dropped: readonly Dropped[]) => void>()

/** Calls back when a save had to leave out typed values, their fields having been removed meanwhile; gives the function that stops it. */
export function onDropped(listener: (dropped: readonly Dropped[]) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Tells of values that a save left out; nothing that somebody typed is lost in silence. */
export function tellDropped(dropped: readonly Dropped[]): void {
  if (dropped.length > 0) for (const listener of listeners) listener(dropped)
}

/**
 * What became of a refused write when somebody published meanwhile, as the version that is live now understands it.
 * Undefined when the write was refused for another reason.
 * @throws ApiError when the server cannot be asked
 */
export async function carriedOver(error: unknown, object: ObjectModel, before: Model, data: Input): Promise<CarriedOver | undefined> {
  if (!(error instanceof ApiError) || error.code !== 'BAD_REQUEST') return undefined
  const { app } = await ask<{ app: { definitions: readonly unknown[] } }>('/platform', 'query App { app { definitions } }')
  const { model } = compileModel(app.definitions.map(elementOf).filter(element => element !== null))
  return carryOver(data, object, before, model) ?? undefined
}
