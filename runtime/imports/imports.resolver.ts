import { Inject } from '@nestjs/common'
import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql'
import { issue } from '@tessera/platform/errors.js'
import { isId } from '@tessera/platform/fields/id-text.js'
import type { Caller } from '../access/caller.js'
import { requireCaller } from '../access/require.js'
import { Database } from '../database/database.js'
import { FileStore, type StoredFile } from '../files/file-store.js'
import { Json } from '../publishing/json.js'
import { RequestError } from '../request-error.js'
import { columnNames } from './file-row.js'
import { ImportRunner } from './import-runner.js'
import { addImport, findImport, type ImportJob, listImports } from './import-store.js'
import { planOf } from './importing.js'
import { ImportInspection, ImportJobInfo } from './imports.types.js'
import { inspect } from './inspect.js'
import { mappingOf } from './mapping-input.js'
import { tableForm, tableRows } from './table.js'
import { requireImport, WhoImports } from './who-imports.js'

@Resolver()
export class ImportsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FileStore) private readonly files: FileStore,
    @Inject(WhoImports) private readonly who: WhoImports,
    @Inject(ImportRunner) private readonly runner: ImportRunner,
  ) {}

  @Query(() => ImportInspection, {
    description: 'Looks through an uploaded file and proposes how its columns feed an object; with a mapping, what it leaves unknown.',
  })
  async inspectImport(
    @Args('file', { type: () => ID }) fileId: string,
    @Args('object', { type: () => String }) object: string,
    @Args('mapping', { type: () => Json, nullable: true }) mapping: unknown,
    @Context('caller') asking: Caller | null,
  ): Promise<ImportInspection> {
    const caller = requireCaller(asking)
    const importing = await this.who.of(caller)
    requireImport(importing, object)
    const { schema } = importing
    const file = await this.fileOf(caller, fileId)
    const read = () => this.files.read(schema, file)
    const form = await tableForm(read)
    const given = mapping === null || mapping === undefined ? null : mappingOf(mapping)
    const found = await inspect(tableRows(read, form), importing, object, given, this.database.pool)
    const columns = found.columns.map(({ guess, ...column }) => ({ ...column, field: guess?.field ?? null, guess: guess?.by ?? null }))
    return { ...form, ...found, columns }
  }

  @Mutation(() => ImportJobInfo, { description: 'Begins an import on the server; `importJob` tells how far it is.' })
  async importRecords(
    @Args('object', { type: () => String }) object: string,
    @Args('file', { type: () => ID }) fileId: string,
    @Args('mapping', { type: () => Json }) mapping: unknown,
    @Args('match', { type: () => String, nullable: true }) match: string | null,
    @Args('dryRun', { type: () => Boolean, defaultValue: false }) dryRun: boolean,
    @Args('acceptWarnings', { type: () => Boolean, defaultValue: false }) acceptWarnings: boolean,
    @Context('caller') asking: Caller | null,
  ): Promise<ImportJobInfo> {
    const caller = requireCaller(asking)
    const importing = await this.who.of(caller)
    requireImport(importing, object)
    const file = await this.fileOf(caller, fileId)
    const order = { columns: mappingOf(mapping), match: match || null, dryRun, acceptWarnings, language: caller.language }
    const { issues } = planOf(importing, object, await this.headerOf(importing.schema, file), order.columns, order.match)
    if (issues.length > 0) throw new RequestError('VALIDATION_FAILED', issues)
    const job = await addImport(this.database.pool, importing.schema, {
      object,
      file: file.id,
      name: file.name,
      order,
      createdBy: caller.member.id,
    })
    this.runner.kick(importing.schema)
    return infoOf(job)
  }

  @Query(() => ImportJobInfo, { nullable: true, description: 'An import of the member; an admin sees all.' })
  async importJob(@Args('id', { type: () => ID }) id: string, @Context('caller') asking: Caller | null): Promise<ImportJobInfo | null> {
    const caller = requireCaller(asking)
    const job = isId(id) ? await findImport(this.database.pool, caller.workspace.schema, id) : null
    return job && (caller.isAdmin || job.createdBy === caller.member.id) ? infoOf(job) : null
  }

  @Query(() => [ImportJobInfo], { description: 'The newest imports of the member; an admin sees all.' })
  async imports(@Context('caller') asking: Caller | null): Promise<ImportJobInfo[]> {
    const caller = requireCaller(asking)
    return (await listImports(this.database.pool, caller.workspace.schema, caller.isAdmin ? null : caller.member.id)).map(infoOf)
  }

  private async fileOf(caller: Caller, id: string): Promise<StoredFile> {
    const file = isId(id) ? await this.files.find(caller.workspace.schema, id) : null
    if (!file || (!caller.isAdmin && file.createdBy !== caller.member.id))
      throw new RequestError('NOT_FOUND', [issue('FILE_UNKNOWN', 'file')])
    return file
  }

  private async headerOf(schema: string, file: StoredFile): Promise<readonly string[]> {
    const read = () => this.files.read(schema, file)
    const form = await tableForm(read)
    const header = await tableRows(read, form).next()
    if (header.done) throw new RequestError('BAD_REQUEST', [issue('FILE_EMPTY', 'file')])
    return columnNames(header.value.cells)
  }
}

const infoOf = ({ order, result, ...job }: ImportJob): ImportJobInfo => ({ ...job, dryRun: order.dryRun, result, reasons: result.reasons })
