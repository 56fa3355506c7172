import type pg from 'pg'

const kept = ['_history', '_outbox', '_state'] as const
/** What follows events writes these by itself, in its own time. */
const followers = ['_audit', '_audit_head', '_job', '_reader', '_relay', '_run']

type Row = Readonly<Record<string, unknown>>

/** A moment of the database, to say later what was written since. */
interface Moment {
  readonly last: Readonly<Record<string, string>>
  readonly counts: Readonly<Record<string, number>>
  readonly number: number
}

/** What a write left behind, with ids, numbers and times that differ by nature made alike. */
export interface LeftBehind {
  readonly text: string
  /** Puts records that were changed back as they were, and takes away those that were made. */
  readonly undo: () => Promise<void>
}

/**
 * Does a write and says what it left behind in a workspace: the records whole, history, states and events of them, and how
 * many rows every other table got. Throws when numbers do not follow each other.
 * @param touched the ids of the records that it will change
 */
export async function leftBehind(
  client: pg.Client,
  schema: string,
  touched: Readonly<Record<string, readonly string[]>>,
  write: () => Promise<unknown>,
): Promise<LeftBehind> {
  const tables = new Tables(client, schema)
  const before = await tables.moment()
  const photos = await tables.photos(touched)
  await write()
  const after = await tables.moment()
  const rows: Record<string, Row[]> = {}
  for (const table of kept) rows[table] = await tables.since(table, before.last[table] ?? noId)
  const made = (rows._history ?? []).filter(({ action }) => action === 'created').map(({ record }) => String(record))
  const records = { opportunity: [...(touched.opportunity ?? []), ...made], customer: touched.customer ?? [] }
  const counts = Object.entries(after.counts).map(([name, n]) => [name, n - (before.counts[name] ?? 0)])
  const all = {
    ...rows,
    opportunity: await tables.rows('opportunity', records.opportunity),
    customer: await tables.rows('customer', records.customer),
  }
  const text = alike({ ...all, counts }, made.length, before.number)
  if (after.number !== before.number + made.length) throw new Error(`${made.length} records drew ${after.number - before.number} numbers`)
  return { text, undo: () => tables.restore(photos, made) }
}

/** Questions about the tables of a workspace. */
class Tables {
  constructor(
    private readonly client: pg.Client,
    private readonly schema: string,
  ) {}

  async moment(): Promise<Moment> {
    const last: Record<string, string> = {}
    for (const table of kept)
      last[table] = (await this.ask<{ id: string }>(`select id from ${this.schema}.${table} order by id desc limit 1`))[0]?.id ?? noId
    const [counter] = await this.ask<{ n: string }>(`select n from ${this.schema}._counter where name = 'opportunity.number'`)
    return { last, counts: await this.counts(), number: Number(counter?.n ?? 0) }
  }

  /** Rows made since, but for what readers of events write into them. */
  since(table: string, last: string): Promise<Row[]> {
    return this.json(`select to_jsonb(t) - 'id' - 'position' as row from ${this.schema}.${table} t where id > $1 order by id`, [last])
  }

  rows(table: string, ids: readonly string[]): Promise<Row[]> {
    return this.json(`select to_jsonb(t) as row from ${this.schema}."${table}" t where id = any($1) order by number, id`, [ids])
  }

  /** Rows as they are, whole. */
  async photos(ids: Readonly<Record<string, readonly string[]>>): Promise<Readonly<Record<string, readonly Row[]>>> {
    const photos: Record<string, Row[]> = {}
    for (const [table, of] of Object.entries(ids)) photos[table] = await this.rows(table, of)
    return photos
  }

  async restore(photos: Readonly<Record<string, readonly Row[]>>, made: readonly string[]): Promise<void> {
    await this.ask(`delete from ${this.schema}.opportunity where id = any($1)`, [made])
    for (const [table, rows] of Object.entries(photos)) {
      const columns = Object.keys(rows[0] ?? {}).map(column => `"${column}"`)
      if (columns.length === 0) continue
      await this.ask(
        `update ${this.schema}."${table}" t set (${columns.join(', ')}) = row(${columns.map(column => `x.${column}`).join(', ')}) from jsonb_populate_recordset(null::${this.schema}."${table}", $1::jsonb) x where x.id = t.id`,
        [JSON.stringify(rows)],
      )
    }
  }

  private async counts(): Promise<Record<string, number>> {
    const tables = await this.ask<{ name: string }>(
      `select relname as name from pg_class where relnamespace = $1::regnamespace and relkind = 'r' and relname like '\\_%' and relname <> all($2) order by 1`,
      [this.schema, followers],
    )
    const counts: Record<string, number> = {}
    for (const { name } of tables)
      counts[name] = Number((await this.ask<{ n: string }>(`select count(*) as n from ${this.schema}."${name}"`))[0]?.n)
    return counts
  }

  private async json(text: string, values: unknown[]): Promise<Row[]> {
    return (await this.ask<{ row: Row }>(text, values)).map(({ row }) => row)
  }

  private async ask<T extends Row>(text: string, values: unknown[] = []): Promise<T[]> {
    return (await this.client.query<T>(text, values)).rows
  }
}

const noId = '00000000-0000-0000-0000-000000000000'
const idPattern = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g
/** Ids of the data set are of another time than those made now, and stay. */
const isMadeNow = (id: string): boolean => !id.startsWith('0190000')

/**
 * Rows as text in an order of their own, with new ids named in the order of the numbers of their records, numbers counted from
 * the first, and the moment of the write called "now".
 */
function alike(rows: Readonly<Record<string, unknown>>, made: number, number: number): string {
  const records = (rows.opportunity as Row[]).map(({ id }) => String(id))
  const now = new Set((rows._history as Row[]).map(({ at }) => instantOf(String(at))))
  const named = JSON.stringify(rows, sorted)
    .replaceAll(idPattern, id => (records.includes(id) && isMadeNow(id) ? `record ${records.indexOf(id)}` : id))
    .replaceAll(/OPP-(\d+)/g, (text, digits: string) => (Number(digits) > number && made > 0 ? `number ${Number(digits) - number}` : text))
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|\+00:00)/g, text => (now.has(instantOf(text)) ? 'now' : text))
  const parsed = JSON.parse(named) as Record<string, unknown[]>
  return Object.entries(parsed)
    .map(
      ([name, list]) =>
        `${name}:\n${list
          .map(row => JSON.stringify(row))
          .sort()
          .join('\n')}`,
    )
    .join('\n')
}

const instantOf = (text: string): number => Date.parse(text)

/** Objects with their keys in order, so that equal ones read equal. */
const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
    : value
