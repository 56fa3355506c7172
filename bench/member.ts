import { ask, askPlatform } from './ask.js'
import type { Target } from './load.js'

/** Who asks in a run: no admin, but a member who sees what one criterion and one place in the hierarchy open. */
export interface Asking {
  readonly member: string
  readonly headers: Readonly<Record<string, string>>
  /** All owners of records, those below the member first, then those whom the member does not lead. */
  readonly owners: readonly string[]
  /** Whose records the member reaches by the hierarchy: their own and those of the members below. */
  readonly reached: readonly string[]
  /** Whom records may be shared with for the member to see them: the member, and the group that the member stands in. */
  readonly grantees: readonly string[]
}

const email = 'bench@demo.test'
const password = 'measured with care 2026'
const [below, beside] = [10, 30]

/** What the member may see of each object beside what the hierarchy opens; bench/limit/access.ts says the same in SQL. */
const sector = { in: [{ var: 'record.type' }, ['newBusiness', 'expansion']] }
const notLost = { '!=': [{ var: 'record.lifecycle' }, 'lost'] }
const notCancelled = { '!=': [{ var: 'record.status' }, 'cancelled'] }
const ofSeenOrder = { '!=': [{ var: 'record.order.status' }, 'cancelled'] }
const usual = ['read', 'create', 'update']

/** Two roles, since grants add up: one covers opportunities by a criterion, one by positions. */
const roles = [
  { role: 'benchSector', label: 'Bench: by criterion', grants: { opportunity: { actions: usual, records: sector } } },
  {
    role: 'benchTeam',
    label: 'Bench: by hierarchy',
    grants: {
      opportunity: { actions: usual },
      customer: { actions: ['read'], records: notLost },
      contact: { actions: ['read'] },
      product: { actions: ['read'] },
      order: { actions: ['read'], records: notCancelled },
      orderLine: { actions: ['read'], records: ofSeenOrder },
    },
  },
]

/**
 * Publishes roles and access over the API, founds positions, and signs in as a member who has them.
 * @param product asked with the rights of an admin
 */
export async function memberOf(product: Target): Promise<Asking> {
  const { definitions } = await askPlatform<{ definitions: Record<string, unknown>[] }>(product, '{ definitions(kind: "object") }')
  const opportunity = definitions.find(({ object }) => object === 'opportunity')
  const put = [{ ...opportunity, access: { default: 'private' } }, ...roles]
  await askPlatform(product, 'mutation($put: [JSON!]) { publish(put: $put) { version } }', { put })
  await finished(product)
  const { member, headers } = await join(product)
  const owners: string[] = []
  for (let n = 0; n < below + beside; n++) owners.push(await addOwner(product, n))
  const head = await putPosition(product, 'benchHead', null, [member])
  await putPosition(product, 'benchRep', 'benchHead', owners.slice(0, below))
  return { member, headers, owners, reached: [member, ...owners.slice(0, below)], grantees: [member, head] }
}

/** Waits until nothing is left to be built after a publish: what is built meanwhile stands in the way of filling tables. */
async function finished(product: Target): Promise<void> {
  const { building } = await askPlatform<{ building: unknown[] }>(product, '{ building }')
  if (building.length === 0) return
  await new Promise(resolve => setTimeout(resolve, 200))
  await finished(product)
}

async function join(product: Target): Promise<{ member: string; headers: Record<string, string> }> {
  const { handed } = await askPlatform<{ handed: { link: string } }>(
    product,
    'mutation($email: String!, $name: String!, $roles: [String!]!) { handed: inviteMember(email: $email, name: $name, roles: $roles) { link } }',
    { email, name: 'Bench', roles: ['benchSector', 'benchTeam'] },
  )
  const token = new URL(handed.link, product.url).hash.slice(1)
  const { accepted } = await askPlatform<{ accepted: { token: string } }>(
    { ...product, headers: {} },
    'mutation($token: String!, $password: String!) { accepted: acceptInvitation(token: $token, password: $password) { token } }',
    { token, password },
  )
  const headers = { authorization: `Bearer ${accepted.token}`, 'x-workspace': 'demo' }
  const { me } = await askPlatform<{ me: { id: string } }>({ ...product, headers }, '{ me { id } }')
  await ask({ ...product, headers }, '{ opportunities(first: 1) { nodes { id } } }')
  return { member: me.id, headers }
}

async function addOwner(product: Target, n: number): Promise<string> {
  const mutation = 'mutation($name: String!) { made: addServiceAccount(name: $name, roles: ["benchTeam"]) { id } }'
  const { made } = await askPlatform<{ made: { id: string } }>(product, mutation, { name: `Bench owner ${n}` })
  return made.id
}

async function putPosition(product: Target, name: string, above: string | null, members: readonly string[]): Promise<string> {
  const data = { kind: 'position', name, label: name, above, members }
  const mutation = 'mutation($data: GroupPut!) { made: putGroup(data: $data) { id } }'
  return (await askPlatform<{ made: { id: string } }>(product, mutation, { data })).made.id
}
