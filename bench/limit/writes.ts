import { newId } from '../../runtime/database/id.js'
import { reachesOpportunity, seesCustomer } from './access.js'
import { createdFields, decimal, newOpportunity, opportunityFields, stageSince, wholeCustomer, wholeOpportunity } from './forms.js'
import type { Statement } from './reads.js'

const columns =
  'id, version, created_at, updated_at, created_by_id, updated_by_id, owner_id, number, name, stage, stage_since, amount, value, lines_total, line_count, currency, probability, close_date, opened_on, type, source, forecast, customer_id'
const numbered = (n: string) => `'OPP-' || case when ${n} < 100000 then lpad(${n}::text, 5, '0') else ${n}::text end`
const history = 'id, object, record, version, at, actor, action, before, after, channel, cause'
const outbox = 'id, object, record, version, event, fields, before, after, actor, at, channel, cause'
const states = 'id, object, record, field, to_state, at, actor, channel'
const openOnes = 'coalesce(t.open_opportunities, 0)'

/** What follows the new rows `r` and the changed customers `c`: history, states, events. `$2` is the time, `$3` the member. */
const following = (s: string, customers: string, by: string) => `
  h as (insert into ${s}._history (${history}) select r.history, 'opportunity', r.id, 1, $2, $3, 'created', null, ${newOpportunity('r', '')}, 'api', '[]' from made r),
  st as (insert into ${s}._state (${states}) select r.state, 'opportunity', r.id, 'stage', r.stage, $2, $3, 'api' from made r),
  o as (insert into ${s}._outbox (${outbox})
    select r.outbox, 'opportunity', r.id, 1, 'created', '${createdFields}'::text[], null, ${newOpportunity('r', stageSince('r'))}, $3::uuid, $2::timestamptz, 'api', '[]'::json from made r
    union all select c.outbox, 'customer', c.id, c.version, 'updated', '{openOpportunities}', ${wholeCustomer('c', { version: 'c.version - 1', open_opportunities: `c.open_opportunities - ${by}` })}, ${wholeCustomer('c', { version: 'c.version - 1' })}, $3, $2, 'api', '[]' from ${customers})`

/** One record: its customer is locked, then the counter, as every writer does, so that none waits for another in a circle. */
const createOne = (s: string) => `with c as (update ${s}.customer t set open_opportunities = ${openOnes} + 1, version = t.version + 1
    where t.id = $13 and t.deleted_at is null and ${seesCustomer('t')} returning t.*, $16::uuid as outbox),
  n as (update ${s}._counter set n = n + (select count(*) from c) where name = 'opportunity.number' returning n),
  r as (insert into ${s}.opportunity (${columns})
    select $1::uuid, 1, $2::timestamptz, $2, $3::uuid, $3, $3, ${numbered('n.n')}, $4, $5, $2, $6::numeric, $6, 0, 0, $7, $8::numeric, $9::date, $10::date, $11, $12, 'pipeline', c.id from n, c returning *),
  made as (select r.*, $14::uuid as history, $15::uuid as outbox, $17::uuid as state from r),${following(s, 'c', '1')}
  select json_build_object('createOpportunity', (select row_to_json(a) from (select ${opportunityFields('r', 'r.customer_id')} from r) a))::text as data`

/** Many: customers are locked in the order of their ids; the rows are numbered in theirs. */
const createMany = (
  s: string,
) => `with x as materialized (select * from json_to_recordset($1::json) as x(n int, id uuid, history uuid, outbox uuid, state uuid, name text, stage text, amount numeric, currency text, probability numeric, "closeDate" date, "openedOn" date, type text, source text, "customerId" uuid)),
  k as materialized (select * from json_to_recordset($4::json) as k(id uuid, rows int, outbox uuid)),
  l as materialized (select t.id from ${s}.customer t where t.id = any($5::uuid[]) and t.deleted_at is null and ${seesCustomer('t')} order by t.id for no key update),
  c as (update ${s}.customer t set open_opportunities = ${openOnes} + k.rows, version = t.version + 1
    from k, l where t.id = any($5::uuid[]) and t.id = k.id and l.id = k.id returning t.*, k.outbox, k.rows),
  n as (update ${s}._counter set n = n + (select coalesce(sum(rows), 0) from c) where name = 'opportunity.number' returning n - (select coalesce(sum(rows), 0) from c) as n),
  r as (insert into ${s}.opportunity (${columns})
    select x.id, 1, $2::timestamptz, $2, $3::uuid, $3, $3, ${numbered('(n.n + x.n)')}, x.name, x.stage, $2, x.amount, x.amount, 0, 0, x.currency, x.probability, x."closeDate", x."openedOn", x.type, x.source, 'pipeline', x."customerId" from x, n returning *),
  made as materialized (select r.*, x.history, x.outbox, x.state from r join x on x.id = r.id),${following(s, 'c', 'c.rows')}
  select json_build_object('createOpportunities', json_build_object('count', (select count(*)::int from r)))::text as data`

/** A record in a lost stage is locked by its state; the value follows the amount where there are no lines. */
const updateOne = (
  s: string,
) => `with r as (update ${s}.opportunity t set amount = $2, value = case when t.line_count > 0 then t.lines_total else $2 end, version = t.version + 1, updated_at = $3, updated_by_id = $4
    where t.id = $1 and t.deleted_at is null and t.stage <> 'lost' and ${reachesOpportunity(s, 't', { reached: '$5', grantees: '$6' }, 'edit')}
    returning new.*, old.amount as old_amount, old.value as old_value, old.version as old_version, old.updated_at as old_updated_at, old.updated_by_id as old_updated_by_id),
  h as (insert into ${s}._history (${history}) select $7, 'opportunity', r.id, r.version, $3, $4, 'updated',
    json_build_object('amount', ${decimal('r.old_amount')}, 'value', ${decimal('r.old_value')}), json_build_object('amount', ${decimal('r.amount')}, 'value', ${decimal('r.value')}), 'api', '[]' from r),
  o as (insert into ${s}._outbox (${outbox}) select $8, 'opportunity', r.id, r.version, 'updated', '{amount,value}',
    ${wholeOpportunity('r', { ...before, amount: 'r.old_amount', value: 'r.old_value' })}, ${wholeOpportunity('r', before)}, $4, $3, 'api', '[]' from r)
  select json_build_object('updateOpportunity', (select row_to_json(a) from (select r.id, ${decimal('r.amount')} as amount from r) a))::text as data`
/** Events carry what the pipeline counts by itself as it was. */
const before = { version: 'r.old_version', updated_at: 'r.old_updated_at', updated_by_id: 'r.old_updated_by_id' }

interface Draft {
  readonly stage: string
  readonly customerId: string
  readonly [field: string]: unknown
}

const initial = new Set(['new', 'qualified', 'proposal', 'negotiation'])

/** The rows of a request with the ids that they need, and the customers that they count for. */
function rowsOf(drafts: readonly Draft[]) {
  const customers = new Map<string, number>()
  for (const { stage, customerId } of drafts) {
    if (!initial.has(stage)) throw new Error(`A record does not begin in ${stage}.`)
    customers.set(customerId, (customers.get(customerId) ?? 0) + 1)
  }
  return {
    rows: drafts.map((draft, at) => ({ ...draft, n: at + 1, id: newId(), history: newId(), outbox: newId(), state: newId() })),
    customers: [...customers].map(([id, rows]) => ({ id, rows, outbox: newId() })),
  }
}

const now = () => new Date().toISOString()

/** M1 to M3 over the tables of a schema. */
export function writesOf(
  s: string,
  member: string,
  who: readonly [reached: readonly string[], grantees: readonly string[]],
): Record<string, Statement> {
  const one = (draft: Draft): unknown[] => {
    if (!initial.has(draft.stage)) throw new Error(`A record does not begin in ${draft.stage}.`)
    const { name, stage, amount, currency, probability, closeDate, openedOn, type, source, customerId } = draft
    const values = [name, stage, amount, currency, probability, closeDate, openedOn, type, source, customerId]
    return [newId(), now(), member, ...values, newId(), newId(), newId(), newId()]
  }
  const many = (drafts: readonly Draft[]): unknown[] => {
    const { rows, customers } = rowsOf(drafts)
    return [JSON.stringify(rows), now(), member, JSON.stringify(customers), customers.map(({ id }) => id)]
  }
  return {
    M1: { text: createOne(s), values: v => one(v.data as Draft) },
    M2: { text: updateOne(s), values: v => [v.id, (v.data as Draft).amount, now(), member, ...who, newId(), newId()] },
    M3: { text: createMany(s), values: v => many(v.data as Draft[]) },
  }
}
