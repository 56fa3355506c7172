import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common'
import { AskedLists } from '../asked/asked-lists.js'
import { Database } from '../database/database.js'
import { type KeptMap, Memory } from '../memory/memory.js'
import { Writer } from '../records/writer.js'
import { FieldUses } from '../usage/field-uses.js'
import { BugReport } from './bug-report.js'
import type { RequestContext } from './request-context.js'
import { SchemaEntry } from './schema-entry.js'

/** The schemas in use, one for each model and profile, whichever workspaces have them. */
@Injectable()
export class SchemaEntries implements OnModuleDestroy {
  private readonly entries: KeptMap<SchemaEntry>

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Writer) private readonly writer: Writer,
    @Inject(BugReport) private readonly bugs: BugReport,
    @Inject(Memory) private readonly memory: Memory,
    @Inject(AskedLists) private readonly asked: AskedLists,
    @Inject(FieldUses) private readonly used: FieldUses,
  ) {
    this.entries = memory.map(
      entry => entry.bytes,
      entry => entry.close(),
    )
  }

  async onModuleDestroy(): Promise<void> {
    const last = this.entries.values()
    this.entries.close()
    await Promise.all(last.map(entry => entry.stop()))
  }

  /** The schema of a caller's model and profile; made when first asked for. */
  of({ live, profile }: RequestContext): SchemaEntry {
    const key = `${live.hash} ${profile.key}`
    const known = this.entries.get(key)
    if (known) return known
    const entry = new SchemaEntry(live, profile, this.database, this.writer, this.bugs.report, this.memory, this.asked, this.used)
    this.entries.set(key, entry)
    return entry
  }
}
