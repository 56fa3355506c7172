/** The contract's forms of values, and records in them, as somebody writes them who knows the tables. */

const instant = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const date = (column: string) => `to_char(${column}, 'YYYY-MM-DD')`
export const decimal = (column: string): string => `trim_scale(${column})::text`

/** The 12 fields of an opportunity; the id of its customer is given apart, since it depends on what may be seen. */
export const opportunityFields = (t: string, customer: string): string =>
  `${t}.id, ${t}.name, ${t}.stage, ${decimal(`${t}.amount`)} as amount, ${t}.currency, ${decimal(`${t}.probability`)} as probability, ${date(`${t}.close_date`)} as "closeDate", ${date(`${t}.opened_on`)} as "openedOn", ${t}.type, ${t}.source, ${instant(`${t}.created_at`)} as "createdAt", ${customer} as "customerId"`

const camel = (column: string): string => column.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())

type Form = (column: string) => string
const plain: Form = column => column
/** Columns in order, separated by blanks; those that are not as PostgreSQL prints them say their form. */
const columnsOf = (names: string, forms: Readonly<Record<string, Form>>) =>
  names
    .trim()
    .split(/\s+/)
    .map(name => ({ name, form: forms[name] ?? plain }))

const opportunity = columnsOf(
  `id version created_at updated_at deleted_at created_by_id updated_by_id owner_id number name customer_id contact_id stage amount
   lines_total line_count value currency probability close_date opened_on type source campaign_id forecast next_step lost_reason
   lost_notes description stage_since`,
  {
    ...{ created_at: instant, updated_at: instant, deleted_at: instant, stage_since: instant, close_date: date, opened_on: date },
    ...{ amount: decimal, lines_total: decimal, value: decimal, probability: decimal },
  },
)
const customer = columnsOf(
  `id version created_at updated_at deleted_at created_by_id updated_by_id owner_id number name legal_name type level lifecycle industry
   size employees annual_revenue founded_year credit_code parent_id region country city address phone email website source tags
   credit_limit order_count lifetime_value balance open_opportunities payment_terms currency last_order_on notes`,
  {
    ...{ created_at: instant, updated_at: instant, deleted_at: instant, last_order_on: date },
    ...{ annual_revenue: decimal, credit_limit: decimal, lifetime_value: decimal, balance: decimal },
  },
)

/** A whole record as JSON, as events carry it; some of its columns may be said to have been something else. */
const whole =
  (columns: typeof opportunity) =>
  (t: string, other: Readonly<Record<string, string>> = {}) =>
    `(select row_to_json(j) from (select ${columns.map(({ name, form }) => `${form(other[name] ?? `${t}.${name}`)} as "${camel(name)}"`).join(', ')}) j)`

export const wholeOpportunity = whole(opportunity)
export const wholeCustomer = whole(customer)

/** What history and events keep of a new opportunity. */
export const newOpportunity = (t: string, more: string): string =>
  `(select row_to_json(j) from (select ${t}.owner_id as "ownerId", ${t}.forecast, ${t}.name, ${t}.customer_id as "customerId", ${t}.stage, ${decimal(`${t}.amount`)} as amount, ${t}.currency, ${decimal(`${t}.probability`)} as probability, ${date(`${t}.close_date`)} as "closeDate", ${date(`${t}.opened_on`)} as "openedOn", ${t}.type, ${t}.source, ${t}.id, ${t}.number, ${more}${t}.line_count as "lineCount", ${decimal(`${t}.lines_total`)} as "linesTotal", ${decimal(`${t}.value`)} as value) j)`

export const stageSince = (t: string): string => `${instant(`${t}.stage_since`)} as "stageSince", `

/** The fields that the event of a new opportunity names. */
export const createdFields =
  '{ownerId,forecast,name,customerId,stage,amount,currency,probability,closeDate,openedOn,type,source,number,stageSince,lineCount,linesTotal,value}'
