import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query'
import type { Model, ObjectModel } from '@tessera/platform/model/model.js'
import { rootNames, typeNames } from '@tessera/platform/model/naming.js'
import { useMemo } from 'react'
import { useApp } from './app.js'
import { carriedOver, tellDropped } from './carry-over.js'
import { ask } from './client.js'
import type { Page, RecordValues } from './records.js'
import { withWarnings } from './warnings.js'

export type Input = Readonly<Record<string, unknown>>

/** Changes what is shown of a record in every list and page at once. */
export function patchShown(client: QueryClient, object: string, id: string, patch: Input): void {
  const change = (record: RecordValues): RecordValues => (record.id === id ? { ...record, ...patch } : record)
  client.setQueriesData<InfiniteData<Page>>(
    { queryKey: ['records', object, 'pages'] },
    data =>
      data && {
        ...data,
        pages: data.pages.map(page => (page.nodes.some(node => node.id === id) ? { ...page, nodes: page.nodes.map(change) } : page)),
      },
  )
  client.setQueriesData<RecordValues | null>({ queryKey: ['records', object, 'one', id] }, data => data && change(data))
}

function refresh(client: QueryClient, object: string, id?: string): void {
  void client.invalidateQueries({ queryKey: ['totals'] })
  if (id) void client.invalidateQueries({ queryKey: ['records', object, 'history', id] })
}

/** Everything of the records changed in a way that the lists cannot know: reads again what is on the page. */
export function rereadRecords(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: ['records'] })
  void client.invalidateQueries({ queryKey: ['totals'] })
}

/** How a change is shown at once and sent: what the record looks like, what is written. */
export interface Change {
  readonly shown: Input
  readonly data: Input
  readonly select?: string
}

/** Writes to the records of an object; each resolves to what the server made of it and @throws ApiError. */
export interface Writes {
  create: (data: Input, select?: string) => Promise<RecordValues>
  /** Shown at once, taken back when the server refuses. */
  update: (record: RecordValues, change: Change) => Promise<RecordValues>
  /** Writes the same to all that match; an empty condition needs `all`. */
  updateMany: (where: Input, data: Input, all?: boolean) => Promise<number>
  /** @param successor the record that takes over what is handed over to another one */
  remove: (ids: readonly string[], successor?: string | null) => Promise<number>
  restore: (ids: readonly string[]) => Promise<void>
}

/** The writes to an object's records. */
export function useWrites(object: ObjectModel): Writes {
  const client = useQueryClient()
  const { model } = useApp()
  return useMemo(() => writesOf(client, object, model), [client, object, model])
}

/** The writes to an object's records; @param model the version that the object is of */
export function writesOf(client: QueryClient, object: ObjectModel, model: Model): Writes {
  return {
    create: (data, select = 'id version') => create({ client, object, model }, data, select),
    update: (record, change) => update({ client, object, model }, record, change),
    updateMany: (where, data, all = false) => many(client, object, 'updateMany', { where, data, all }),
    remove: (ids, successor = null) =>
      ids.length === 1
        ? removeOne(client, object, ids[0] ?? '', successor)
        : many(client, object, 'deleteMany', { where: { id: { in: ids } }, all: false, ...(successor === null ? {} : { successor }) }),
    restore: ids => restore(client, object, ids),
  }
}

/** The confirmed rules as a variable, where there are any. */
const named = (confirm: readonly string[]) => (confirm.length > 0 ? { confirm } : {})

interface Place {
  readonly client: QueryClient
  readonly object: ObjectModel
  readonly model: Model
}

/** Writes; when somebody published meanwhile, once more with what the live version makes of the values. */
async function written(
  { client, object, model }: Place,
  data: Input,
  select: string,
  send: (object: ObjectModel, data: Input, select: string) => Promise<RecordValues>,
): Promise<RecordValues> {
  try {
    return await send(object, data, select)
  } catch (error) {
    const carried = await carriedOver(error, object, model, data)
    if (!carried) throw error
    const record = await send(carried.object, carried.data, 'id version')
    tellDropped(carried.dropped)
    await client.invalidateQueries({ queryKey: ['session'] })
    return record
  }
}

async function create(place: Place, data: Input, select: string): Promise<RecordValues> {
  const record = await written(place, data, select, async ({ name, plural }, given, selection) => {
    const document = `mutation Create($data: ${typeNames(name).Create}!, $confirm: [String!]) { record: ${rootNames(name, plural).mutations.create}(data: $data, confirm: $confirm) { ${selection} } }`
    return withWarnings(
      async confirm => (await ask<{ record: RecordValues }>('/graphql', document, { data: given, ...named(confirm) })).record,
    )
  })
  rereadRecords(place.client)
  return record
}

async function update(
  place: Place,
  { id, version, ...values }: RecordValues,
  { shown, data, select = 'id version' }: Change,
): Promise<RecordValues> {
  const { client, object } = place
  const before = Object.fromEntries(Object.keys(shown).map(key => [key, values[key]]))
  patchShown(client, object.name, id, shown)
  try {
    const record = await written(place, data, select, async ({ name, plural }, given, selection) => {
      const document = `mutation Update($id: ID!, $data: ${typeNames(name).Update}!, $version: Int, $confirm: [String!]) { record: ${rootNames(name, plural).mutations.update}(id: $id, data: $data, version: $version, confirm: $confirm) { ${selection} } }`
      return withWarnings(
        async confirm =>
          (await ask<{ record: RecordValues }>('/graphql', document, { id, data: given, version, ...named(confirm) })).record,
      )
    })
    patchShown(client, object.name, id, record)
    refresh(client, object.name, id)
    return record
  } catch (error) {
    patchShown(client, object.name, id, before)
    throw error
  }
}

async function many(client: QueryClient, object: ObjectModel, kind: 'updateMany' | 'deleteMany', variables: Input): Promise<number> {
  const { mutations } = rootNames(object.name, object.plural)
  const types = typeNames(object.name)
  const more = Object.keys(variables).filter(key => key === 'data' || key === 'successor')
  const declared = more.map(key => (key === 'data' ? `, $data: ${types.Update}!` : ', $successor: ID')).join('')
  const given = more.map(key => (key === 'data' ? ', data: $data' : ', reassignTo: $successor')).join('')
  const document = `mutation Many($where: ${types.Where}!, $all: Boolean, $confirm: [String!]${declared}) { batch: ${mutations[kind]}(where: $where, all: $all, confirm: $confirm${given}) { count } }`
  const { batch } = await withWarnings(confirm =>
    ask<{ batch: { count: number } }>('/graphql', document, { ...variables, ...named(confirm) }),
  )
  rereadRecords(client)
  return batch.count
}

/** One record is deleted by itself: that takes no right to change many at once. */
async function removeOne(client: QueryClient, object: ObjectModel, id: string, successor: string | null): Promise<number> {
  const { mutations } = rootNames(object.name, object.plural)
  const [declared, given] = successor === null ? ['', ''] : [', $successor: ID', ', reassignTo: $successor']
  const document = `mutation Remove($id: ID!, $confirm: [String!]${declared}) { record: ${mutations.delete}(id: $id, confirm: $confirm${given}) { id } }`
  await withWarnings(confirm => ask('/graphql', document, { id, ...(successor === null ? {} : { successor }), ...named(confirm) }))
  rereadRecords(client)
  return 1
}

async function restore(client: QueryClient, object: ObjectModel, ids: readonly string[]): Promise<void> {
  const { mutations } = rootNames(object.name, object.plural)
  for (const id of ids) await ask('/graphql', `mutation Restore($id: ID!) { record: ${mutations.restore}(id: $id) { id } }`, { id })
  rereadRecords(client)
}
