import { actionNames, type RoleDefinition } from '../../platform/definitions/role.js'
import { addMember } from '../../runtime/access/members.js'
import { type Answer, dataOf, post, signInHeaders, testPassword } from './app.js'
import { everything, type RecordsWorld, recordsWorld } from './records.js'

type Grants = RoleDefinition['grants']
const usual = { actions: ['read', 'create', 'update', 'delete', 'restore', 'export', 'share'] }

/** Firms with contacts: private to their owners, their superiors, their territory; from the pool to whoever claims them. */
const firmObjects = [
  {
    object: 'firm',
    plural: 'firms',
    label: 'Firm',
    title: 'name',
    sort: [{ field: 'name' }],
    access: {
      default: 'private',
      groups: { region: 'territory', desk: 'queue' },
      rules: [{ rule: 'moneySeesSales', of: { team: 'sales' }, to: { team: 'money' }, level: 'read' }],
      pool: { limit: 3, again: 7, recycle: { since: 'touched', days: 15, warn: 13, protect: 5 } },
    },
    fields: {
      name: { type: 'text', label: 'Name', required: true, search: 5 },
      region: { type: 'select', label: 'Region', options: [{ value: 'north' }, { value: 'south' }] },
      desk: { type: 'text', label: 'Desk' },
      phone: { type: 'phone', label: 'Phone', search: 3, unique: true },
      mail: { type: 'email', label: 'Mail' },
      wechat: { type: 'text', label: 'WeChat', mask: { kind: 'all', unlessOwner: true } },
      margin: { type: 'integer', label: 'Margin' },
      touched: { type: 'date', label: 'Touched' },
      grade: { type: 'text', label: 'Grade', readOnlyWhen: { '==': [{ var: 'region' }, 'south'] } },
      shown: { type: 'formula', label: 'Shown', returns: 'text', rule: { var: 'name' } },
    },
  },
  {
    object: 'note',
    plural: 'notes',
    label: 'Note',
    access: { default: 'parent' },
    fields: {
      firm: { type: 'masterDetail', label: 'Firm', to: 'firm', inverse: 'notes' },
      mark: { type: 'text', label: 'Mark' },
      text: { type: 'text', label: 'Text', readOnlyWhen: { '==': [{ var: 'firm.region' }, 'south'] } },
    },
  },
  {
    object: 'task',
    plural: 'tasks',
    label: 'Task',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name' },
      done: { type: 'boolean', label: 'Done' },
      firm: { type: 'lookup', label: 'Firm', to: 'firm', inverse: 'tasks', onDelete: 'setNull' },
    },
  },
] as const

const roles: readonly { readonly role: string; readonly grants: Grants; readonly restrict?: RoleDefinition['restrict'] }[] = [
  { role: 'rep', grants: { firm: usual, note: usual, task: { actions: ['read', 'create', 'update'] } } as Grants },
  {
    role: 'finance',
    grants: {
      firm: { actions: ['read', 'export'], fields: { phone: 'revealable', mail: 'masked', wechat: 'masked', margin: 'read' } },
      note: { actions: ['read'] },
    } as Grants,
  },
  { role: 'agent', grants: { firm: { actions: ['read', 'export', 'seeAll'], fields: { phone: 'masked', margin: 'hidden' } } } as Grants },
  {
    role: 'hr',
    grants: {
      task: {
        actions: ['read', 'create', 'update', 'delete', 'bulk'],
        recordsFor: { update: { '==': [{ var: 'done' }, false] }, bulk: { '!=': [{ var: 'name' }, 'fixed'] } },
      },
    } as Grants,
  },
  {
    role: 'keeper',
    grants: {
      firm: {
        actions: ['read', 'create', 'update', 'import', 'bulk'],
        records: { and: [{ '==': [{ var: 'region' }, 'south'] }, { '>': [{ var: 'margin' }, 100] }] },
        fields: { margin: 'hidden', touched: 'read' },
      },
      note: { actions: ['read', 'create', 'update'], fields: { mark: 'read' } },
    } as Grants,
  },
  { role: 'owner', grants: { firm: { ...everything }, note: { ...everything } } as Grants },
  { role: 'guest', grants: {} as Grants },
  { role: 'all', grants: { '*': { actions: [...actionNames] } } },
  {
    role: 'employee',
    grants: { task: { actions: ['read'] } } as Grants,
    restrict: { firm: { actions: ['export', 'delete'], fields: { mail: 'hidden', phone: 'masked' } } } as RoleDefinition['restrict'],
  },
]

/** The people of the world, each with their roles. */
const people = {
  manager: ['rep'],
  east: ['rep'],
  west: ['rep'],
  both: ['rep', 'employee'],
  finance: ['finance'],
  agent: ['agent'],
  hr: ['hr'],
  boss: ['owner'],
  guest: ['guest'],
  employee: ['employee'],
} as const
export type Person = keyof typeof people | 'admin'

/** The world of roles, with everybody signed in. */
export interface RolesWorld extends RecordsWorld {
  readonly ids: Readonly<Record<Person, string>>
  /** Asks the records API as somebody. */
  as(who: Person, query: string, variables?: Record<string, unknown>): Promise<Answer>
  /** Asks `/platform` as somebody. */
  platform(who: Person, query: string, variables?: Record<string, unknown>): Promise<Answer>
  /** Adds a member with roles and gives how they ask. */
  join(name: string, roles: readonly string[]): Promise<{ readonly id: string; readonly headers: Record<string, string> }>
}

/**
 * Serves the world of roles: a manager above two reps, a territory in the north, a team of sales and one of money.
 * @param environment variables of the program that differ from those of other tests
 */
export async function rolesWorld(slug: string, environment: Record<string, string> = {}): Promise<RolesWorld> {
  const shown = roles.map(role => ({ ...role, label: role.role }))
  const world = await recordsWorld(
    slug,
    [...firmObjects, ...shown],
    [{ roles: ['admin', 'all'] }, ...Object.entries(people).map(([name, held]) => ({ email: `${name}@${slug}.test`, name, roles: held }))],
    environment,
  )
  const headers: Record<string, Record<string, string>> = { admin: world.headers }
  for (const name of Object.keys(people)) headers[name] = await signInHeaders(world.app, `${name}@${slug}.test`)
  const platform = (who: Person, query: string, variables: Record<string, unknown> = {}) =>
    post(`${world.app.url}/platform`, query, variables, headers[who])
  const members = dataOf<{ id: string; email: string }[]>(await platform('admin', '{ members { id email } }'), 'members')
  const ids = Object.fromEntries(members.map(({ id, email }) => [email.split('@')[0] ?? '', id])) as Record<Person, string>
  const put = async (kind: string, name: string, above: string | null, who: readonly Person[]) =>
    dataOf(
      await platform('admin', 'mutation($data: GroupPut!) { putGroup(data: $data) { id } }', {
        data: { kind, name, label: name, above, members: who.map(one => ids[one]) },
      }),
      'putGroup',
    )
  await put('position', 'head', null, ['manager'])
  await put('position', 'rep', 'head', ['east', 'west'])
  await put('territory', 'north', null, ['west'])
  await put('team', 'sales', null, ['east'])
  await put('team', 'money', null, ['finance'])
  await put('queue', 'first', null, ['both'])
  return {
    ...world,
    ids,
    platform,
    as: (who, query, variables) => world.ask(query, variables, headers[who]),
    join: async (name, held) => {
      const id = await addMember(world.app.database, world.app.workspace, {
        email: `${name}@${slug}.test`,
        name,
        password: testPassword,
        roles: held,
      })
      return { id, headers: await signInHeaders(world.app, `${name}@${slug}.test`) }
    },
  }
}
