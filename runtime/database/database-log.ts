/** What opening and migrating a database tells on the way. */
export interface DatabaseLog {
  info(line: string): void
  error(error: Error, line: string): void
}
