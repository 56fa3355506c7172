import type pg from 'pg'

/** How many records of each object at scale 1. */
const sizes = { customer: 100_000, contact: 200_000, product: 1_000, opportunity: 300_000, order: 200_000, lines: 600_000 } as const

/** An id made of a kind and a number, so that the data set is the same in every run. */
const id = (kind: number, number: string): string => `('0190000${kind}-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`

/**
 * Fills the tables of a workspace with SQL: the same rows in every run, of the sizes of the performance goals.
 * @param scale 1 for 300,000 opportunities
 */
export async function fill(client: pg.Client, schema: string, scale: number, member: string): Promise<void> {
  const n = (kind: keyof typeof sizes) => Math.max(20, Math.round(sizes[kind] * scale))
  const at = `timestamptz '2026-01-01 00:00:00+00'`
  const base = 'id, version, created_at, updated_at, created_by_id, updated_by_id'
  const values = (kind: number) =>
    `${id(kind, 'i')}, 1, ${at} + i * interval '1 second', ${at} + i * interval '1 second', '${member}', '${member}'`
  const run = (text: string) => client.query(text.replaceAll('§', `"${schema}"`))
  await run(
    `insert into §.customer (${base}, owner_id, number, name, city, type, lifecycle, currency) select ${values(1)}, '${member}', 'B-' || i, 'Customer ' || md5(i::text), 'City ' || i % 2000, 'company', 'active', 'CNY' from generate_series(1, ${n('customer')}) i`,
  )
  await run(
    `insert into §.product (${base}, code, name) select ${values(2)}, 'BP-' || i, 'Product ' || i from generate_series(1, ${n('product')}) i`,
  )
  await run(
    `insert into §.contact (${base}, owner_id, number, name, customer_id) select ${values(3)}, '${member}', 'BC-' || i, 'Contact ' || i, ${id(1, `1 + i % ${n('customer')}`)} from generate_series(1, ${n('contact')}) i`,
  )
  await run(`insert into §.opportunity (${base}, owner_id, number, name, stage, amount, currency, probability, close_date, opened_on, type, source, customer_id)
    select ${values(4)}, '${member}', 'BO-' || i, 'Opportunity ' || md5(i::text), (array['new','qualified','proposal','negotiation','won','lost'])[1 + i % 6], (i * 7919 % 100000)::numeric + 0.5, 'CNY', 0.25, date '2026-01-01' + i % 700, date '2025-01-01' + i % 300, 'newBusiness', 'website', ${id(1, `1 + (i * 31) % ${n('customer')}`)}
    from generate_series(1, ${n('opportunity')}) i`)
  await run(
    `insert into §."order" (${base}, owner_id, number, name, status, currency, total, customer_id) select ${values(5)}, '${member}', 'BR-' || i, 'Order ' || i, 'confirmed', 'CNY', i % 5000 + 1, ${id(1, `1 + (i * 17) % ${n('customer')}`)} from generate_series(1, ${n('order')}) i`,
  )
  await run(
    `insert into §.order_line (${base}, order_id, position, product_id, quantity, price) select ${values(6)}, ${id(5, `1 + i % ${n('order')}`)}, i / ${n('order')}, ${id(2, `1 + i % ${n('product')}`)}, 1 + i % 9, 10 + i % 90 from generate_series(1, ${n('lines')}) i`,
  )
  await run(`create index if not exists bench_city on §.customer (city, (name collate "zh-x-icu"), id) where deleted_at is null`)
  await run(`create index if not exists bench_stage on §.opportunity (stage, close_date desc nulls last, id) where deleted_at is null`)
  await run(
    `create index if not exists bench_customer_opportunities on §.opportunity (customer_id, created_at desc, id) where deleted_at is null`,
  )
  await run(`create index if not exists bench_customer_orders on §."order" (customer_id, created_at desc, id) where deleted_at is null`)
  await run('analyze')
}
