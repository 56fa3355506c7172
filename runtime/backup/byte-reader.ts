const newline = 10
const longestLine = 64 * 1024 * 1024

/** Reads lines and stretches from a stream of bytes without holding more of it than a line or a chunk. */
export class ByteReader {
  private readonly source: AsyncIterator<Uint8Array>
  private kept: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]()
  }

  /** The next line without its end, or null after the last one. */
  async line(): Promise<string | null> {
    const parts: Buffer[] = []
    let length = 0
    for (;;) {
      const end = this.kept.indexOf(newline)
      if (end >= 0) {
        const line = Buffer.concat([...parts, this.kept.subarray(0, end)]).toString('utf8')
        this.kept = this.kept.subarray(end + 1)
        return line
      }
      parts.push(this.kept)
      length += this.kept.length
      if (length > longestLine) throw new Error('The file has a line that no backup has.')
      if (!(await this.next())) return length === 0 ? null : Buffer.concat(parts).toString('utf8')
    }
  }

  /** Lines as they are, in chunks of any size, up to one that is exactly so; that one is taken too. Throws when it never comes. */
  async *until(last: string): AsyncGenerator<Buffer> {
    const [first, inner] = [Buffer.from(`${last}\n`), Buffer.from(`\n${last}\n`)]
    while (this.kept.length < first.length) if (!(await this.more())) throw cutOff()
    if (this.kept.subarray(0, first.length).equals(first)) {
      this.kept = this.kept.subarray(first.length)
      return
    }
    for (;;) {
      const at = this.kept.indexOf(inner)
      if (at >= 0) {
        yield this.kept.subarray(0, at + 1)
        this.kept = this.kept.subarray(at + inner.length)
        return
      }
      // what could be the beginning of the last line stays
      const sure = Math.max(0, this.kept.length - inner.length + 1)
      if (sure > 0) yield this.kept.subarray(0, sure)
      this.kept = this.kept.subarray(sure)
      if (!(await this.more())) throw cutOff()
    }
  }

  /** Replaces what is kept by the next chunk. */
  private async next(): Promise<boolean> {
    const { value, done } = await this.source.next()
    this.kept = done ? Buffer.alloc(0) : Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    return !done
  }

  /** Adds the next chunk to what is kept. */
  private async more(): Promise<boolean> {
    const before = this.kept
    const isThere = await this.next()
    this.kept = Buffer.concat([before, this.kept])
    return isThere
  }
}

/** What is said when a file ends too early. */
export const cutOff = (): Error => new Error('The backup file is cut off: its end is missing.')
