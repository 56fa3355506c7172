import type pg from 'pg'
import { withoutIndexes } from './bare-tables.js'

/** How many records of each object at scale 1. */
const sizes = { customer: 100_000, contact: 200_000, product: 1_000, opportunity: 300_000, order: 200_000, lines: 600_000 } as const

/** How many records of each object a scale has. */
export const sizesAt = (scale: number): Readonly<Record<keyof typeof sizes, number>> =>
  Object.fromEntries(Object.entries(sizes).map(([kind, n]) => [kind, Math.max(20, Math.round(n * scale))])) as Record<
    keyof typeof sizes,
    number
  >

const customersOfCity = 50

/** An id made of a kind and a number, so that the data set is the same in every run. */
const id = (kind: number, number: string): string => `('0190000${kind}-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`

const base = 'id, version, created_at, updated_at, created_by_id, updated_by_id'
const since = `timestamptz '2026-01-01 00:00:00+00' + i * interval '1 second'`
const own = (kind: number): string => `${id(kind, 'i')}, 1, ${since}, ${since}, $1::uuid, $1::uuid`
/** Who owns the i-th record: the owners by turns, once all that differs faster has come round. */
const owner = (every: number): string => `($2::uuid[])[1 + (i / ${every}) % array_length($2::uuid[], 1)]`

/** One statement for each table, in an order in which what rollups gather is there before them; \`§\` stands for the schema. */
function statements(scale: number): readonly string[] {
  const n = sizesAt(scale)
  const cities = Math.max(1, Math.floor(n.customer / customersOfCity))
  return [
    `insert into §.product (${base}, code, name, status, kind, unit, price, tax_rate)
      select ${own(2)}, 'BP-' || i, 'Product ' || i, 'active', 'goods', 'piece', 10 + i % 90, 0.13 from generate_series(1, ${n.product}) i`,
    `insert into §.order_line (${base}, order_id, position, product_id, quantity, delivered, price, discount, amount)
      select ${own(6)}, ${id(5, `1 + i % ${n.order}`)}, i / ${n.order}, ${id(2, `1 + i % ${n.product}`)}, 1 + i % 9, 0, 10 + i % 90, 0, trim_scale(round((1 + i % 9) * (10 + i % 90)::numeric, 2))
      from generate_series(1, ${n.lines}) i`,
    `insert into §."order" (${base}, owner_id, number, name, status, status_since, currency, total, lines_total, line_count, value, paid, discount, tax_rate, ordered_on, payment_terms, customer_id)
      select ${own(5)}, ${owner(10)}, 'BR-' || i, 'Order ' || i, case when i / ${n.customer} % 10 = i % 10 then 'cancelled' else 'confirmed' end, ${since}, 'CNY', i % 5000 + 1,
        coalesce(l.amount, 0), coalesce(l.lines, 0), coalesce(l.amount, i % 5000 + 1), 0, 0, 0.13, date '2025-06-01' + i % 400, 'net30', ${id(1, `1 + (i::bigint * 17) % ${n.customer}`)}
      from generate_series(1, ${n.order}) i
      left join (select order_id, sum(amount) as amount, count(*) as lines from §.order_line group by order_id) l on l.order_id = ${id(5, 'i')}`,
    `insert into §.opportunity (${base}, owner_id, number, name, stage, stage_since, amount, value, lines_total, line_count, currency, probability, close_date, opened_on, type, source, forecast, lost_reason, customer_id)
      select ${own(4)}, ${owner(18)}, 'BO-' || i, 'Opportunity ' || md5(i::text), stage, ${since}, amount, amount, 0, 0, 'CNY', 0.25, date '2026-01-01' + i % 700, date '2025-01-01' + i % 300,
        (array['newBusiness','expansion','renewal'])[1 + i / 6 % 3], 'website', 'pipeline', case when stage = 'lost' then 'price' end, ${id(1, `1 + (i::bigint * 31) % ${n.customer}`)}
      from generate_series(1, ${n.opportunity}) i,
        lateral (select (array['new','qualified','proposal','negotiation','won','lost'])[1 + i % 6] as stage, (i::bigint * 7919 % 100000)::numeric + 0.5 as amount) x`,
    `insert into §.customer (${base}, owner_id, number, name, city, type, lifecycle, currency, payment_terms, order_count, lifetime_value, balance, open_opportunities, last_order_on)
      select ${own(1)}, ${owner(1)}, 'B-' || i, 'Customer ' || md5(i::text), 'City ' || i % ${cities}, 'company', case when i / ${cities} % 10 = 9 then 'lost' else 'active' end, 'CNY', 'net30',
        coalesce(r.orders, 0), coalesce(r.value, 0), 0, coalesce(o.open, 0), r.last
      from generate_series(1, ${n.customer}) i
      left join (select customer_id, count(*) as orders, sum(value) as value, max(ordered_on) as last from §."order" where status <> 'cancelled' group by customer_id) r on r.customer_id = ${id(1, 'i')}
      left join (select customer_id, count(*) as open from §.opportunity where stage not in ('won', 'lost') group by customer_id) o on o.customer_id = ${id(1, 'i')}`,
    `insert into §.contact (${base}, owner_id, number, name, customer_id, status)
      select ${own(3)}, ${owner(1)}, 'BC-' || i, 'Contact ' || i, ${id(1, `1 + i % ${n.customer}`)}, 'active' from generate_series(1, ${n.contact}) i`,
  ]
}

/** What lists of the measured kind get in a workspace that has them as views: filter first, then the order, then the id. */
const indexes = [
  `create index if not exists bench_city on §.customer (city, (name collate "zh-x-icu"), id) where deleted_at is null`,
  `create index if not exists bench_stage on §.opportunity (stage, close_date desc nulls last, id) where deleted_at is null`,
  `create index if not exists bench_customer_opportunities on §.opportunity (customer_id, created_at desc, id) where deleted_at is null`,
  `create index if not exists bench_customer_orders on §."order" (customer_id, created_at desc, id) where deleted_at is null`,
]

/**
 * Fills the tables of a workspace with SQL: the same rows in every run, as the product itself would have written them, with
 * every stored value right.
 * @param scale 1 for 300,000 opportunities
 * @param people who made the records, and whose they are by turns
 */
export async function fill(
  client: pg.Client,
  schema: string,
  scale: number,
  people: { member: string; owners: readonly string[] },
): Promise<void> {
  const run = (text: string) =>
    client.query(
      text.replaceAll('§', `"${schema}"`),
      text.includes('$2') ? [people.member, people.owners] : text.includes('$1') ? [people.member] : [],
    )
  await withoutIndexes(client, schema, ['product', 'order_line', 'order', 'opportunity', 'customer', 'contact'], async () => {
    for (const text of statements(scale)) await run(text)
  })
  for (const text of indexes) await run(text)
  await client.query('vacuum (analyze)')
  await client.query('checkpoint')
}
