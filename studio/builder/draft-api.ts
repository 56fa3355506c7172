import { type Elements, elementsOf, type Json } from '@tessera/platform/editing/elements.js'
import { ask } from '../api/client.js'
import type { Entries, Entry } from './draft.js'

/** A draft as the server lists it. */
export interface DraftHead {
  readonly id: string
  readonly name: string
  readonly author: string
  readonly editors: readonly string[]
  readonly base: number
  readonly revision: number
  readonly count: number
  readonly changedBy: string
  readonly changedAt: string
}

/** A draft with its entries by path. */
export interface WholeDraft extends DraftHead {
  readonly entries: Entries
}

const head = 'id name author editors base revision count changedBy changedAt'

type Sent = DraftHead & { readonly entries: readonly Entry[] }
const byPath = (entries: readonly Entry[]): Entries =>
  Object.fromEntries(
    entries.flatMap(entry => {
      const [path] = Object.keys(elementsOf([entry.after ?? entry.before]))
      return path === undefined ? [] : [[path, entry] as const]
    }),
  )
const whole = (sent: Sent): WholeDraft => ({ ...sent, entries: byPath(sent.entries) })

/** The drafts that this member may open, the latest first. */
export const listDrafts = async (signal?: AbortSignal): Promise<readonly DraftHead[]> =>
  (await ask<{ drafts: DraftHead[] }>('/platform', `query Drafts { drafts { ${head} } }`, {}, signal)).drafts

export const openDraft = async (id: string): Promise<WholeDraft> =>
  whole((await ask<{ draft: Sent }>('/platform', `query Draft($id: ID!) { draft(id: $id) { ${head} entries } }`, { id })).draft)

export const beginDraft = async (name: string, entries: Entries): Promise<DraftHead> => {
  const document = `mutation BeginDraft($name: String!, $entries: [JSON!]!) { beginDraft(name: $name, entries: $entries) { ${head} } }`
  return (await ask<{ beginDraft: DraftHead }>('/platform', document, { name, entries: Object.values(entries) })).beginDraft
}

export const saveDraft = async (id: string, revision: number, base: number, entries: Entries): Promise<DraftHead> => {
  const document = `mutation SaveDraft($id: ID!, $revision: Int!, $base: Int!, $entries: [JSON!]!) {
    saveDraft(id: $id, revision: $revision, base: $base, entries: $entries) { ${head} } }`
  const variables = { id, revision, base, entries: Object.values(entries) }
  return (await ask<{ saveDraft: DraftHead }>('/platform', document, variables)).saveDraft
}

export const describeDraft = async (id: string, name: string, editors: readonly string[]): Promise<DraftHead> => {
  const document = `mutation DescribeDraft($id: ID!, $name: String!, $editors: [ID!]!) { describeDraft(id: $id, name: $name, editors: $editors) { ${head} } }`
  return (await ask<{ describeDraft: DraftHead }>('/platform', document, { id, name, editors })).describeDraft
}

export const discardDraft = async (id: string): Promise<void> => {
  await ask('/platform', 'mutation DiscardDraft($id: ID!) { discardDraft(id: $id) }', { id })
}

/** All definitions of a version. */
export const definitionsOf = async (version: number, signal?: AbortSignal): Promise<Elements> => {
  const document = 'query Definitions($version: Int) { definitions(version: $version) }'
  const asked = version > 0 ? version : null
  return elementsOf((await ask<{ definitions: Json[] }>('/platform', document, { version: asked }, signal)).definitions)
}

/** A member, with what tells whether they build. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly roles: readonly string[]
  readonly active: boolean
  readonly service: boolean
}

/** The members of the workspace. */
export const listPeople = async (signal?: AbortSignal): Promise<readonly Person[]> =>
  (await ask<{ members: Person[] }>('/platform', 'query People { members { id name email roles active service } }', {}, signal)).members
