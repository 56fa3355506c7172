import pg, { type ClientConfig } from 'pg'

/** Both are told when a connection begins, in a way that old poolers pass on and keep apart for each client. */
const settings = { TimeZone: 'UTC', DateStyle: 'ISO' }

/**
 * A connection with the same settings wherever it leads: what the driver reads as a date does not depend on how a server writes one.
 * Its end is told by the statement that runs on it, and by nothing else: one that breaks while it is lent by a pool would otherwise end
 * the whole process, since nobody listens to it then.
 */
export class SteadyClient extends pg.Client {
  constructor(config?: string | ClientConfig) {
    super(config)
    this.on('error', () => undefined)
    const self = this as unknown as { getStartupConf(): Record<string, unknown> }
    const configured = self.getStartupConf.bind(this)
    self.getStartupConf = () => ({ ...configured(), ...settings })
  }
}
