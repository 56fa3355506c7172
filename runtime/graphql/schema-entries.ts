import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common'
import { Database } from '../database/database.js'
import { Writer } from '../records/writer.js'
import { BugReport } from './bug-report.js'
import type { RequestContext } from './request-context.js'
import { SchemaEntry } from './schema-entry.js'

const mostEntries = 60

/** The schemas in use, one for each model and profile; those used longest ago are forgotten. */
@Injectable()
export class SchemaEntries implements OnModuleDestroy {
  private readonly entries = new Map<string, SchemaEntry>()

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Writer) private readonly writer: Writer,
    @Inject(BugReport) private readonly bugs: BugReport,
  ) {}

  async onModuleDestroy(): Promise<void> {
    for (const entry of this.entries.values()) await entry.stop()
  }

  /** The schema of a caller's model and profile; made when first asked for. */
  of({ live, profile }: RequestContext): SchemaEntry {
    const key = `${live.hash} ${profile.key}`
    const known = this.entries.get(key)
    if (known) return known
    const entry = new SchemaEntry(live, profile, this.database, this.writer, this.bugs.report)
    this.entries.set(key, entry)
    if (this.entries.size > mostEntries) this.forgetOldest()
    return entry
  }

  private forgetOldest(): void {
    const [oldest] = this.entries.keys()
    const entry = this.entries.get(oldest ?? '')
    this.entries.delete(oldest ?? '')
    void entry?.stop()
  }
}
