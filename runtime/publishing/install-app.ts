import { join } from 'node:path'
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { Founding } from '../access/founding.js'
import type { Workspace } from '../database/entities/workspace.js'
import { schemaOf } from '../database/schema.js'
import { appsIn, readAppFolder, shippedMetadata } from './app-folder.js'
import { Publisher } from './publisher.js'

/** Gives every new workspace the apps that the product ships, as its first version. */
@Injectable()
export class InstallApp implements OnModuleInit {
  constructor(
    @Inject(Founding) private readonly founding: Founding,
    @Inject(Publisher) private readonly publisher: Publisher,
  ) {}

  onModuleInit(): void {
    this.founding.register(workspace => this.install(workspace))
  }

  /** Publishes the shipped apps as the base layer, unless the workspace has a version already. */
  async install(workspace: Pick<Workspace, 'slug'>, folder = shippedMetadata()): Promise<void> {
    const schema = schemaOf(workspace.slug)
    if ((await this.publisher.versions(schema)).length > 0) return
    const put = appsIn(folder).flatMap(app => readAppFolder(join(folder, app)).map(({ text }) => JSON.parse(text) as unknown))
    await this.publisher.publish({ put, remove: [], confirm: [], expectedVersion: 0, message: null }, schema, null, 'base')
  }
}
