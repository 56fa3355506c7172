import { Inject, Injectable } from '@nestjs/common'
import { Database } from '../database/database.js'
import type { Workspace } from '../database/entities/workspace.js'
import { createWorkspace, findWorkspace, type WorkspaceSettings } from '../database/workspace.js'

/** What a new workspace gets before its first member comes in. */
export type FoundingStep = (workspace: Workspace) => Promise<void>

/** Makes workspaces that are ready for work: other rooms add what theirs need, such as the first published version. */
@Injectable()
export class Founding {
  private readonly steps: FoundingStep[] = []

  constructor(@Inject(Database) private readonly database: Database) {}

  /** Adds a step that every workspace founded from now on runs through, in the order of registering. */
  register(step: FoundingStep): void {
    this.steps.push(step)
  }

  /** Makes the workspace, or takes the one that a crash left unfinished, and runs all steps; each step may run again. */
  async found(slug: string, name: string, settings: Partial<WorkspaceSettings> & { readonly demo?: boolean } = {}): Promise<Workspace> {
    const workspace = (await findWorkspace(this.database, slug)) ?? (await createWorkspace(this.database, slug, name, settings))
    for (const step of this.steps) await step(workspace)
    return workspace
  }
}
