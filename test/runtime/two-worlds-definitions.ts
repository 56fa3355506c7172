import { actionNames } from '../../platform/definitions/role.js'

/** Every action, over the records that the grant covers and no others. */
const all = actionNames.filter(action => action !== 'seeAll' && action !== 'editAll')
const text = (label: string, more: object = {}) => ({ type: 'text', label, ...more })
const lookup = (label: string, to: string, more: object) => ({ type: 'lookup', label, to, ...more })

const firm = {
  object: 'firm',
  plural: 'firms',
  label: 'Firm',
  title: 'name',
  access: {
    default: 'private',
    groups: { desk: 'queue' },
    // warned of, but gone in ten years only: nobody sweeps either world, however long asking takes
    pool: { limit: 50, recycle: { since: 'day', days: 3_650, warn: 13 } },
  },
  fields: {
    name: text('Name', { required: true, search: 5 }),
    code: text('Code', { unique: true, search: 3 }),
    phone: { type: 'phone', label: 'Phone', search: 3, unique: true },
    mail: { type: 'email', label: 'Mail' },
    margin: { type: 'integer', label: 'Margin', unique: true },
    amount: { type: 'decimal', label: 'Amount' },
    size: { type: 'integer', label: 'Size' },
    day: { type: 'date', label: 'Day' },
    at: { type: 'dateTime', label: 'At' },
    desk: text('Desk'),
    tags: { type: 'tags', label: 'Tags' },
    active: { type: 'boolean', label: 'Active' },
    status: {
      type: 'select',
      label: 'Status',
      options: [{ value: 'open' }, { value: 'won', kind: 'won' }],
      states: { initial: ['open'], transitions: [{ transition: 'win', label: 'Win', from: ['open'], to: 'won' }] },
    },
    partner: lookup('Partner', 'firm', { inverse: 'partners', onDelete: 'setNull' }),
    vault: lookup('Vault', 'vault', { inverse: 'firms', onDelete: 'setNull' }),
    partnerName: { type: 'lookupValue', label: 'Partner’s name', of: 'partner', field: 'name', mode: 'live' },
    shownPartner: { type: 'formula', label: 'Shown partner', returns: 'text', rule: { var: 'partner.name' } },
    people: { type: 'manyToMany', label: 'People', to: 'person', inverse: 'firms', attributes: { role: text('Role') } },
    taskCount: { type: 'rollup', label: 'Tasks', of: 'tasks', function: 'count' },
    paper: { type: 'file', label: 'Paper' },
    secretPaper: { type: 'file', label: 'Secret paper' },
  },
  rules: [
    { rule: 'sizeFits', at: ['size'], message: '{partner} is not {size}.', must: { '!': [{ '>=': [{ var: 'size' }, 1000] }] } },
    { rule: 'big', severity: 'warning', at: ['amount'], message: 'Much.', must: { '!': [{ '>=': [{ var: 'amount' }, '1000000'] }] } },
  ],
}

/** Objects in which something can be hidden in every way that access knows. */
const objects = [
  { object: 'vault', plural: 'vaults', label: 'Vault', title: 'name', fields: { name: text('Name') } },
  {
    object: 'person',
    plural: 'persons',
    label: 'Person',
    title: 'name',
    fields: {
      name: text('Name', { search: 5 }),
      open: { type: 'boolean', label: 'Open' },
      employer: lookup('Employer', 'firm', { inverse: 'staff', onDelete: 'setNull' }),
    },
  },
  firm,
  {
    object: 'note',
    plural: 'notes',
    label: 'Note',
    access: { default: 'parent' },
    fields: { firm: { type: 'masterDetail', label: 'Firm', to: 'firm', inverse: 'notes' }, text: text('Text', { search: 2 }) },
  },
  {
    object: 'task',
    plural: 'tasks',
    label: 'Task',
    title: 'name',
    fields: {
      number: { type: 'autonumber', label: 'Number', format: 'T-{seq:4}' },
      name: text('Name', { search: 5 }),
      firm: lookup('Firm', 'firm', { inverse: 'tasks', onDelete: 'setNull' }),
      firmName: { type: 'lookupValue', label: 'Firm’s name', of: 'firm', field: 'name', mode: 'live' },
      about: { type: 'polymorphic', label: 'About', to: ['firm', 'person'], inverse: 'mentions', onDelete: 'setNull' },
      helper: lookup('Helper', 'person', { candidates: { '==': [{ var: 'employer' }, { var: 'parent.firm' }] } }),
    },
  },
  {
    object: 'bond',
    plural: 'bonds',
    label: 'Bond',
    access: { default: 'private' },
    fields: {
      number: { type: 'autonumber', label: 'Number', format: 'B-{seq:4}' },
      name: text('Name'),
      firm: lookup('Firm', 'firm', { inverse: 'bonds', onDelete: 'restrict' }),
      tally: lookup('Tally', 'tally', { inverse: 'bonds', onDelete: 'setNull' }),
    },
  },
  {
    object: 'tally',
    plural: 'tallies',
    label: 'Tally',
    title: 'name',
    fields: { name: text('Name'), bondCount: { type: 'rollup', label: 'Bonds', of: 'bonds', function: 'count' } },
  },
  {
    object: 'slot',
    plural: 'slots',
    label: 'Slot',
    title: 'name',
    access: { default: 'private' },
    fields: {
      name: text('Name'),
      room: text('Room'),
      shift: text('Shift'),
      from: { type: 'date', label: 'From' },
      to: { type: 'date', label: 'To' },
    },
    unique: [{ unique: 'oneShift', fields: ['room', 'shift'], message: 'Taken.' }],
    ranges: [{ range: 'stay', from: 'from', to: 'to', per: ['room'], overlap: false }],
  },
]

const open = { '==': [{ var: 'open' }, true] }

/** What the one who looks may do: everything, with what the worlds differ in out of sight. */
const clerk = {
  role: 'clerk',
  label: 'Clerk',
  audit: true,
  grants: {
    person: { actions: all, records: open },
    firm: { actions: all, fields: { phone: 'masked', mail: 'masked', margin: 'hidden', secretPaper: 'hidden' } },
    note: { actions: all },
    task: { actions: all },
    bond: { actions: all },
    slot: { actions: all },
    tally: { actions: ['read'] },
  },
}

/** Objects and roles of both worlds. */
export const definitions = [...objects, clerk, { role: 'all', label: 'All', grants: { '*': { actions: [...actionNames] } } }]
