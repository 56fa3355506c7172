/** An address whose connections begin with these settings, beside those that it says itself. */
function beginning(url: string, settings: readonly string[]): string {
  const address = new URL(url)
  const options = settings.map(setting => `-c ${setting}`).join(' ')
  address.searchParams.set('options', `${address.searchParams.get('options') ?? ''} ${options}`.trim())
  return address.href
}

/** An address whose connections find nothing without its schema, but what is PostgreSQL's own. */
export const findingNothing = (url: string): string => beginning(url, ['search_path='])

/** A direct address whose connections may take as long as they need, whatever the role is told: an index over a large table does. */
export const unhurried = (url: string): string => beginning(url, ['statement_timeout=0', 'idle_in_transaction_session_timeout=0'])
