/** What a slot is read from when a statement is executed: the operation's variables and who asks. */
export interface Env {
  readonly variables: Readonly<Record<string, unknown>>
  readonly context: Readonly<Record<string, unknown>>
}

/** A value that is known only when the statement runs; one slot is one `$n` however often it stands in the text. */
export class Slot {
  constructor(readonly read: (env: Env) => unknown) {}
}

/**
 * A piece of SQL: texts with parts between them, never mixed. A part is further SQL or a value. `texts` is one
 * longer than `parts`. Nothing is put together before the text is asked for.
 */
export class Sql {
  constructor(
    readonly texts: readonly string[],
    readonly parts: readonly unknown[],
  ) {}

  /** The text with `$n` for values and `?schema?` marks replaced; for tests and messages. */
  toString(): string {
    return render(this).text
  }
}

/** A statement ready for a schema: its text, and what stands at each `$n` (a value or a slot). */
export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

const mark = '\u0001'

/** Stands for the workspace's schema until `render` is told which; so one compiled text serves every workspace. */
export const schemaMark: Sql = new Sql([mark], [])

/** SQL from a template: nested SQL is spliced, everything else becomes a parameter. */
export const sql = (texts: TemplateStringsArray, ...parts: readonly unknown[]): Sql => new Sql(texts, parts)

/** Quoted identifiers joined by dots: `name('a', 'b')` is `"a"."b"`. */
export const name = (...parts: readonly string[]): Sql =>
  kept(parts.length === 1 ? ` ${parts[0]}` : `${parts.map(part => part.length).join()} ${parts.join('')}`, () => parts.map(quote).join('.'))

/** A table of the workspace's schema, qualified. */
export const workspaceTable = (table: string): Sql => kept(`${mark}${table}`, () => `${mark}.${quote(table)}`)

/** Identifiers come from models and code, again and again the same; there are no more kept than these. */
const identifiers = new Map<string, Sql>()
const mostIdentifiers = 20_000

function kept(key: string, text: () => string): Sql {
  const known = identifiers.get(key)
  if (known) return known
  const made = raw(text())
  if (identifiers.size >= mostIdentifiers) identifiers.clear()
  identifiers.set(key, made)
  return made
}

/** A text literal written out; for constants of the language only, never for what a person typed. */
export const literal = (text: string): Sql => raw(`'${text.replaceAll("'", "''")}'`)

/** A whole number written out, such as a limit. */
export function integer(value: number): Sql {
  if (!Number.isSafeInteger(value)) throw new Error(`Not a whole number: ${value}`)
  return raw(String(value))
}

/** A value as one parameter, even when it is an array. */
export const param = (value: unknown): Sql => new Sql(['', ''], [value])

/** Pieces joined by a separator; an empty list is empty SQL. */
export function join(pieces: readonly Sql[], separator = ', '): Sql {
  if (pieces.length === 0) return nothing
  const texts = new Array<string>(pieces.length + 1).fill(separator)
  texts[0] = texts[pieces.length] = ''
  return new Sql(texts, pieces)
}

/** Empty SQL. */
export const nothing: Sql = raw('')

/** The same piece with something else in the place of each slot; equal slots are handed over each time they stand there. */
export const replaceSlots = (piece: Sql, replace: (slot: Slot) => Sql): Sql =>
  mapValues(piece, value => (value instanceof Slot ? replace(value) : null))

/** The same piece with SQL in the place of those values for which there is some. */
export const mapValues = (piece: Sql, map: (value: unknown) => Sql | null): Sql =>
  new Sql(
    piece.texts,
    piece.parts.map(part => (part instanceof Sql ? mapValues(part, map) : (map(part) ?? part))),
  )

/** The same piece with nothing nested in it: for what is kept, and put together with others again and again. */
export function flat(piece: Sql): Sql {
  const into = { texts: [''], values: [] as unknown[] }
  flatten(piece, into)
  return new Sql(into.texts, into.values)
}

function flatten({ texts, parts }: Sql, into: { readonly texts: string[]; readonly values: unknown[] }): void {
  const add = (text: string | undefined) => {
    into.texts[into.values.length] += text ?? ''
  }
  add(texts[0])
  parts.forEach((part, at) => {
    if (part instanceof Sql) flatten(part, into)
    else into.texts[into.values.push(part)] = ''
    add(texts[at + 1])
  })
}

/** Conditions joined by `and`, each in brackets; none is `true`. */
export const all = (conditions: readonly Sql[]): Sql => combine(conditions, ' and ', 'true')

/** Conditions joined by `or`, each in brackets and so are all, since `and` binds stronger wherever they go; none is `false`. */
export const any = (conditions: readonly Sql[]): Sql => {
  const joined = combine(conditions, ' or ', 'false')
  return conditions.length > 1 ? sql`(${joined})` : joined
}

/**
 * The final text and its values.
 * @param schema the workspace's schema; without it the mark is shown as `schema`
 */
export function render(piece: Sql, schema?: string): Statement {
  const { text, values } = renderMarked(piece)
  return { text: schema === undefined ? text.replaceAll(mark, 'schema') : inSchema(text, schema), values }
}

/** The text with the mark still in it, and its values: what workspaces with an equal model share. `inSchema` finishes it. */
export function renderMarked(piece: Sql): Statement {
  const rendering: Rendering = { text: '', values: [], numbers: new Map() }
  write(piece, rendering)
  return { text: rendering.text, values: rendering.values }
}

/** A statement while it is put together, and the numbers that its slots have. */
interface Rendering {
  text: string
  readonly values: unknown[]
  readonly numbers: Map<Slot, number>
}

function write({ texts, parts }: Sql, into: Rendering): void {
  into.text += texts[0] ?? ''
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]
    if (part instanceof Sql) write(part, into)
    else into.text += `$${numberOf(part, into)}`
    into.text += texts[at + 1] ?? ''
  }
}

function numberOf(value: unknown, { values, numbers }: Rendering): number {
  if (!(value instanceof Slot)) return values.push(value)
  const known = numbers.get(value)
  if (known !== undefined) return known
  const number = values.push(value)
  numbers.set(value, number)
  return number
}

/** A text with a workspace's schema at each mark. */
export const inSchema = (text: string, schema: string): string => text.replaceAll(mark, () => quote(schema))

/** The values of a statement for one execution: slots are read, everything else stays. */
export const valuesOf = (statement: Statement, env: Env): unknown[] =>
  statement.values.map(value => (value instanceof Slot ? value.read(env) : value))

const quote = (part: string): string => {
  if (part.includes('\u0000') || part.includes(mark)) throw new Error('A name holds a forbidden character')
  return `"${part.replaceAll('"', '""')}"`
}

function raw(text: string): Sql {
  return new Sql([text], [])
}

const combine = (conditions: readonly Sql[], separator: string, none: string): Sql => {
  if (conditions.length === 0) return raw(none)
  const [only] = conditions
  return conditions.length === 1 && only
    ? only
    : join(
        conditions.map(condition => sql`(${condition})`),
        separator,
      )
}
