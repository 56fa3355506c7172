import { sqlState } from './transaction.js'

/** The server says so itself: connection failures, shutting down, starting up, too many connections. */
const states = /^(08...|57P0[1-5]|53300)$/
/** The network says so. */
const network = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'])
/** What the driver says without a code. */
const words =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error)/

/** Whether work failed because the database, or the part of it that holds the data, cannot be reached right now. */
export function isBroken(error: unknown): boolean {
  const state = sqlState(error)
  if (states.test(state) || network.has(state)) return true
  if (!(error instanceof Error)) return false
  return words.test(error.message) || (error instanceof AggregateError && error.errors.some(isBroken))
}
