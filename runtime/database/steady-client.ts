import pg, { type ClientConfig } from 'pg'

/**
 * A connection whose end is told by the statement that runs on it, and by nothing else: one that breaks while it is lent by a pool would
 * otherwise end the whole process, since nobody listens to it then.
 */
export class SteadyClient extends pg.Client {
  constructor(config?: string | ClientConfig) {
    super(config)
    this.on('error', () => undefined)
  }
}
