/** A text as a literal of TypeScript. */
export const printed = (text: string): string => `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`

/** The name of a member; reserved words are allowed there. */
export const member = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : printed(name))

/** A description as a comment on its own line; nothing for none. */
export const documented = (text: string | null | undefined, indent = ''): string =>
  text ? `${indent}/** ${text.replaceAll('*/', '*\\/').replace(/\s*\n\s*/g, ' ')} */\n` : ''

/** A union of literals. */
export const union = (values: readonly string[]): string => (values.length > 0 ? values.map(printed).join(' | ') : 'never')
