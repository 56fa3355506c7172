import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import pg from 'pg'

/** The limit: one plain HTTP process over hand-written, named, prepared statements whose JSON PostgreSQL builds, passed through as text. */
const [url = '', schema = '', port = '0', member = ''] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: 10, options: '-c TimeZone=UTC' })
pool.on('error', () => undefined)
const s = `"${schema}"`
const instant = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const fields = (t: string) =>
  `${t}.id, ${t}.name, ${t}.stage, trim_scale(${t}.amount)::text as amount, ${t}.currency, trim_scale(${t}.probability)::text as probability, to_char(${t}.close_date, 'YYYY-MM-DD') as "closeDate", to_char(${t}.opened_on, 'YYYY-MM-DD') as "openedOn", ${t}.type, ${t}.source, ${instant(`${t}.created_at`)} as "createdAt", ${t}.customer_id as "customerId"`
const list = (rows: string) => `(select json_build_object('nodes', coalesce(json_agg(row_to_json(r)), '[]')) from (${rows}) r)`

const reads: Record<string, { text: string; values: (v: Record<string, string>) => unknown[] }> = {
  Q1: {
    text: `select json_build_object('opportunity', (select row_to_json(r) from (select ${fields('t')} from ${s}.opportunity t where t.id = $1 and t.deleted_at is null) r))::text as data`,
    values: v => [v.id],
  },
  Q2: {
    text: `select json_build_object('opportunities', ${list(`select ${fields('t')}, (select row_to_json(c) from (select c.id, c.name from ${s}.customer c where c.id = t.customer_id and c.deleted_at is null) c) as customer from ${s}.opportunity t where t.stage = $1 and t.amount >= $2 and t.deleted_at is null order by t.close_date desc nulls last, t.id limit 50`)})::text as data`,
    values: v => [v.stage, v.amount],
  },
  Q3: {
    text: `select json_build_object('customers', ${list(`select t.id, t.name, t.city,
      ${list(`select o.id, o.name, trim_scale(o.amount)::text as amount, o.stage from ${s}.opportunity o where o.customer_id = t.id and o.deleted_at is null order by o.created_at desc, o.id limit 5`)} as opportunities,
      ${list(`select o.id, o.number, o.status, ${list(`select l.id, trim_scale(l.quantity)::text as quantity, trim_scale(l.price)::text as price from ${s}.order_line l where l.order_id = o.id and l.deleted_at is null order by l.id limit 100`)} as lines from ${s}."order" o where o.customer_id = t.id and o.deleted_at is null order by o.created_at desc, o.id limit 5`)} as orders
      from ${s}.customer t where t.city = $1 and t.deleted_at is null order by t.name collate "zh-x-icu", t.id limit 20`)})::text as data`,
    values: v => [v.city],
  },
}

const columns =
  'id, version, created_at, updated_at, created_by_id, updated_by_id, owner_id, number, name, stage, amount, currency, probability, close_date, opened_on, type, source, customer_id'
const insert = `with x as (select * from json_to_recordset($1::json) as x(id uuid, history uuid, outbox uuid, number text, name text, stage text, amount numeric, currency text, probability numeric, "closeDate" date, "openedOn" date, type text, source text, "customerId" uuid)),
  r as (insert into ${s}.opportunity (${columns}) select id, 1, now(), now(), $2, $2, $2, number, name, stage, amount, currency, probability, "closeDate", "openedOn", type, source, "customerId" from x returning *),
  h as (insert into ${s}._history (id, object, record, version, at, actor, action, after, channel, cause) select history, 'opportunity', id, 1, now(), $2, 'created', row_to_json(x), 'api', '[]' from x),
  o as (insert into ${s}._outbox (id, object, record, version, event, fields, after, actor, at, cause) select outbox, 'opportunity', id, 1, 'created', '{}', row_to_json(x), $2, now(), '[]' from x)`
let number = 0
const row = (data: Record<string, unknown>) => ({
  ...data,
  id: randomUUID(),
  history: randomUUID(),
  outbox: randomUUID(),
  number: `L-${process.pid}-${number++}`,
})
const update = `with b as (select id, amount from ${s}.opportunity where id = $1 and deleted_at is null for update),
  r as (update ${s}.opportunity t set amount = $2, version = t.version + 1, updated_at = now(), updated_by_id = $3 from b where t.id = b.id returning t.id, t.version, t.amount),
  h as (insert into ${s}._history (id, object, record, version, at, actor, action, before, after, channel, cause) select $4, 'opportunity', r.id, r.version, now(), $3, 'updated', json_build_object('amount', b.amount), json_build_object('amount', r.amount), 'api', '[]' from r, b),
  o as (insert into ${s}._outbox (id, object, record, version, event, fields, before, after, actor, at, cause) select $5, 'opportunity', r.id, r.version, 'updated', '{amount}', row_to_json(b), row_to_json(r), $3, now(), '[]' from r, b)
  select json_build_object('updateOpportunity', (select row_to_json(a) from (select r.id, trim_scale(r.amount)::text as amount from r) a))::text as data`

async function answer(name: string, variables: Record<string, unknown>): Promise<string> {
  const read = reads[name]
  const data = variables.data as Record<string, unknown> & Record<string, unknown>[]
  if (read) return text({ name, text: read.text, values: read.values(variables as Record<string, string>) })
  if (name === 'M1')
    return text({
      name,
      text: `${insert} select json_build_object('createOpportunity', (select row_to_json(a) from (select ${fields('r')} from r) a))::text as data`,
      values: [JSON.stringify([row(data)]), member],
    })
  if (name === 'M2') return text({ name, text: update, values: [variables.id, data.amount, member, randomUUID(), randomUUID()] })
  return text({
    name,
    text: `${insert} select json_build_object('createOpportunities', json_build_object('count', (select count(*)::int from r)))::text as data`,
    values: [JSON.stringify(data.map(row)), member],
  })
}

const text = async (statement: pg.QueryConfig): Promise<string> => (await pool.query<{ data: string }>(statement)).rows[0]?.data ?? 'null'

createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { name, variables } = JSON.parse(Buffer.concat(chunks).toString()) as { name: string; variables: Record<string, unknown> }
    answer(name, variables).then(
      data => response.writeHead(200, { 'content-type': 'application/json' }).end(`{"data":${data}}`),
      (error: Error) => response.writeHead(500).end(error.message),
    )
  })
}).listen(Number(port), '127.0.0.1', function listening(this: import('node:http').Server) {
  const address = this.address()
  process.stdout.write(`listening ${typeof address === 'object' ? address?.port : ''}\n`)
})
