/** One message of a subscription, as graphql-ws sends it. */
export interface Told {
  readonly data: Readonly<Record<string, unknown>>
}

/** So many messages wait for a client that reads slowly, and so much text of records. */
export const mailboxLimits = { messages: 200, characters: 1_000_000 } as const

/**
 * What waits to be sent to one subscriber. When more waits than it holds, everything goes and one word stands for it: read again.
 * It is what graphql-ws iterates over; a message is taken only when the one before it has left for the network.
 */
export class Mailbox implements AsyncGenerator<Told, undefined> {
  private readonly waiting: { readonly told: Told; readonly size: number }[] = []
  private characters = 0
  private taker: { readonly give: (result: IteratorResult<Told, undefined>) => void; readonly fail: (error: unknown) => void } | null = null
  private end: { readonly error: unknown } | null = null

  /**
   * @param again the message that says to read again
   * @param left called once, when nobody listens any more
   */
  constructor(
    private readonly again: () => Told,
    private readonly left: () => void,
  ) {}

  /** Hands over a message, `size` characters long; never waits. */
  put(told: Told, size: number): void {
    if (this.end) return
    if (this.taker) {
      this.taker.give({ value: told, done: false })
      this.taker = null
      return
    }
    this.waiting.push({ told, size })
    this.characters += size
    if (this.waiting.length > mailboxLimits.messages || this.characters > mailboxLimits.characters) this.putAgain()
  }

  /** Says to read again, instead of everything that waits. */
  putAgain(): void {
    this.waiting.length = 0
    this.characters = 0
    this.put(this.again(), 0)
  }

  /** Ends with an error, behind nothing: what waits is not sent any more. */
  fail(error: unknown): void {
    if (this.end) return
    this.end = { error }
    this.waiting.length = 0
    this.taker?.fail(error)
    this.taker = null
    this.left()
  }

  next(): Promise<IteratorResult<Told, undefined>> {
    const first = this.waiting.shift()
    if (first) {
      this.characters -= first.size
      return Promise.resolve({ value: first.told, done: false })
    }
    if (this.end) return this.end.error === null ? Promise.resolve(done) : Promise.reject(this.end.error)
    return new Promise((give, fail) => {
      this.taker = { give, fail }
    })
  }

  /** The client wants no more, or its connection is gone. */
  return(): Promise<IteratorResult<Told, undefined>> {
    if (!this.end) {
      this.end = { error: null }
      this.waiting.length = 0
      this.taker?.give(done)
      this.taker = null
      this.left()
    }
    return Promise.resolve(done)
  }

  throw(error: unknown): Promise<IteratorResult<Told, undefined>> {
    this.fail(error)
    return Promise.reject(error)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }
}

const done: IteratorResult<Told, undefined> = { value: undefined, done: true }
