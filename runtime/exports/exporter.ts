import { Inject, Injectable } from '@nestjs/common'
import { conditionOf, may, type Profile } from '@tessera/platform/access/profile.js'
import { issue } from '@tessera/platform/errors.js'
import { dayOf } from '@tessera/platform/fields/zone.js'
import type { Model, ObjectModel } from '@tessera/platform/model/model.js'
import { rootNames, typeName } from '@tessera/platform/model/naming.js'
import { seenFields } from '@tessera/platform/model/seen.js'
import { bothOf, conditionText } from '@tessera/platform/query/condition.js'
import { type Cell, type ExportColumn, exportColumns } from '@tessera/platform/records/export-columns.js'
import { lookup } from '@tessera/platform/registry.js'
import type { Caller } from '../access/caller.js'
import { type Exported, ExportWatch } from '../audit/export-watch.js'
import { sensitiveAmong } from '../audit/sensitive.js'
import { Database } from '../database/database.js'
import { inSnapshot } from '../database/snapshot.js'
import { RecordsReader } from '../graphql/records-reader.js'
import type { RequestContext } from '../graphql/request-context.js'
import { Models } from '../publishing/models.js'
import { RequestError } from '../request-error.js'
import { csvFile } from './csv-file.js'
import type { ExportOrder } from './export-order.js'
import { type Spooled, spool } from './spool.js'
import { Turns } from './turns.js'
import { xlsxFile } from './xlsx-file.js'

/** A file that is written and can be read once. */
export interface ExportFile extends Spooled {
  readonly name: string
  readonly type: string
}

interface Page {
  readonly list: {
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
    readonly nodes: readonly Readonly<Record<string, unknown>>[]
  }
}

const pageSize = 1_000
/** As many exports a node writes at once: each holds a connection meanwhile. */
const mostAtOnce = 2
/** An export keeps the database from clearing away old rows, so it ends after so long. */
const mostMilliseconds = 300_000

const writers = {
  csv: { type: 'text/csv; charset=utf-8', write: csvFile },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', write: xlsxFile },
} as const

/** Writes what a caller may export of an object into a file, a page of records at a time, so that its size costs no memory. */
@Injectable()
export class Exporter {
  private readonly turns = new Turns(mostAtOnce)

  constructor(
    @Inject(Models) private readonly models: Models,
    @Inject(RecordsReader) private readonly reader: RecordsReader,
    @Inject(Database) private readonly database: Database,
    @Inject(ExportWatch) private readonly watch: ExportWatch,
  ) {}

  /**
   * Writes the file, all records as they are at one moment: who reads it slowly holds no connection, and what is wrong is told instead of a file.
   * @param leaves whether nobody waits for the file any more
   * Throws `NOT_FOUND`, `FORBIDDEN` (also beyond what the workspace lets out in a day), what the records API says to the filter or the order, and `TIMEOUT` when it takes minutes.
   */
  async write(order: ExportOrder, caller: Caller, leaves: AbortSignal): Promise<ExportFile> {
    const live = await this.models.current(caller.workspace.schema)
    const own = this.models.profile(live, caller.roles)
    const object = exportable(own, order.object)
    const context: RequestContext = { caller, live, profile: forExport(own, object) }
    const text = { locale: caller.language, timeZone: caller.timeZone, currency: caller.workspace.currency }
    const names = order.fields ?? seenFields(object).map(field => field.name)
    const { columns, issues } = exportColumns(names, { object, model: own.model, text })
    if (issues.length > 0 || columns.length === 0) throw new RequestError('VALIDATION_FAILED', issues)
    const { type, write } = writers[order.format]
    const title = textOf(object, caller)
    let count = 0
    const spooled = await this.turns.take(() => {
      const until = Date.now() + mostMilliseconds
      return inSnapshot(this.database.pool, client => {
        const ask = this.pages(queryOf(object, columns), argumentsOf(order), { ...context, snapshot: { client, at: new Date() } })
        return spool(
          write({
            title,
            columns,
            rows: counted(
              rowsOf(ask, columns, () => checkTime(until, leaves)),
              () => count++,
            ),
          }),
        )
      })
    })
    const kept = this.watch.keep(exportedBy(order, names, count, live.model, own), caller)
    await kept.catch((error: unknown) => {
      spooled.bytes.destroy()
      throw error
    })
    return { ...spooled, name: `${title} ${dayOf(new Date().toISOString(), caller.timeZone)}.${order.format}`, type }
  }

  private pages(query: string, variables: Readonly<Record<string, unknown>>, context: RequestContext) {
    return (after: string | null) => this.reader.ask<Page>(query, { ...variables, after }, context)
  }
}

async function* counted<T>(rows: AsyncIterable<T>, count: () => void): AsyncGenerator<T> {
  for await (const row of rows) {
    count()
    yield row
  }
}

/** What the log keeps of an export. */
function exportedBy(
  { object, where, search, format }: ExportOrder,
  fields: readonly string[],
  rows: number,
  model: Model,
  profile: Profile,
): Exported {
  const sensitive = sensitiveAmong(fields, object, model, profile)
  return { object, fields, sensitive, rows, format, filtered: where !== null || search !== null }
}

function checkTime(until: number, leaves: AbortSignal): void {
  if (leaves.aborted) throw new RequestError('TIMEOUT', [])
  if (Date.now() <= until) return
  const problem = { en: 'The export took too long. Choose fewer records.', 'zh-CN': '导出耗时过长，请减少所选的记录。' }
  throw new RequestError('TIMEOUT', [issue('INPUT_INVALID', '', { problem })])
}

const textOf = ({ pluralLabel }: ObjectModel, { language }: Caller): string =>
  typeof pluralLabel === 'string' ? pluralLabel : (pluralLabel[language] ?? pluralLabel.en ?? '')

function exportable(profile: Profile, name: string): ObjectModel {
  const object = lookup(profile.model.objects, name)
  if (!object) throw new RequestError('NOT_FOUND', [issue('OBJECT_UNKNOWN', 'object', { object: name, suggestion: '' })])
  if (!may(profile, 'export', name))
    throw new RequestError('FORBIDDEN', [
      issue('ACTION_FORBIDDEN', 'object', { action: { en: 'export', 'zh-CN': '导出' }, objects: object.pluralLabel }),
    ])
  return object
}

/** The profile with which an object is exported: its records must be readable and covered by the right to export. */
function forExport(profile: Profile, object: ObjectModel): Profile {
  const condition = conditionOf(profile, 'export', object.name)
  const read = conditionOf(profile, 'read', object.name)
  if (condition === null || conditionText(condition) === conditionText(read)) return profile
  const both = bothOf(read, condition)
  return {
    ...profile,
    key: `${profile.key} export ${object.name}`,
    conditions: { of: name => (name === object.name ? both : profile.conditions.of(name)) },
  }
}

function queryOf(object: ObjectModel, columns: readonly ExportColumn[]): string {
  const type = typeName(object.name)
  const { many } = rootNames(object.name, object.plural).queries
  const selection = columns.map(column => column.selection).join(' ')
  return (
    `query Export($where: ${type}Where, $search: String, $orderBy: [${type}OrderBy!], $deleted: DeletedChoice!, $after: String) { ` +
    `list: ${many}(where: $where, search: $search, orderBy: $orderBy, deleted: $deleted, first: ${pageSize}, after: $after) { ` +
    `pageInfo { hasNextPage endCursor } nodes { ${selection} } } }`
  )
}

const argumentsOf = ({ where, search, orderBy, deleted }: ExportOrder): Record<string, unknown> => ({
  deleted,
  ...(where ? { where } : {}),
  ...(search ? { search } : {}),
  ...(orderBy ? { orderBy } : {}),
})

/** @param check throws when it is time to end */
async function* rowsOf(
  read: (after: string | null) => Promise<Page>,
  columns: readonly ExportColumn[],
  check: () => void,
): AsyncGenerator<readonly Cell[]> {
  for (let after: string | null = null; ; ) {
    check()
    const { list } = await read(after)
    for (const node of list.nodes) yield columns.map(column => column.cell(node))
    if (!list.pageInfo.hasNextPage) return
    after = list.pageInfo.endCursor
  }
}
