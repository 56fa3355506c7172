import { elementOf } from '@tessera/platform/definitions/index.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { ApiError, ask } from './client.js'

type Input = Readonly<Record<string, unknown>>

/** A write as the version that is live now understands it. */
export interface CarriedOver {
  readonly object: ObjectModel
  readonly data: Input
}

const continues = (thing: { name: string; definition: { was?: readonly string[] | undefined } }, name: string): boolean =>
  thing.name === name || thing.definition.was?.includes(name) === true

/**
 * What became of a refused write when somebody published meanwhile: values of renamed fields stand under their new names,
 * those of removed ones fall away. Undefined when the write was refused for another reason.
 * @throws ApiError when the server cannot be asked
 */
export async function carryOver(error: unknown, object: ObjectModel, data: Input): Promise<CarriedOver | undefined> {
  if (!(error instanceof ApiError) || error.code !== 'BAD_REQUEST') return undefined
  const { app } = await ask<{ app: { definitions: readonly unknown[] } }>('/platform', 'query App { app { definitions } }')
  const { model } = compileModel(app.definitions.map(elementOf).filter(element => element !== null))
  const after = Object.values(model.objects).find(each => continues(each, object.name))
  if (!after || JSON.stringify(after.definition) === JSON.stringify(object.definition)) return undefined
  const entries = Object.entries(data).flatMap(([key, value]) => {
    const before = Object.values(object.fields).find(field => field.key === key)
    const field = before && Object.values(after.fields).find(each => continues(each, before.name))
    if (field) return [[field.key, value] as const]
    return Object.hasOwn(after.children, key) ? [[key, value] as const] : []
  })
  return { object: after, data: Object.fromEntries(entries) }
}
