import { type QueryClient, useQuery } from '@tanstack/react-query'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { rootNames, typeNames } from '@tessera/platform/model/naming.js'
import type { WhyLine } from '@tessera/platform/records/explanation.js'
import { ask } from './client.js'
import type { RecordValues } from './records.js'
import { type Input, patchShown } from './writes.js'

/** A transition out of the present state of a record, judged by the server for the member. */
export interface Offer {
  readonly record: string
  readonly field: string
  readonly transition: string
  readonly label: string
  readonly to: string
  readonly allowed: boolean
  readonly reason: string | null
  readonly hint: string | null
  /** Of a refusal by its guard: the guard with its inputs. */
  readonly why: readonly WhyLine[]
  readonly requires: readonly string[]
  readonly form: readonly string[]
  readonly confirm: string | null
  readonly comment: 'required' | 'optional' | null
}

const offersKey = (object: string, id: string) => ['records', object, 'offers', id]

/** The transitions out of the present states of a record; @throws ApiError */
export async function readOffers(object: ObjectModel, id: string, signal?: AbortSignal): Promise<readonly Offer[]> {
  const query =
    'query Offers($object: String!, $ids: [ID!]!) { transitions(object: $object, ids: $ids) { record field transition label to allowed reason hint why { level text value holds remark } requires form confirm comment } }'
  return (await ask<{ transitions: Offer[] }>('/platform', query, { object: object.name, ids: [id] }, signal)).transitions
}

/** The same, kept while the record is on the page. */
export const useOffers = (object: ObjectModel, { id, version }: RecordValues, enabled: boolean) =>
  useQuery({
    queryKey: [...offersKey(object.name, id), version],
    queryFn: ({ signal }) => readOffers(object, id, signal),
    enabled,
    staleTime: 10_000,
  })

/** A change of a state of a record, as its history has it. */
export interface Move {
  readonly id: string
  readonly field: string
  readonly from: string | null
  readonly to: string
  readonly at: string
  readonly transition: string | null
  readonly comment: string | null
  readonly seconds: number | null
  readonly channel: string
}

/** The changes of the states of a record, newest first. */
export const useMoves = (object: ObjectModel, id: string, enabled: boolean) =>
  useQuery({
    queryKey: ['records', object.name, 'history', id, 'states'],
    queryFn: async ({ signal }) =>
      (
        await ask<{ stateHistory: Move[] }>(
          '/platform',
          'query Moves($object: String!, $id: ID!) { stateHistory(object: $object, id: $id, first: 100) { id field from to at transition comment seconds channel } }',
          { object: object.name, id },
          signal,
        )
      ).stateHistory,
    enabled,
  })

/** What is given with a transition. */
export interface Taking {
  readonly transition: string
  readonly data: Input
  readonly comment: string | null
  readonly version?: number | undefined
}

/** Takes a transition of a record; @throws ApiError */
export async function takeTransition(
  client: QueryClient,
  { name, plural }: ObjectModel,
  id: string,
  { transition, data, comment, version }: Taking,
  select: string,
): Promise<RecordValues> {
  const document = `mutation Take($id: ID!, $transition: String!, $data: ${typeNames(name).Update}, $comment: String, $version: Int) { record: ${rootNames(name, plural).mutations.transition}(id: $id, transition: $transition, data: $data, comment: $comment, version: $version) { ${select} } }`
  const { record } = await ask<{ record: RecordValues }>('/graphql', document, { id, transition, data, comment, version })
  patchShown(client, name, id, record)
  void client.invalidateQueries({ queryKey: ['totals'] })
  void client.invalidateQueries({ queryKey: ['records', name, 'history', id] })
  void client.invalidateQueries({ queryKey: ['records', name, 'one', id] })
  return record
}
