/** One benchmarked operation: how the product is asked, and what the limit runs for it. */
export interface Operation {
  readonly name: 'Q1' | 'Q2' | 'Q3' | 'M1' | 'M2' | 'M3'
  readonly title: string
  readonly query: string
  /** Variables of the n-th request; also what the limit gets. */
  readonly variables: (n: number, known: Known) => Record<string, unknown>
  /** Compared as `times` (one request at a time) or by throughput. */
  readonly measure: 'throughput' | 'time'
  readonly writes: boolean
  /** As many requests make about a second of work: rounds have a number of requests, not a time, so that they are all alike. */
  readonly aSecond: number
  /** As many requests are asked of both before anything is measured, and compared. */
  readonly compared: number
  /** Parts of the answer that differ by nature: ids and times of what was just made. */
  readonly volatile: readonly string[]
}

/** What requests draw from: ids and values that the data set has, of records that the member may see. */
export interface Known {
  /** Opportunities whose state lets them be changed. */
  readonly opportunities: readonly string[]
  readonly customers: readonly string[]
  readonly cities: readonly string[]
}

const fields = 'id name stage amount currency probability closeDate openedOn type source createdAt customerId'
const stages = ['new', 'qualified', 'proposal', 'negotiation']
const pick = <T>(list: readonly T[], n: number): T => list[(n * 7919) % list.length] as T

const draft = (n: number, known: Known) => ({
  name: `Bench ${n}`,
  stage: 'new',
  amount: `${1000 + (n % 9000)}.50`,
  currency: 'CNY',
  probability: '0.1',
  closeDate: '2026-12-31',
  openedOn: '2026-11-01',
  type: 'newBusiness',
  source: 'website',
  customerId: pick(known.customers, n),
})

/** Q1–Q3 and M1–M3 of the performance goals. */
export const operations: readonly Operation[] = [
  {
    name: 'Q1',
    title: 'one record by id, 12 fields',
    measure: 'throughput',
    writes: false,
    aSecond: 2000,
    compared: 50,
    volatile: [],
    query: `query($id: ID!) { opportunity(id: $id) { ${fields} } }`,
    variables: (n, known) => ({ id: pick(known.opportunities, n) }),
  },
  {
    name: 'Q2',
    title: '50 records by stage and amount, sorted, with a related record',
    measure: 'throughput',
    writes: false,
    aSecond: 600,
    compared: 20,
    volatile: [],
    query: `query($stage: String!, $amount: Decimal!) { opportunities(where: { stage: { eq: $stage }, amount: { gte: $amount } }, orderBy: [{ closeDate: DESC }], first: 50) { nodes { ${fields} customer { id name } } } }`,
    variables: n => ({ stage: pick(stages, n), amount: String(50_000 + (n % 50) * 1000) }),
  },
  {
    name: 'Q3',
    title: '20 records of a city with 5 newest of two children and all lines',
    measure: 'throughput',
    writes: false,
    aSecond: 300,
    compared: 20,
    volatile: [],
    query:
      'query($city: String!) { customers(where: { city: { eq: $city } }, orderBy: [{ name: ASC }], first: 20) { nodes { id name city opportunities(orderBy: [{ createdAt: DESC }], first: 5) { nodes { id name amount stage } } orders(orderBy: [{ createdAt: DESC }], first: 5) { nodes { id number status lines(first: 100, orderBy: [{ id: ASC }]) { nodes { id quantity price } } } } } } }',
    variables: (n, known) => ({ city: pick(known.cities, n) }),
  },
  {
    name: 'M1',
    title: 'create one, 12 fields back',
    measure: 'throughput',
    writes: true,
    aSecond: 200,
    compared: 8,
    volatile: ['id', 'createdAt'],
    query: `mutation($data: OpportunityCreate!) { createOpportunity(data: $data) { ${fields} } }`,
    variables: (n, known) => ({ data: draft(n, known) }),
  },
  {
    name: 'M2',
    title: 'update one field',
    measure: 'throughput',
    writes: true,
    aSecond: 250,
    compared: 8,
    volatile: [],
    query: 'mutation($id: ID!, $data: OpportunityUpdate!) { updateOpportunity(id: $id, data: $data) { id amount } }',
    variables: (n, known) => ({ id: pick(known.opportunities, n), data: { amount: `${1 + (n % 999_999)}.25` } }),
  },
  {
    name: 'M3',
    title: 'create 1000 in one request',
    measure: 'time',
    writes: true,
    aSecond: 1,
    compared: 1,
    volatile: [],
    query: 'mutation($data: [OpportunityCreate!]!) { createOpportunities(data: $data) { count } }',
    variables: (n, known) => ({ data: Array.from({ length: 1000 }, (_, row) => draft(n * 1000 + row, known)) }),
  },
]
