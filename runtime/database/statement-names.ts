import { createHash } from 'node:crypto'

/** As often a text comes without a name: what comes once or twice is not worth keeping. */
const unnamed = 3
/** As many texts are counted; those that came longest ago are forgotten. */
const mostCounted = 1_000
/** As many names are given while a connection lives, since each keeps a plan in PostgreSQL. */
const mostNames = 300

interface Counted {
  uses: number
  name: string | undefined
}

/** Which statements are named, so that each connection of PostgreSQL reads and plans them once: those that come again and again. */
export class StatementNames {
  private readonly counted = new Map<string, Counted>()
  private given = 0
  private since: number

  /**
   * @param lifetime milliseconds after which connections end, and with them what they keep
   * @param clock milliseconds of some clock
   */
  constructor(
    private readonly lifetime: number,
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.since = clock()
  }

  /** The name of a statement that is about to be sent, the same for the same text; undefined when it goes without one. */
  of(text: string): string | undefined {
    const found = this.counted.get(text)
    if (!found && !isNameable(text)) return undefined
    const known = found ?? { uses: 0, name: undefined }
    if (found) this.counted.delete(text)
    this.counted.set(text, known)
    const [oldest] = this.counted.keys()
    if (this.counted.size > mostCounted && oldest !== undefined) this.counted.delete(oldest)
    if (known.name === undefined && ++known.uses > unnamed && this.mayGive())
      known.name = `s${createHash('sha1').update(text).digest('base64url').slice(0, 20)}`
    return known.name
  }

  private mayGive(): boolean {
    const now = this.clock()
    if (now - this.since > this.lifetime) [this.given, this.since] = [0, now]
    return this.given++ < mostNames
  }
}

/** A statement over all columns of a table would fail under a name once the table has another one. */
const isNameable = (text: string): boolean => /^\s*(select|with|insert|update|delete)\s/i.test(text) && !/(\s|\.)\*(\s|,|$)/.test(text)
