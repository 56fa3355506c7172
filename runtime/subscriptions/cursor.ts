import { isId } from '@tessera/platform/fields/id-text.js'

/**
 * The cursor of a message: the id of its last event, in 22 characters. Not its position: positions count all events of the workspace, also
 * those that the caller may know nothing of.
 */
export const cursorOf = (event: string): string => Buffer.from(event.replaceAll('-', ''), 'hex').toString('base64url')

/** The event that a cursor names; null when it is none. */
export function eventOf(cursor: string): string | null {
  const hex = /^[\w-]{22}$/.test(cursor) ? Buffer.from(cursor, 'base64url').toString('hex') : ''
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return isId(id) ? id : null
}
