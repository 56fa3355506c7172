import { join } from 'node:path'
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { Founding } from '../access/founding.js'
import { Database } from '../database/database.js'
import { schemaOf } from '../database/schema.js'
import { appsIn, readAppFolder, shippedMetadata } from './app-folder.js'
import { lockOf } from './expand.js'
import { furnish, type Template, templateOf } from './template.js'
import { newestNumber } from './version-store.js'

/** Gives every new workspace the apps that the product ships, as its first version. */
@Injectable()
export class InstallApp implements OnModuleInit {
  private template: Promise<Template> | null = null

  constructor(
    @Inject(Founding) private readonly founding: Founding,
    @Inject(Database) private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.founding.register({
      isDone: async (client, { slug }) => (await newestNumber(client, schemaOf(slug))) > 0,
      prepare: async () => void (await this.shipped()),
      furnish: async (client, { slug }) => {
        const schema = schemaOf(slug)
        await client.query('select pg_advisory_xact_lock($1)', [lockOf(schema)])
        if ((await newestNumber(client, schema)) === 0) await furnish(client, schema, await this.shipped())
      },
    })
  }

  /** The shipped apps, worked out when a workspace is first made by this process; what goes wrong is tried again by the next one. */
  private shipped(): Promise<Template> {
    this.template ??= shippedTemplate(this.database).catch((error: unknown) => {
      this.template = null
      throw error
    })
    return this.template
  }
}

/**
 * The template of apps that the product ships.
 * @param apps their names; all of them unless said
 * Throws when there is no such app, `VALIDATION_FAILED` when one is not sound.
 */
export function shippedTemplate({ pool }: Database, apps?: readonly string[], folder = shippedMetadata()): Promise<Template> {
  const known = appsIn(folder)
  const unknown = (apps ?? []).filter(app => !known.includes(app))
  if (unknown.length > 0) throw new Error(`There is no app "${unknown.join('", "')}". There are: ${known.join(', ')}.`)
  const put = (apps ?? known).flatMap(app => readAppFolder(join(folder, app)).map(({ text }) => JSON.parse(text) as unknown))
  return templateOf(put, pool)
}
