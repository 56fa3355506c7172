import type { Caller } from '../access/caller.js'
import { type Noted, type Noting, note } from './entry.js'

/** Writes into the log what a caller did; who looks through the eyes of another did it themselves. */
export const noteBy = (
  client: Noting,
  {
    workspace,
    member,
    channel,
    viewing,
  }: Pick<Caller, 'member' | 'channel'> & Partial<Pick<Caller, 'viewing'>> & { readonly workspace: Pick<Caller['workspace'], 'schema'> },
  entry: Omit<Noted, 'actor' | 'channel'>,
): Promise<void> => note(client, workspace.schema, { ...entry, actor: viewing?.by.id ?? member.id, channel })
