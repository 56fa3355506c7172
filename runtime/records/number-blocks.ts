import { render, sql, valuesOf, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'

/** As many numbers a node reserves at once. */
const blockSize = 50
/** As many counters a node holds blocks of; the oldest goes first, and its numbers with it. */
const mostBlocks = 2000

interface Block {
  next: bigint
  end: bigint
  /** The last request in line: one after the other takes numbers. */
  turn: Promise<unknown>
}

/** The numbers that this node has reserved and not given out: nobody waits for the transaction of somebody else, and what a rollback drops is lost. */
export class NumberBlocks {
  private readonly blocks = new Map<string, Block>()

  /** @param connection of its own, beside those of transactions, so that reserving never waits for one */
  constructor(private readonly connection: () => Queryable) {}

  /**
   * Numbers behind each other that nobody else gets.
   * @param counter the name of its row in the workspace
   * @returns the first of them
   */
  take(schema: string, counter: string, count: number): Promise<bigint> {
    const block = this.blockOf(`${schema} ${counter}`)
    const taken = block.turn.then(async () => {
      if (block.end - block.next + 1n < BigInt(count)) {
        const size = count + blockSize
        const end = await this.reserve(schema, counter, size)
        block.next = end - BigInt(size) + 1n
        block.end = end
      }
      const first = block.next
      block.next += BigInt(count)
      return first
    })
    block.turn = taken.catch(() => undefined)
    return taken
  }

  private blockOf(key: string): Block {
    const block = this.blocks.get(key) ?? { next: 1n, end: 0n, turn: Promise.resolve() }
    this.blocks.delete(key)
    this.blocks.set(key, block)
    const [oldest] = this.blocks.keys()
    if (this.blocks.size > mostBlocks && oldest !== undefined) this.blocks.delete(oldest)
    return block
  }

  private async reserve(schema: string, counter: string, size: number): Promise<bigint> {
    const statement = render(
      sql`insert into ${workspaceTable('_counter')} as c (name, n) values (${counter}, ${size}) on conflict (name) do update set n = c.n + excluded.n returning n`,
      schema,
    )
    const { rows } = await this.connection().query(statement.text, valuesOf(statement, { variables: {}, context: {} }) as unknown[])
    return BigInt((rows[0] as { n: string } | undefined)?.n ?? 0)
  }
}
