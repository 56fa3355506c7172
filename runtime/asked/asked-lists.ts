import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common'
import type { ListShape } from '@tessera/platform/tables/list-shape.js'
import { Database } from '../database/database.js'
import { sqlState } from '../database/transaction.js'
import { type Asked, keepAsked } from './asked-store.js'

/** What one statement asks of the lists of one workspace, and how often it did since that was last kept. */
export interface Tally {
  readonly schema: string
  readonly shapes: readonly ListShape[]
  count: number
}

const every = 60_000
/** Statements between two times of keeping; what comes beyond them is not counted. */
const mostTallies = 10_000

/** Counts in memory what requests ask of lists, and keeps it now and then: a request adds one to a number. */
@Injectable()
export class AskedLists implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('AskedLists')
  private counted: Tally[] = []
  private timer: NodeJS.Timeout | null = null

  constructor(@Inject(Database) private readonly database: Database) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.keep(), every).unref()
  }

  async onModuleDestroy(): Promise<void> {
    if (this.timer) clearInterval(this.timer)
    await this.keep()
  }

  /** A statement was sent. */
  count(tally: Tally): void {
    if (tally.count++ > 0) return
    if (this.counted.length < mostTallies) this.counted.push(tally)
    else tally.count = 0
  }

  /** Writes down what was counted, workspace by workspace; what cannot be written is let go. */
  async keep(): Promise<void> {
    const counted = this.counted
    this.counted = []
    for (const [schema, asked] of together(counted))
      await keepAsked(this.database.pool, schema, asked, new Date()).catch((error: unknown) => {
        // a workspace may be gone by now
        if (!/^(3F000|42P01)$/.test(sqlState(error))) this.log.error(error)
      })
  }
}

/** What was counted by workspace, equal shapes as one; the tallies begin anew. */
function together(counted: readonly Tally[]): Map<string, Asked> {
  const found = new Map<string, Map<string, { shape: ListShape; count: number }>>()
  for (const tally of counted) {
    const known = found.get(tally.schema) ?? new Map<string, { shape: ListShape; count: number }>()
    found.set(tally.schema, known)
    for (const shape of tally.shapes) {
      const key = JSON.stringify(shape)
      known.set(key, { shape, count: (known.get(key)?.count ?? 0) + tally.count })
    }
    tally.count = 0
  }
  return new Map([...found].map(([schema, shapes]) => [schema, [...shapes.values()]]))
}
