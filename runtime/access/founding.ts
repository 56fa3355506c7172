import { Inject, Injectable } from '@nestjs/common'
import { Database } from '../database/database.js'
import type { Workspace } from '../database/entities/workspace.js'
import type { Queryable } from '../database/queryable.js'
import { inTransaction } from '../database/transaction.js'
import { createWorkspace, type Furnishing, findWorkspace, type WorkspaceSettings } from '../database/workspace.js'

/** What a new workspace gets before its first member comes in. */
export interface FoundingStep {
  /** Whether a workspace that is there has it already. */
  readonly isDone: (client: Queryable, workspace: Workspace) => Promise<boolean>
  /** Gets ready what all workspaces share, outside of any transaction. */
  readonly prepare: () => Promise<void>
  /** Does nothing where it was done already. */
  readonly furnish: Furnishing
}

/** Makes workspaces that are ready for work: other rooms add what theirs need, such as the first published version. */
@Injectable()
export class Founding {
  private readonly steps: FoundingStep[] = []

  constructor(@Inject(Database) private readonly database: Database) {}

  /** Adds a step that every workspace founded from now on runs through, in the order of registering. */
  register(step: FoundingStep): void {
    this.steps.push(step)
  }

  /** Makes the workspace with all steps in one transaction; one that is there already, as an older release may have left it, runs through them too. */
  async found(slug: string, name: string, settings: Partial<WorkspaceSettings> & { readonly demo?: boolean } = {}): Promise<Workspace> {
    const present = await findWorkspace(this.database, slug)
    if (present && (await this.isWhole(present))) return present
    for (const { prepare } of this.steps) await prepare()
    if (!present) return createWorkspace(this.database, slug, name, settings, (client, workspace) => this.furnish(client, workspace))
    await inTransaction(this.database.pool, client => this.furnish(client, present))
    return present
  }

  private async isWhole(workspace: Workspace): Promise<boolean> {
    for (const step of this.steps) if (!(await step.isDone(this.database.pool, workspace))) return false
    return true
  }

  private async furnish(client: Queryable, workspace: Workspace): Promise<void> {
    for (const step of this.steps) await step.furnish(client, workspace)
  }
}
