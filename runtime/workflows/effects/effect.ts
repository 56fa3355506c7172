import type { Effect } from '@tessera/platform/actions/action.js'
import type { PoolClient } from 'pg'
import type { WriteContext } from '../../records/write-context.js'
import type { Writer } from '../../records/writer.js'

/** Where an effect is performed: in the transaction that saves the run, so that both are kept or neither. */
export interface EffectPlace {
  readonly client: PoolClient
  readonly writer: Writer
  readonly context: WriteContext
}

/** Performs an effect; any throw takes the step back, and it is tried again later. */
export type Performer<E extends Effect> = (effect: E, place: EffectPlace) => Promise<void>
