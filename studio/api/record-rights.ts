import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import type { WhyLine } from '@tessera/platform/records/explanation.js'
import { ask } from './client.js'
import { rereadRecords } from './writes.js'

/** One thing that gives or withholds an action on a record. */
export interface AccessReason {
  kind: string
  role: string | null
  name: string | null
  holds: boolean
  text: string
  /** What it comes down to: the conditions of a rule with what stands in the record, shares, what opens the parent. */
  lines: readonly WhyLine[]
}

/** What one may do with a record, and by what. */
export interface ExplainedAction {
  action: string
  allowed: boolean
  reasons: readonly AccessReason[]
}

const explainDocument =
  'query Explain($object: String!, $id: ID!, $member: ID) { explainAccess(object: $object, id: $id, member: $member) { action allowed reasons { kind role name holds text lines { level text value holds remark } } } }'

/** Why a member may do what with a record; of oneself unless another is named, which is for admins. */
export const useExplainedAccess = (object: ObjectModel, id: string, member: string | null) =>
  useQuery({
    queryKey: ['explain', object.name, id, member],
    queryFn: async ({ signal }) =>
      (await ask<{ explainAccess: ExplainedAction[] }>('/platform', explainDocument, { object: object.name, id, member }, signal))
        .explainAccess,
    retry: false,
    gcTime: 0,
  })

/** Somebody with whom a record is shared. */
export interface Share {
  id: string
  grantee: string
  kind: string
  level: 'read' | 'edit'
  until: string | null
}

const sharesKey = (object: ObjectModel, id: string) => ['shares', object.name, id]

/** With whom a record is shared, for those who may share it. */
export const useShares = (object: ObjectModel, id: string) =>
  useQuery({
    queryKey: sharesKey(object, id),
    queryFn: async ({ signal }) =>
      (
        await ask<{ shares: Share[] }>(
          '/platform',
          'query Shares($object: String!, $id: ID!) { shares(object: $object, id: $id) { id grantee kind level until } }',
          { object: object.name, id },
          signal,
        )
      ).shares,
    retry: false,
  })

const shareDocument = `mutation Share($object: String!, $id: ID!, $with: ID!, $level: String!, $until: DateTime) {
  shareRecord(object: $object, id: $id, with: $with, level: $level, until: $until) { id } }`

/** Shares a record, or changes how; again with the same grantee. */
export function useShare(object: ObjectModel, id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (share: { with: string; level: string; until: string | null }) =>
      ask('/platform', shareDocument, { object: object.name, id, ...share }),
    onSuccess: () => client.invalidateQueries({ queryKey: sharesKey(object, id) }),
  })
}

/** Takes a share back. */
export function useUnshare(object: ObjectModel, id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (grantee: string) =>
      ask(
        '/platform',
        'mutation Unshare($object: String!, $id: ID!, $with: ID!) { unshareRecord(object: $object, id: $id, with: $with) }',
        { object: object.name, id, with: grantee },
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: sharesKey(object, id) }),
  })
}

const poolDocuments = {
  claim: 'mutation Claim($object: String!, $id: ID!) { claimRecord(object: $object, id: $id) }',
  release: 'mutation Release($object: String!, $id: ID!) { releaseRecord(object: $object, id: $id) }',
} as const

/** Takes a record out of the pool, or gives it back; what is shown is read anew, also when somebody else was faster. */
export function usePoolDeed(object: ObjectModel, deed: keyof typeof poolDocuments) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => ask('/platform', poolDocuments[deed], { object: object.name, id }),
    onSettled: () => rereadRecords(client),
  })
}

/** Shows a masked value whole; the server keeps who saw it. @throws ApiError */
export async function revealValue(object: ObjectModel, id: string, field: string): Promise<string | null> {
  const document = 'mutation Reveal($object: String!, $id: ID!, $field: String!) { reveal(object: $object, id: $id, field: $field) }'
  return (await ask<{ reveal: string | null }>('/platform', document, { object: object.name, id, field })).reveal
}
