/** A record, or values that belong together, that may be absent. */
export interface One<R> {
  readonly one: R
}

/** Values that are always there. */
export interface Own<R> {
  readonly own: R
}

/** Several of them. */
export interface List<R> {
  readonly list: R
}

/** A record of one of several objects, by their type names. */
export interface Either<R> {
  readonly either: R
}

/** A field that takes arguments, which are given as `$` within what is chosen of it. */
export interface With<F, A> {
  readonly field: F
  readonly args: A
}

/** What is wanted of a field: `true` for a value, fields for what has fields. */
export type Chosen<F> =
  F extends With<infer G, infer A>
    ? Chosen<G> & { readonly $?: A }
    : F extends One<infer R> | Own<infer R> | List<infer R>
      ? Selection<R>
      : F extends Either<infer R>
        ? { readonly [T in keyof R]?: Selection<R[T]> }
        : true

/** What is wanted of a record: its fields by name. */
export type Selection<R> = { readonly [K in keyof R]?: Chosen<R[K]> }

/** A choice that names nothing that is not there. */
export type Exact<F, S> =
  F extends With<infer G, unknown>
    ? Exact<G, S>
    : F extends One<infer R> | Own<infer R> | List<infer R>
      ? { readonly [K in keyof S]: K extends '$' ? S[K] : K extends keyof R ? Exact<R[K], S[K]> : never }
      : F extends Either<infer R>
        ? { readonly [K in keyof S]: K extends keyof R ? Exact<One<R[K]>, S[K]> : never }
        : S

/** The fields of a record that were chosen. */
export type Result<R, S> = { readonly [K in Exclude<keyof S, '$'> & keyof R]: Answer<R[K], S[K]> }

/** What a field answers for what was chosen of it; of a record of one of several objects, `__typename` tells of which. */
export type Answer<F, S> =
  F extends With<infer G, unknown>
    ? Answer<G, S>
    : F extends One<infer R>
      ? Result<R, S> | null
      : F extends Own<infer R>
        ? Result<R, S>
        : F extends List<infer R>
          ? readonly Result<R, S>[]
          : F extends Either<infer R>
            ? { [T in keyof R]: { readonly __typename: T } & (T extends keyof S ? Result<R[T], S[T]> : unknown) }[keyof R] | null
            : F

/** A question: its arguments, and what is wanted of the answer. */
export type Ask<A, F> = <const S extends Chosen<F>>(args: A, select: S & Exact<F, S>) => Promise<Answer<F, S>>

/** Every record of a list, page after page. */
export type Each<A, R> = <const S extends Selection<R>>(args: A, select: S & Exact<One<R>, S>) => AsyncGenerator<Result<R, S>, void>

/** One problem that the server found. */
export interface Issue {
  readonly code: string
  /** Where it is: a field, or a way to one such as `lines.0.quantity`. */
  readonly path: string
  /** For people, in the language of the client. */
  readonly message: string
  readonly hint?: string | null
  readonly severity?: string | null
  /** Of a warning: the rule that `confirm` takes. */
  readonly rule?: string | null
}

/** What the server refuses, with every problem at once. */
export class TesseraError extends Error {
  override readonly name = 'TesseraError'

  /**
   * @param code such as `VALIDATION_FAILED`, `CONFLICT` or `NOT_FOUND`
   * @param status of HTTP
   */
  constructor(
    message: string,
    readonly code: string,
    readonly issues: readonly Issue[],
    readonly status: number,
  ) {
    super(message)
  }
}

/** How the server is reached. */
export interface ClientOptions {
  /** Its address, such as `https://crm.example.org`. */
  readonly url: string
  /** An API key or a session's token; without one the browser's cookie counts. */
  readonly token?: string
  /** The slug of a workspace; the token's own unless said. */
  readonly workspace?: string
  /** Of messages, such as `zh-CN`. */
  readonly language?: string
  /** Called with the model's version when an answer comes from another one than before, or than this client was made for. */
  readonly onModelChange?: (version: number) => void
  readonly fetch?: typeof fetch
}

/** How a field of the answer goes on: the type of what has fields, whether it is one of several objects, and its arguments. */
interface Reach {
  readonly type: string
  readonly isEither?: true
  readonly args?: Readonly<Record<string, string>>
}

type Reaches = Readonly<Record<string, Readonly<Record<string, Reach>>>>

/** A root field: what it is called, what it answers, and the types of its arguments. */
interface Root extends Reach {
  readonly operation: 'query' | 'mutation'
  readonly field: string
}

type Roots = Readonly<Record<string, Readonly<Record<string, Root>>>>

type Json = Readonly<Record<string, unknown>>

/** A document that is being written, with the variables that it uses. */
class Document {
  readonly variables: Record<string, unknown> = {}
  private readonly declared: string[] = []

  constructor(private readonly reaches: Reaches) {}

  /** The text of an operation with one root field. */
  text({ operation, field, ...reach }: Root, args: Json, select: Json): string {
    const asked = `${field}${this.args(reach, args)}${this.fields(reach, select)}`
    const declared = this.declared.length > 0 ? `(${this.declared.join(', ')})` : ''
    return `${operation}${declared} { ${asked} }`
  }

  private args({ args: types = {} }: Reach, given: Json): string {
    const named = Object.entries(given).flatMap(([name, value]) => {
      const type = types[name]
      if (value === undefined) return []
      if (type === undefined) throw new TypeError(`There is no argument "${name}".`)
      const variable = `v${this.declared.length}`
      this.declared.push(`$${variable}: ${type}`)
      this.variables[variable] = value
      return [`${name}: $${variable}`]
    })
    return named.length > 0 ? `(${named.join(', ')})` : ''
  }

  private fields({ type, isEither }: Reach, select: Json): string {
    if (isEither) {
      const parts = Object.entries(select).map(([name, chosen]) => `... on ${name}${this.fields({ type: name }, chosen as Json)}`)
      return ` { ${['__typename', ...parts].join(' ')} }`
    }
    const chosen = Object.entries(select).filter(([name, wanted]) => name !== '$' && wanted !== undefined && wanted !== false)
    if (chosen.length === 0) throw new TypeError(`Nothing is chosen of ${type}.`)
    return ` { ${chosen.map(([name, wanted]) => `${name}${this.below(type, name, wanted)}`).join(' ')} }`
  }

  private below(type: string, name: string, wanted: unknown): string {
    const reach = this.reaches[type]?.[name]
    if (!reach) return ''
    const select = wanted as Json
    return `${this.args(reach, (select.$ ?? {}) as Json)}${this.fields(reach, select)}`
  }
}

/** Asks a server; `version` is that of the model that the client was made for. */
class Client {
  private known: number

  constructor(
    private readonly options: ClientOptions,
    private readonly reaches: Reaches,
    private readonly made: number,
  ) {
    this.known = made
  }

  /** Asks a root field and gives what it answers. */
  async ask(root: Root, args: Json, select: Json): Promise<unknown> {
    const document = new Document(this.reaches)
    const query = document.text(root, args, select)
    const data = await this.send(query, document.variables)
    return data[root.field]
  }

  /** Every record of a list, a page at a time. */
  async *each(root: Root, args: Json, select: Json): AsyncGenerator<unknown, void> {
    for (let after = args.after; ; ) {
      const page = (await this.ask(
        root,
        { first: 200, ...args, after },
        { nodes: select, pageInfo: { hasNextPage: true, endCursor: true } },
      )) as {
        readonly nodes: readonly unknown[]
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
      }
      yield* page.nodes
      if (!page.pageInfo.hasNextPage) return
      after = page.pageInfo.endCursor
    }
  }

  /** Sends any document. Throws `TesseraError` when the answer has errors. */
  async send(query: string, variables: Json = {}): Promise<Json> {
    const { url, token, workspace, language, fetch: send = fetch } = this.options
    const answer = await send(new URL('/graphql', url), {
      method: 'POST',
      credentials: 'same-origin',
      headers: {
        'content-type': 'application/json',
        // a refusal then says whether the model has changed since the client was made
        'x-tessera-version': String(this.made),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(workspace === undefined ? {} : { 'x-workspace': workspace }),
        ...(language === undefined ? {} : { 'accept-language': language }),
      },
      body: JSON.stringify({ query, variables }),
    })
    this.notice(Number(answer.headers.get('x-tessera-version')))
    const { data, errors } = await bodyOf(answer)
    const [first] = errors ?? []
    if (first || !data) throw errorOf(first, answer.status)
    return data
  }

  private notice(version: number): void {
    if (!version || version === this.known) return
    this.known = version
    this.options.onModelChange?.(version)
  }
}

interface AnsweredError {
  readonly message?: string
  readonly extensions?: { readonly code?: string; readonly issues?: readonly Issue[] }
}

async function bodyOf(answer: Response): Promise<{ readonly data?: Json | null; readonly errors?: readonly AnsweredError[] }> {
  try {
    return (await answer.json()) as { data?: Json | null; errors?: AnsweredError[] }
  } catch {
    return {}
  }
}

const errorOf = (error: AnsweredError | undefined, status: number): TesseraError =>
  new TesseraError(
    error?.message ?? `The server answered ${status}.`,
    error?.extensions?.code ?? 'INTERNAL',
    error?.extensions?.issues ?? [],
    status,
  )

/** A client with the methods of each object, and `send` for any document. */
export function clientOf(options: ClientOptions, roots: Roots, reaches: Reaches, version: number): unknown {
  const client = new Client(options, reaches, version)
  const methods = Object.entries(roots).map(([object, verbs]) => {
    const asks = Object.entries(verbs).map(([verb, root]) => [verb, (args: Json, select: Json) => client.ask(root, args, select)] as const)
    const { list } = verbs
    const each = list ? { each: (args: Json, select: Json) => client.each(list, args, select) } : {}
    return [object, { ...Object.fromEntries(asks), ...each }] as const
  })
  return { ...Object.fromEntries(methods), send: (query: string, variables?: Json) => client.send(query, variables) }
}
