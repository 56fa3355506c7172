import { actionNames } from '../../platform/definitions/role.js'
import { type Answer, dataOf, post, signInHeaders, startTestApp, type TestApp } from './app.js'
import { publish } from './publish.js'

/** A served workspace with its API at hand. */
export interface RecordsWorld {
  readonly app: TestApp
  readonly headers: Record<string, string>
  /** Asks the records API as the admin, or as somebody else. */
  ask(query: string, variables?: Record<string, unknown>, headers?: Record<string, string>): Promise<Answer>
  /** The answer of one root field; throws its errors. */
  get<T>(query: string, variables?: Record<string, unknown>): Promise<T>
}

/** Every action; none that would widen a grant beyond its records. */
export const everything = { actions: actionNames.filter(action => action !== 'seeAll' && action !== 'editAll') }

/**
 * A workspace of one spec file with these definitions published and no others; role `admin` may do everything.
 * @param environment variables of the program that differ from those of other tests
 */
export async function recordsWorld(
  slug: string,
  definitions: readonly unknown[],
  members: Parameters<typeof startTestApp>[1] = [{}],
  environment: Record<string, string> = {},
): Promise<RecordsWorld> {
  const app = await startTestApp(slug, members, undefined, environment, 'bare')
  const headers = await signInHeaders(app, `admin@${slug}.test`)
  await publish(app, headers, [{ role: 'admin', label: 'Admin', admin: true, grants: { '*': everything } }, ...definitions])
  const ask: RecordsWorld['ask'] = (query, variables = {}, as = headers) => post(`${app.url}/graphql`, query, variables, as)
  const get = async <T>(query: string, variables: Record<string, unknown> = {}) => {
    const answer = await ask(query, variables)
    return dataOf<T>(answer, Object.keys(answer.body.data ?? {})[0] ?? '')
  }
  return { app, headers, ask, get }
}

/** A small trade: parties in a tree of groups, orders with lines. */
export const trade = [
  {
    object: 'party',
    plural: 'parties',
    label: 'Party',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name', required: true, search: 5 },
      code: { type: 'text', label: 'Code', unique: true },
      city: { type: 'text', label: 'City' },
    },
  },
  {
    object: 'area',
    plural: 'areas',
    label: 'Area',
    owner: 'none',
    fields: { name: { type: 'text', label: 'Name' }, above: { type: 'hierarchy', label: 'Above', inverse: 'below' } },
  },
  {
    object: 'deal',
    plural: 'deals',
    label: 'Deal',
    title: 'name',
    fields: {
      number: { type: 'autonumber', label: 'Number', format: 'D-{seq:4}' },
      name: { type: 'text', label: 'Name', required: true, maxLength: 40 },
      stage: { type: 'select', label: 'Stage', options: [{ value: 'open' }, { value: 'won', kind: 'won' }], default: 'open' },
      currency: { type: 'currency', label: 'Currency', default: 'CNY' },
      amount: { type: 'money', label: 'Amount', currency: 'record' },
      share: { type: 'percent', label: 'Share' },
      weighted: {
        type: 'formula',
        label: 'Weighted',
        returns: 'money',
        currency: 'record',
        rule: { '*': [{ var: 'amount' }, { var: 'share' }] },
      },
      quantity: { type: 'integer', label: 'Quantity' },
      day: { type: 'date', label: 'Day' },
      party: { type: 'lookup', label: 'Party', to: 'party', inverse: 'deals', onDelete: 'restrict' },
      backup: { type: 'lookup', label: 'Backup', to: 'party', onDelete: 'setNull' },
      secret: { type: 'text', label: 'Secret', setOnce: true },
    },
    rules: [
      {
        rule: 'wonNeedsAmount',
        at: ['amount'],
        message: { en: 'A won deal needs an amount.', 'zh-CN': '赢单要有金额。' },
        must: { or: [{ '!=': [{ var: 'stage' }, 'won'] }, { '>': [{ var: 'amount' }, 0] }] },
      },
    ],
  },
  {
    object: 'dealLine',
    plural: 'dealLines',
    label: 'Line',
    fields: {
      deal: { type: 'masterDetail', label: 'Deal', to: 'deal', inverse: 'lines' },
      what: { type: 'text', label: 'What', required: true },
      price: { type: 'money', label: 'Price', currency: 'record' },
    },
  },
] as const
