/** Something kept, in the order of use of everything that is. */
interface Entry {
  readonly bytes: number
  readonly forget: () => void
}

/**
 * One bound for everything that is kept only so that the next request is answered faster: models, schemas, documents, plans, texts.
 * What was used longest ago is forgotten first, whatever it is; who holds it already goes on with it.
 */
export class Memory {
  private readonly entries = new Set<Entry>()
  private used = 0

  /** @param most bytes, by estimates that were measured */
  constructor(readonly most: number) {}

  /** Estimated bytes of all that is kept now. */
  get bytes(): number {
    return this.used
  }

  /**
   * A map whose values count.
   * @param bytesOf an estimate for a value, without its key
   * @param forgotten told of each value that leaves, for whatever reason
   */
  map<V>(bytesOf: (value: V) => number, forgotten: (value: V) => void = () => undefined): KeptMap<V> {
    return new KeptMap(this, bytesOf, forgotten)
  }

  /** For maps only: something is kept, and for it others may be forgotten. */
  add(entry: Entry): void {
    this.entries.add(entry)
    this.used += entry.bytes
    // the newest stays even where it is larger than the bound: it is about to be used
    for (const oldest of this.entries) {
      if (this.used <= this.most || oldest === entry) return
      oldest.forget()
    }
  }

  /** For maps only: something was used. */
  touch(entry: Entry): void {
    this.entries.delete(entry)
    this.entries.add(entry)
  }

  /** For maps only: something is not kept any more. */
  remove(entry: Entry): void {
    if (this.entries.delete(entry)) this.used -= entry.bytes
  }
}

interface Held<V> extends Entry {
  readonly value: V
}

/** So much an entry costs beside its key and value. */
const overhead = 200

/** A part of the memory. */
export class KeptMap<V> {
  private readonly held = new Map<string, Held<V>>()
  private isClosed = false

  constructor(
    private readonly memory: Memory,
    private readonly bytesOf: (value: V) => number,
    private readonly forgotten: (value: V) => void,
  ) {}

  get size(): number {
    return this.held.size
  }

  /** The value under a key, which is used by that. */
  get(key: string): V | undefined {
    const known = this.held.get(key)
    if (known === undefined) return undefined
    this.memory.touch(known)
    return known.value
  }

  /** Keeps a value; after `close` nothing is kept. */
  set(key: string, value: V): void {
    this.delete(key)
    if (this.isClosed) return
    const entry = { value, bytes: overhead + key.length + this.bytesOf(value), forget: () => this.delete(key) }
    this.held.set(key, entry)
    this.memory.add(entry)
  }

  delete(key: string): void {
    const known = this.held.get(key)
    if (known === undefined) return
    this.held.delete(key)
    this.memory.remove(known)
    this.forgotten(known.value)
  }

  values(): V[] {
    return [...this.held.values()].map(({ value }) => value)
  }

  /** Forgets everything, also what is set later by a request that is under way. */
  close(): void {
    this.isClosed = true
    for (const key of [...this.held.keys()]) this.delete(key)
  }
}
