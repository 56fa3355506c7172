import type { Caller } from '../access/caller.js'
import { type Noted, type Noting, note } from './entry.js'

/** Writes into the log what a caller did. */
export const noteBy = (
  client: Noting,
  { workspace, member, channel }: Pick<Caller, 'member' | 'channel'> & { readonly workspace: Pick<Caller['workspace'], 'schema'> },
  entry: Omit<Noted, 'actor' | 'channel'>,
): Promise<void> => note(client, workspace.schema, { ...entry, actor: member.id, channel })
