import fc from 'fast-check'
import { type Answer, dataOf, post } from '../support/app.js'
import { type RecordsWorld, recordsWorld } from '../support/records.js'

const status = { type: 'select', label: 'Status', options: [{ value: 'draft' }, { value: 'open' }, { value: 'void' }], default: 'draft' }
const rollup = (of: string, name: string, more: object = {}) => ({ type: 'rollup', label: name, of, function: name, ...more })
const counted = { '!=': [{ var: 'status' }, 'void'] }

/** Areas of accounts with orders with lines: computed fields over every function, over several hops, up and down. */
export const computedObjects = [
  {
    object: 'area',
    plural: 'areas',
    label: 'Area',
    fields: {
      name: { type: 'text', label: 'Name' },
      total: rollup('accounts', 'sum', { field: 'total' }),
      orders: rollup('accounts', 'sum', { field: 'orderCount' }),
      above: { type: 'hierarchy', label: 'Above', inverse: 'below', onDelete: 'setNull' },
      size: { type: 'integer', label: 'Size' },
      under: rollup('below', 'count', { tree: true }),
      beside: rollup('below', 'count'),
      totalUnder: rollup('below', 'sum', { tree: true, field: 'total' }),
      sizeMean: rollup('below', 'avg', { tree: true, field: 'size' }),
      biggestUnder: rollup('below', 'max', { tree: true, field: 'size', where: { '!=': [{ var: 'name' }, 'South'] } }),
      namesUnder: rollup('below', 'concat', { tree: true, field: 'name', by: 'name' }),
      fans: {
        type: 'manyToMany',
        label: 'Fans',
        to: 'account',
        inverse: 'likes',
        attributes: { weight: { type: 'decimal', label: 'Weight' } },
      },
      fanCount: rollup('fans', 'count'),
      fanTotal: rollup('fans', 'sum', { field: 'total', where: { '!=': [{ var: 'rate' }, '0'] } }),
      fanBest: rollup('fans', 'max', { field: 'biggest' }),
      fanLatest: rollup('fans', 'last', { field: 'level', by: 'total' }),
      fanWeight: rollup('fansLinks', 'sum', { field: 'weight' }),
      isPraised: {
        type: 'formula',
        label: 'Praised',
        returns: 'boolean',
        stored: true,
        rule: { '>': [{ var: 'fanCount' }, 1] },
      },
    },
  },
  {
    object: 'account',
    plural: 'accounts',
    label: 'Account',
    fields: {
      name: { type: 'text', label: 'Name' },
      rate: { type: 'percent', label: 'Rate' },
      likeCount: rollup('likes', 'count'),
      likedSize: rollup('likes', 'avg', { field: 'size' }),
      currency: { type: 'currency', label: 'Currency' },
      worth: rollup('orders', 'sum', { field: 'worth', currency: 'record', rateDate: 'day', where: counted }),
      worthHere: rollup('orders', 'max', { field: 'worth' }),
      worthMean: rollup('orders', 'avg', { field: 'worth', currency: 'record' }),
      area: { type: 'lookup', label: 'Area', to: 'area', inverse: 'accounts', onDelete: 'setNull' },
      total: rollup('orders', 'sum', { field: 'total', where: counted }),
      orderCount: rollup('orders', 'count'),
      average: rollup('orders', 'avg', { field: 'total', where: counted }),
      biggest: rollup('orders', 'max', { field: 'total' }),
      smallest: rollup('orders', 'min', { field: 'total', where: counted }),
      lastDay: rollup('orders', 'max', { field: 'day' }),
      states: rollup('orders', 'countDistinct', { field: 'status' }),
      firstOrder: rollup('orders', 'first', { field: 'name', by: 'day' }),
      latest: rollup('orders', 'last', { field: 'total', by: 'day', where: counted }),
      names: rollup('orders', 'concat', { field: 'name', by: 'name' }),
      isBuyer: rollup('orders', 'exists', { where: { '>': [{ var: 'total' }, 0] } }),
      level: {
        type: 'formula',
        label: 'Level',
        returns: 'text',
        stored: true,
        rule: { if: [{ '>': [{ var: 'total' }, 500] }, 'A', 'B'] },
      },
    },
  },
  {
    object: 'sale',
    plural: 'sales',
    label: 'Sale',
    fields: {
      name: { type: 'text', label: 'Name' },
      status,
      day: { type: 'date', label: 'Day' },
      discount: { type: 'percent', label: 'Discount' },
      currency: { type: 'currency', label: 'Currency' },
      worth: { type: 'money', label: 'Worth', currency: 'record' },
      account: { type: 'lookup', label: 'Account', to: 'account', inverse: 'orders', onDelete: 'setNull' },
      gross: rollup('lines', 'sum', { field: 'amount' }),
      net: { type: 'formula', label: 'Net', returns: 'decimal', rule: { '-': [1, { var: ['discount', 0] }] } },
      total: { type: 'formula', label: 'Total', returns: 'decimal', stored: true, rule: { '*': [{ var: 'gross' }, { var: 'net' }] } },
      bonus: {
        type: 'formula',
        label: 'Bonus',
        returns: 'decimal',
        stored: true,
        rule: { '*': [{ var: 'total' }, { var: 'account.rate' }] },
      },
      grade: { type: 'formula', label: 'Grade', returns: 'text', stored: true, rule: { var: 'account.level' } },
      place: {
        type: 'formula',
        label: 'Place',
        returns: 'text',
        stored: true,
        rule: { cat: [{ var: 'account.area.name' }, '/', { var: 'name' }] },
      },
    },
  },
  {
    object: 'saleLine',
    plural: 'saleLines',
    label: 'Line',
    fields: {
      sale: { type: 'masterDetail', label: 'Sale', to: 'sale', inverse: 'lines' },
      quantity: { type: 'integer', label: 'Quantity' },
      price: { type: 'decimal', label: 'Price', scale: 4 },
      amount: {
        type: 'formula',
        label: 'Amount',
        returns: 'decimal',
        stored: true,
        rule: { '*': [{ var: 'quantity' }, { var: 'price' }] },
      },
    },
  },
] as const

/** Rates in the workspace's currency, one of them changing between the days of the sales. */
export const rates = [
  { currency: 'EUR', day: '2020-01-01', rate: '1.0837' },
  { currency: 'EUR', day: '2026-02-10', rate: '1.1749' },
  { currency: 'JPY', day: '2020-01-01', rate: '0.0067' },
]

/** Sets exchange rates of a workspace, as an admin would over the API. */
export const setRates = (world: RecordsWorld, all: typeof rates): Promise<Answer> =>
  post(
    `${world.app.url}/platform`,
    'mutation($rates: [ExchangeRateInput!]!) { setExchangeRates(rates: $rates) { rate } }',
    { rates: all },
    world.headers,
  )

/** A served workspace with these objects and rates. */
export async function computedWorld(slug: string): Promise<RecordsWorld> {
  const world = await recordsWorld(slug, computedObjects)
  dataOf(await setRates(world, rates), 'setExchangeRates')
  return world
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 4 })
const pick = fc.nat(1_000)
const line = fc.record({ quantity: maybe(fc.integer({ min: -5, max: 50 })), price: maybe(decimal()) })
const sale = fc.record(
  {
    name: maybe(fc.constantFrom('a', 'b', '商', '😀', '')),
    status: fc.constantFrom('draft', 'open', 'void'),
    day: maybe(fc.constantFrom('2026-01-31', '2026-02-28', '2024-02-29')),
    discount: maybe(fc.constantFrom('0', '0.15', '1')),
    currency: maybe(fc.constantFrom('USD', 'EUR', 'JPY')),
    worth: maybe(fc.constantFrom('0', '99.99', '-12.5', '100000', '0.01')),
    accountId: maybe(pick),
  },
  { requiredKeys: [] },
)

function decimal(): fc.Arbitrary<string> {
  return fc.tuple(fc.integer({ min: -999, max: 99_999 }), fc.integer({ min: 0, max: 4 })).map(([digits, scale]) => {
    const sign = digits < 0 ? '-' : ''
    const text = String(Math.abs(digits)).padStart(scale + 1, '0')
    return `${sign}${text.slice(0, text.length - scale)}${scale > 0 ? `.${text.slice(-scale)}` : ''}`
  })
}

/** Something that people or programs do; numbers choose among the records there are. */
export const deed = fc.oneof(
  { weight: 1, arbitrary: fc.record({ do: fc.constant('area' as const), name: maybe(fc.constantFrom('North', '华东')) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('account' as const), areaId: maybe(pick), rate: maybe(fc.constantFrom('0.1', '0.25')) }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('sale' as const), data: sale, lines: fc.array(line, { maxLength: 4 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('edit' as const), at: pick, data: sale }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('line' as const), at: pick, data: line }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('editLine' as const), at: pick, data: line, to: maybe(pick) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('editAccount' as const),
      at: pick,
      areaId: maybe(pick),
      rate: maybe(decimalShare()),
      currency: maybe(fc.constantFrom('USD', 'EUR', 'JPY')),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('renameArea' as const), at: pick, name: maybe(fc.constantFrom('South', '华南')) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('delete' as const), of: fc.constantFrom('area', 'account', 'sale', 'saleLine'), at: pick }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('restore' as const), of: fc.constantFrom('area', 'account', 'sale', 'saleLine'), at: pick }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('hang' as const), at: pick, under: maybe(pick), size: maybe(fc.integer({ min: -9, max: 99 })) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('like' as const),
      at: pick,
      how: fc.constantFrom('link', 'unlink', 'replace'),
      accounts: fc.array(pick, { maxLength: 3 }),
      weight: maybe(fc.constantFrom('1', '2.5', '-3')),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('praise' as const), at: pick, area: pick }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('merge' as const),
      of: fc.constantFrom('area', 'account', 'sale'),
      into: pick,
      from: fc.array(pick, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('unmerge' as const), of: fc.constantFrom('area', 'account', 'sale'), at: pick }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('bulk' as const), from: fc.constantFrom('draft', 'open', 'void'), data: sale }) },
)

function decimalShare(): fc.Arbitrary<string> {
  return fc.constantFrom('0', '0.05', '0.5')
}
export type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never

type Ids = Record<string, string[]>
type Ask = (query: string, variables?: Record<string, unknown>) => Promise<unknown>
const at = (ids: readonly string[] | undefined, index: number | null | undefined): string | null =>
  index === null || index === undefined || !ids || ids.length === 0 ? null : (ids[index % ids.length] ?? null)
const typeOf = (object: string): string => object.charAt(0).toUpperCase() + object.slice(1)

/** The ids of live records by object, and of deleted ones by `deleted <object>`. */
async function idsOf(world: RecordsWorld): Promise<Ids> {
  const roots = { area: 'areas', account: 'accounts', sale: 'sales', saleLine: 'saleLines' }
  const list = (object: string, root: string, deleted: string) =>
    `${deleted}${object}: ${root}(deleted: ${deleted}, first: 1000, orderBy: [{ createdAt: ASC }]) { nodes { id } }`
  const parts = Object.entries(roots).flatMap(([object, root]) => [list(object, root, 'NO'), list(object, root, 'ONLY')])
  const answer = await world.ask(`{ ${parts.join(' ')} }`)
  const data = answer.body.data as Record<string, { nodes: { id: string }[] }>
  const of = (name: string) => data[name]?.nodes.map(({ id }) => id) ?? []
  return Object.fromEntries(
    Object.keys(roots).flatMap(object => [
      [object, of(`NO${object}`)],
      [`deleted ${object}`, of(`ONLY${object}`)],
    ]),
  )
}

/** Does deeds one after the other, or all at once; what is refused (a deleted record, a missing one) is left undone. */
export async function perform(world: RecordsWorld, deeds: readonly Deed[], together: boolean): Promise<void> {
  const ask: Ask = (query, variables) => world.ask(query, variables)
  if (together) {
    const ids = await idsOf(world)
    await Promise.all(deeds.map(one => performOne(ask, one, ids)))
  } else for (const one of deeds) await performOne(ask, one, await idsOf(world))
}

async function performOne(ask: Ask, one: Deed, ids: Ids): Promise<unknown> {
  const create = (object: string, data: object) =>
    ask(`mutation($data: ${typeOf(object)}Create!) { create${typeOf(object)}(data: $data) { id } }`, { data })
  const update = (object: string, id: string | null, data: object) =>
    ask(`mutation($id: ID!, $data: ${typeOf(object)}Update!) { update${typeOf(object)}(id: $id, data: $data) { id } }`, { id, data })
  const saleData = (data: { accountId?: number | null | undefined }) =>
    'accountId' in data ? { ...data, accountId: at(ids.account, data.accountId) } : data
  switch (one.do) {
    case 'area':
      return create('area', { name: one.name })
    case 'account':
      return create('account', { rate: one.rate, areaId: at(ids.area, one.areaId) })
    case 'sale':
      return create('sale', { ...saleData(one.data), lines: { create: one.lines } })
    case 'edit':
      return update('sale', at(ids.sale, one.at), saleData(one.data))
    case 'line':
      return create('saleLine', { ...one.data, saleId: at(ids.sale, one.at) })
    case 'editLine':
      return update('saleLine', at(ids.saleLine, one.at), { ...one.data, ...(one.to === null ? {} : { saleId: at(ids.sale, one.to) }) })
    case 'editAccount':
      return update('account', at(ids.account, one.at), { rate: one.rate, currency: one.currency, areaId: at(ids.area, one.areaId) })
    case 'hang':
      return update('area', at(ids.area, one.at), { aboveId: at(ids.area, one.under), size: one.size })
    case 'like': {
      const accounts = one.accounts.map(index => at(ids.account, index)).filter(id => id !== null)
      const links = accounts.map(id => ({ id, attributes: { weight: one.weight } }))
      return update('area', at(ids.area, one.at), { fans: { [one.how]: one.how === 'unlink' ? accounts : links } })
    }
    case 'praise':
      return update('account', at(ids.account, one.at), { likes: { link: [{ id: at(ids.area, one.area) }] } })
    case 'renameArea':
      return update('area', at(ids.area, one.at), { name: one.name })
    case 'delete':
      return ask(`mutation($id: ID!) { delete${typeOf(one.of)}(id: $id) { id } }`, { id: at(ids[one.of], one.at) })
    case 'restore':
      return ask(`mutation($id: ID!) { restore${typeOf(one.of)}(id: $id) { id } }`, { id: at(ids[`deleted ${one.of}`], one.at) })
    case 'merge': {
      const from = [...new Set(one.from.map(index => at(ids[one.of], index)))].filter(id => id !== null && id !== at(ids[one.of], one.into))
      return ask(`mutation($into: ID!, $from: [ID!]!) { merge${typeOf(one.of)}s(into: $into, from: $from) { id } }`, {
        into: at(ids[one.of], one.into),
        from,
      })
    }
    case 'unmerge':
      return ask(`mutation($id: ID!) { unmerge${typeOf(one.of)}s(id: $id) { count } }`, { id: at(ids[`deleted ${one.of}`], one.at) })
    case 'bulk':
      return ask('mutation($where: SaleWhere!, $data: SaleUpdate!) { updateSales(where: $where, data: $data) { count } }', {
        where: { status: { eq: one.from } },
        data: saleData(one.data),
      })
  }
}
