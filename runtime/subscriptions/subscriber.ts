import type { ChangeKind } from '../graphql/change-types.js'
import type { FollowAsked, Followed, FollowPlanned } from '../graphql/following.js'
import type { Connection } from './connection.js'
import { Mailbox, type Told } from './mailbox.js'

/** What is told of one record. */
export interface RecordTold {
  readonly kind: ChangeKind
  readonly id: string | null
  readonly cursor: string | null
  /** What each place shows of the record; null where it is not shown. */
  readonly records: readonly unknown[] | null
}

const resync: RecordTold = { kind: 'RESYNC', id: null, cursor: null, records: null }

/** Somebody who follows records: what they asked for, how far they have been told, and what waits to be sent. */
export class Subscriber {
  readonly mailbox: Mailbox
  /** Equal for those with an equal model and equal rights. */
  profileKey = ''

  /** @param position the last event that they have been told of */
  constructor(
    readonly connection: Connection,
    readonly asked: FollowAsked,
    public followed: Followed,
    public position: number,
    left: (subscriber: Subscriber) => void,
  ) {
    this.mailbox = new Mailbox(
      () => messageOf(this.followed.planned, resync),
      () => left(this),
    )
  }

  tell(told: RecordTold, size: number): void {
    this.mailbox.put(messageOf(this.followed.planned, told), size)
  }
}

/** A message as the document wants it. */
function messageOf({ rootKey, typeName, outputs }: FollowPlanned, { kind, id, cursor, records }: RecordTold): Told {
  const values = { kind, id, cursor, typename: typeName }
  const shown = outputs.map(({ key, show, index }) => [key, show === 'record' ? (records?.[index] ?? null) : values[show]] as const)
  return { data: { [rootKey]: Object.fromEntries(shown) } }
}
