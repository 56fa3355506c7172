import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common'
import type { UsedField } from '@tessera/platform/query/used-fields.js'
import { Database } from '../database/database.js'
import { sqlState } from '../database/transaction.js'
import { type FieldAccess, type FieldUse, keepFieldUses } from './field-use-store.js'

/** What one statement reads in one workspace, and how often each API key sent it since that was last kept. */
export interface UseTally {
  readonly schema: string
  readonly fields: readonly UsedField[]
  readonly counts: Map<string, number>
}

const every = 60_000
/** Statements, and fields that were written, between two times of keeping; what comes beyond them is not counted. */
const mostTallies = 10_000

/** Counts in memory which fields API keys use, and keeps it now and then: a read adds one to a number, a write one for each field that it names. */
@Injectable()
export class FieldUses implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('FieldUses')
  private reads: UseTally[] = []
  private writes = new Map<string, FieldUse & { readonly schema: string; count: number }>()
  private timer: NodeJS.Timeout | null = null

  constructor(@Inject(Database) private readonly database: Database) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.keep(), every).unref()
  }

  async onModuleDestroy(): Promise<void> {
    if (this.timer) clearInterval(this.timer)
    await this.keep()
  }

  /** An API key sent a statement that reads. */
  countRead(tally: UseTally, key: string): void {
    const { counts } = tally
    const isNew = counts.size === 0
    if (isNew && this.reads.length >= mostTallies) return
    counts.set(key, (counts.get(key) ?? 0) + 1)
    if (isNew) this.reads.push(tally)
  }

  /** An API key did something to fields that no kept statement stands for, such as writing them. */
  count(schema: string, key: string, access: FieldAccess, fields: readonly UsedField[]): void {
    for (const { object, field } of fields) {
      const at = `${schema} ${key} ${access} ${object} ${field}`
      const known = this.writes.get(at)
      if (known) known.count++
      else if (this.writes.size < mostTallies) this.writes.set(at, { schema, key, access, object, field, count: 1 })
    }
  }

  /** Writes down what was counted, workspace by workspace; what cannot be written is let go. */
  async keep(): Promise<void> {
    const [reads, writes] = [this.reads, this.writes]
    this.reads = []
    this.writes = new Map()
    for (const [schema, uses] of together(reads, [...writes.values()]))
      await keepFieldUses(this.database.pool, schema, uses, new Date()).catch((error: unknown) => {
        // a workspace may be gone by now
        if (!/^(3F000|42P01)$/.test(sqlState(error))) this.log.error(error)
      })
  }
}

/** What was counted by workspace, each field of a key once; the tallies begin anew. */
function together(
  reads: readonly UseTally[],
  writes: readonly (FieldUse & { readonly schema: string })[],
): ReadonlyMap<string, readonly FieldUse[]> {
  const found = new Map<string, Map<string, FieldUse>>()
  const add = (schema: string, use: FieldUse) => {
    const known = found.get(schema) ?? new Map<string, FieldUse>()
    found.set(schema, known)
    const at = [use.key, use.access, use.object, use.field].join(' ')
    known.set(at, { ...use, count: use.count + (known.get(at)?.count ?? 0) })
  }
  for (const { schema, fields, counts } of reads) {
    for (const [key, count] of counts) for (const field of fields) add(schema, { ...field, key, access: 'read', count })
    counts.clear()
  }
  for (const { schema, ...use } of writes) add(schema, use)
  return new Map([...found].map(([schema, uses]) => [schema, [...uses.values()]]))
}
