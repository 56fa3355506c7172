import type pg from 'pg'

/** What has to hold of the tables once both have written side by side: what parents gather, what records compute, how they are numbered. */
const questions = [
  [
    'customers whose open opportunities are not as many as they say',
    `select count(*)::int as n from §.customer c left join (select customer_id, count(*) as open from §.opportunity where deleted_at is null and stage not in ('won', 'lost') group by customer_id) o on o.customer_id = c.id
      where c.deleted_at is null and coalesce(c.open_opportunities, 0) <> coalesce(o.open, 0)`,
  ],
  [
    'opportunities whose value is not their amount',
    `select count(*)::int as n from §.opportunity where line_count = 0 and value is distinct from amount`,
  ],
  [
    'numbers between the counter and the last one drawn',
    `select (select n from §._counter where name = 'opportunity.number')::int - max(substring(number from 5)::int) as n from §.opportunity where number like 'OPP-%'`,
  ],
] as const

/**
 * Looks whether the records that both wrote at the same time as others are right.
 * Throws with what is not.
 */
export async function checkStanding(client: pg.Client, schema: string): Promise<void> {
  for (const [what, text] of questions) {
    const { rows } = await client.query<{ n: number }>(text.replaceAll('§', schema))
    if (rows[0]?.n !== 0) throw new Error(`After the run there are ${rows[0]?.n} ${what}.`)
  }
}
