import { type Asks, reachesOpportunity, seesCustomer, seesOrder } from './access.js'
import { decimal, opportunityFields } from './forms.js'

/** A prepared statement and what it is given. */
export interface Statement {
  readonly text: string
  readonly values: (variables: Readonly<Record<string, unknown>>) => unknown[]
}

const asks: Asks = { reached: '$2', grantees: '$3' }
const list = (rows: string) => `(select json_build_object('nodes', coalesce(json_agg(row_to_json(r)), '[]')) from (${rows}) r)`
/** The customer of an opportunity, once, for its id and for what is shown of it. */
const itsCustomer = (schema: string) =>
  `left join ${schema}.customer c on c.id = t.customer_id and c.deleted_at is null and ${seesCustomer('c')}`

/** Q1 to Q3 over the tables of a schema. */
export const readsOf = (s: string, who: readonly [reached: readonly string[], grantees: readonly string[]]): Record<string, Statement> => ({
  Q1: {
    text: `select json_build_object('opportunity', (select row_to_json(r) from (select ${opportunityFields('t', 'c.id')} from ${s}.opportunity t ${itsCustomer(s)} where t.id = $1 and t.deleted_at is null and ${reachesOpportunity(s, 't', asks)}) r))::text as data`,
    values: v => [v.id, ...who],
  },
  Q2: {
    text: `select json_build_object('opportunities', ${list(`select ${opportunityFields('t', 'c.id')}, case when c.id is not null then json_build_object('id', c.id, 'name', c.name) end as customer from ${s}.opportunity t ${itsCustomer(s)} where t.stage = $1 and t.amount >= $4 and t.deleted_at is null and ${reachesOpportunity(s, 't', asks)} order by t.close_date desc nulls last, t.id limit 50`)})::text as data`,
    values: v => [v.stage, ...who, v.amount],
  },
  Q3: {
    text: `select json_build_object('customers', ${list(`select t.id, t.name, t.city,
      ${list(`select o.id, o.name, ${decimal('o.amount')} as amount, o.stage from ${s}.opportunity o where o.customer_id = t.id and o.deleted_at is null and ${reachesOpportunity(s, 'o', asks)} order by o.created_at desc, o.id limit 5`)} as opportunities,
      ${list(`select o.id, o.number, o.status, ${list(`select l.id, ${decimal('l.quantity')} as quantity, ${decimal('l.price')} as price from ${s}.order_line l where l.order_id = o.id and l.deleted_at is null order by l.id limit 100`)} as lines from ${s}."order" o where o.customer_id = t.id and o.deleted_at is null and ${seesOrder('o')} order by o.created_at desc, o.id limit 5`)} as orders
      from ${s}.customer t where t.city = $1 and t.deleted_at is null and ${seesCustomer('t')} order by t.name collate "zh-x-icu", t.id limit 20`)})::text as data`,
    values: v => [v.city, ...who],
  },
})
