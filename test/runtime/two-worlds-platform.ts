import { dataOf } from '../support/app.js'
import { upload } from '../support/files.js'
import { runImport } from '../support/imports.js'
import { idOf, mark, type TwoWorlds, type World } from './two-worlds.js'
import { chosen, http, platform, type Question } from './two-worlds-asking.js'
import { hidden, seen } from './two-worlds-hidden.js'
import { auditEntries, bins, conflicts, views as looks, restoredDeletions } from './two-worlds-oversight.js'
import { untouchable } from './two-worlds-writes.js'

/** What the table says of a root field: its questions, or why no question could tell anything of records or of others. */
type Channel = string | ((worlds: TwoWorlds) => readonly Question[])

const objects = ['firm', 'person', 'note', 'task', 'bond', 'slot', 'vault', 'firmPeopleLink', 'none', '__proto__']
const records = [...untouchable, idOf(1), seen.firm, seen.other, seen.task, seen.taskToo, seen.person]

/** What may be seen, with something about it that may not. */
const own = [
  ...[idOf(1), seen.firm, seen.other].map(id => ({ object: 'firm', id })),
  ...[seen.task, seen.taskToo].map(id => ({ object: 'task', id })),
  { object: 'person', id: seen.person },
]

/** A field asked with each of some variables. */
const each = (field: string, declared: string, passed: string, shape: string, all: readonly Record<string, unknown>[], kind = 'query') =>
  (all.length > 12 ? chosen(all, 4) : all).map(variables =>
    platform(`${field} ${JSON.stringify(variables)}`, `${kind}(${declared}) { ${field}(${passed}) ${shape} }`, variables),
  )

const ofRecords = (field: string, shape: string, kind = 'query', among: readonly string[] = ['firm', 'task', 'person', 'vault', 'bond']) =>
  [among.flatMap(object => records.map(id => ({ object, id }))), own.filter(({ object }) => among.includes(object))].flatMap(all =>
    each(field, '$object: String!, $id: ID!', 'object: $object, id: $id', shape, all, kind),
  )

const ofObjects = (field: string, shape: string) =>
  each(
    field,
    '$object: String!',
    'object: $object',
    shape,
    objects.map(object => ({ object })),
  )

const change = (field: string, declared: string, passed: string, shape: string, all: readonly Record<string, unknown>[]) =>
  each(field, declared, passed, shape, all, 'mutation')

/** For admins: who looks is refused alike, whatever there is. */
const plain = (query: string) => () => [platform(query, query)]

const signing = 'It is asked before anybody is signed in, and knows accounts, not records.'
const importShape =
  'state object name dryRun progress { done total } result { created updated unchanged refused } reasons { code column value message hint suggestion rule severity count } error'
const accessShape = '{ action allowed reasons { kind role name holds text lines { level text value holds remark } } }'

/** Root queries of `/platform`. */
export const platformQueries: Readonly<Record<string, Channel>> = {
  needsFirstAdmin: signing,
  signInProvider: signing,
  sendsMails: signing,
  demoMembers: signing,
  invitation: signing,
  me: plain('{ me { id name email roles admin needs workspace { slug } } }'),
  workspaceSettings: plain(
    '{ workspaceSettings { name locale timeZone currency demo exportAlert exportAlertSensitive exportBlock binDays } }',
  ),
  auditLog: auditEntries,
  deletions: bins,
  restoreConflicts: conflicts,
  ownedRecords: ({ members }) =>
    each('ownedRecords', '$member: ID!', 'member: $member', '{ __typename }', [{ member: members.other }, { member: idOf(999) }]),
  members: plain('{ members { id name email roles active service } }'),
  sessions: 'One’s own sessions: those of the account, in every workspace.',
  secondFactor: plain('{ secondFactor { active required recoveryCodesLeft } }'),
  ruleBreaks: () => ofObjects('ruleBreaks', '{ looked next rules { rule count ids } }'),
  deletionEffects: () =>
    each('deletionEffects', '$object: String!, $ids: [ID!]!', 'object: $object, ids: $ids', '{ rule object field count }', [
      ...objects.flatMap(object => [
        { object, ids: untouchable },
        { object, ids: [idOf(1), idOf(2), seen.firm] },
      ]),
    ]),
  inspectImport: inspections,
  importJob: ({ a, b }) => [jobsOfOthers([a, b])],
  imports: plain(`{ imports { ${importShape} } }`),
  apiKeys: plain('{ apiKeys { name start owner own objects { object fields } } }'),
  invitations: plain('{ invitations { email name } }'),
  offboardings: plain('{ offboardings { id member state done total left error } }'),
  savedViews: () => ofObjects('savedViews', '{ id name query columns isShared isMine owner }'),
  runs: () => [
    platform('runs', '{ runs { id workflow } }'),
    ...each(
      'runs',
      '$object: String, $record: ID',
      'object: $object, record: $record',
      '{ id }',
      records.map(record => ({ object: 'firm', record })),
    ),
  ],
  history: () => ofRecords('history', '{ at action version changes channel confirmed actor { id name } }', 'query', objects),
  askedLists: () =>
    each('askedLists', '$object: String', 'object: $object', '{ object count filters { field operator } order { field } }', [
      {},
      ...objects.map(object => ({ object })),
    ]),
  fieldUse: () =>
    each(
      'fieldUse',
      '$object: String',
      'object: $object',
      '{ key name object field access count lastAt }',
      objects.map(object => ({ object })),
    ),
  exchangeRates: plain('{ exchangeRates { currency day rate } }'),
  recalculating: () => [
    platform('recalculating', '{ recalculating { object field done total } }'),
    ...ofObjects('recalculating', '{ object field done total }'),
  ],
  keptChecks: () => [platform('keptChecks', '{ keptChecks { __typename } }')],
  groups: plain('{ groups { id kind name label above members } }'),
  assignments: plain('{ assignments { id member role } }'),
  shares: () => ofRecords('shares', '{ grantee kind level until }'),
  reveals: () => [...ofObjects('reveals', '{ record field member at }'), ...ofRecords('reveals', '{ field member }', 'query', ['firm'])],
  recycledSoon: () => ofObjects('recycledSoon', '{ id at }'),
  explainAccess: ({ members }) => [
    ...ofRecords('explainAccess', accessShape),
    ...each(
      'explainAccess',
      '$object: String!, $id: ID!, $member: ID',
      'object: $object, id: $id, member: $member',
      accessShape,
      records.map(id => ({ object: 'firm', id, member: members.other })),
    ),
  ],
  transitions: () =>
    each(
      'transitions',
      '$object: String!, $ids: [ID!]!',
      'object: $object, ids: $ids',
      '{ record field transition label to allowed reason hint why { text value holds remark } requires form }',
      [...objects.map(object => ({ object, ids: records }))],
    ),
  stateHistory: () =>
    ofRecords('stateHistory', '{ field from to at transition comment channel actor { id name } }', 'query', ['firm', 'vault']),
  mergeEffects: () =>
    each('mergeEffects', '$object: String!, $from: [ID!]!', 'object: $object, from: $from', '{ object count }', [
      ...objects.flatMap(object => [...records.map(id => ({ object, from: [id] })), { object, from: records.slice(0, 9) }]),
    ]),
  why: () =>
    ['partner', 'partnerName', 'shownPartner', 'taskCount', 'margin', 'phone', 'people', 'secretPaper', 'helper', 'firmName'].flatMap(
      field =>
        each(
          'why',
          '$object: String!, $id: ID!, $field: String!',
          'object: $object, id: $id, field: $field',
          '{ kind title lines { level text value holds remark } rows { object field count } }',
          [
            ...['firm', 'task'].flatMap(object =>
              [hidden.onlyA, hidden.differs, seen.firm, seen.other, seen.task, idOf(1), idOf(999)].map(id => ({ object, id, field })),
            ),
          ],
        ),
    ),
  app: plain('{ app { version definitions } }'),
  definitions: () =>
    each(
      'definitions',
      '$kind: String',
      'kind: $kind',
      '',
      [null, 'object', 'role', 'none'].map(kind => ({ kind })),
    ),
  check: plain('{ check { issues impact touched data access cost meanwhile } }'),
  versions: plain('{ versions { number author message } }'),
  drafts: plain('{ drafts { id name } }'),
  packages: plain('{ packages { name installed } }'),
  checkPackage: plain('{ checkPackage(name: "supplierManagement") { issues plan } }'),
  checkPackageRemoval: plain('{ checkPackageRemoval(name: "crm") { issues plan } }'),
  draft: plain(`{ draft(id: "${idOf(999)}") { id } }`),
  preview: plain(`{ preview(id: "${idOf(999)}") { name definitions } }`),
  building: plain('{ building }'),
}

/** Root mutations of `/platform`. */
export const platformMutations: Readonly<Record<string, Channel>> = {
  signIn: signing,
  signOut: 'It ends the session of who asks.',
  firstAdmin: signing,
  acceptInvitation: signing,
  requestPasswordReset: signing,
  resetPassword: signing,
  changePassword: 'It is about one’s own account.',
  beginSecondFactor: 'It is about one’s own account.',
  confirmSecondFactor: 'It is about one’s own account.',
  renewRecoveryCodes: 'It is about one’s own account.',
  removeSecondFactor: 'It is about one’s own account.',
  revokeOtherSessions: 'It ends one’s own sessions.',
  revokeSession: () => change('revokeSession', '$id: ID!', 'id: $id', '', [{ id: idOf(999) }]),
  beginView: worlds => [
    ...change('beginView', '$member: ID!', 'member: $member', '', [{ member: worlds.members.clerk }, { member: idOf(999) }]),
    ...looks(worlds),
  ],
  endView: plain('mutation { endView }'),
  restoreDeletion: restoredDeletions,
  updateProfile: plain('mutation { updateProfile(locale: "en") { id locale } }'),
  updateWorkspaceSettings: plain('mutation { updateWorkspaceSettings(data: { name: "Mine" }) { name } }'),
  exportRecords: exportsKept,
  importRecords: imports,
  createApiKey: ({ members }) =>
    change('createApiKey', '$member: ID', 'name: "x", member: $member', '', [{ member: members.other }, { member: idOf(999) }]),
  revokeApiKey: () => change('revokeApiKey', '$id: ID!', 'id: $id', '', [{ id: idOf(999) }]),
  inviteMember: plain('mutation { inviteMember(email: "x@x.test", name: "x", roles: ["all"]) { link } }'),
  revokeInvitation: plain(`mutation { revokeInvitation(id: "${idOf(999)}") }`),
  resetMember: ({ members }) => change('resetMember', '$id: ID!', 'id: $id', '{ link }', [{ id: members.other }, { id: idOf(999) }]),
  changeMember: ({ members }) =>
    change('changeMember', '$id: ID!', 'id: $id, roles: ["all"]', '{ id }', [{ id: members.clerk }, { id: idOf(999) }]),
  addServiceAccount: plain('mutation { addServiceAccount(name: "x", roles: ["all"]) { id } }'),
  offboardMember: ({ members }) => change('offboardMember', '$member: ID!', 'member: $member', '{ id }', [{ member: members.other }]),
  saveView: views,
  deleteView: ({ a, b }) => [viewsOfOthers([a, b])],
  setExchangeRates: plain('mutation { setExchangeRates(rates: [{ currency: "EUR", day: "2026-01-01", rate: "7" }]) { rate } }'),
  putGroup: plain('mutation { putGroup(data: { kind: "queue", name: "theirs", label: "x", members: [] }) { id } }'),
  removeGroup: plain('mutation { removeGroup(kind: "queue", name: "theirs") }'),
  assignRole: ({ members }) => change('assignRole', '$member: ID!', 'member: $member, role: "all"', '{ id }', [{ member: members.clerk }]),
  endAssignment: plain(`mutation { endAssignment(id: "${idOf(999)}") }`),
  shareRecord: ({ members, queue }) =>
    change(
      'shareRecord',
      '$object: String!, $id: ID!, $with: ID!, $level: String!',
      'object: $object, id: $id, with: $with, level: $level',
      '{ level kind }',
      [
        ...['firm', 'vault', 'bond', 'note'].flatMap(object =>
          untouchable.flatMap(id =>
            [members.admin, queue].flatMap(one => ['read', 'edit'].map(level => ({ object, id, with: one, level }))),
          ),
        ),
      ],
    ),
  unshareRecord: ({ members, queue }) =>
    change(
      'unshareRecord',
      '$id: ID!, $with: ID!',
      'object: "firm", id: $id, with: $with',
      '',
      untouchable.flatMap(id => [members.admin, queue].map(one => ({ id, with: one }))),
    ),
  reveal: () =>
    ['phone', 'mail', 'margin', 'name', 'none'].flatMap(field =>
      change(
        'reveal',
        '$id: ID!, $field: String!',
        'object: "firm", id: $id, field: $field',
        '',
        [hidden.onlyA, hidden.differs, seen.firm, idOf(999)].map(id => ({ id, field })),
      ),
    ),
  claimRecord: () =>
    ofRecords('claimRecord', '', 'mutation', ['firm', 'vault', 'bond'])
      .filter(({ name }) => untouchable.some(id => name.includes(id)))
      // who could have seen it free is told that it is gone: that differs rightly
      .filter(({ name }) => !name.includes(hidden.queued)),
  releaseRecord: () =>
    ofRecords('releaseRecord', '', 'mutation', ['firm', 'vault', 'bond']).filter(({ name }) => untouchable.some(id => name.includes(id))),
  purgeDeletion: plain(`mutation { purgeDeletion(deletion: "${idOf(999)}") { records } }`),
  emptyBin: plain('mutation { emptyBin(until: "2030-01-01T00:00:00.000Z") { records } }'),
  publish: plain('mutation { publish(put: []) { version } }'),
  rollback: plain('mutation { rollback(to: 1) { version } }'),
  installPackage: plain('mutation { installPackage(name: "supplierManagement") { version } }'),
  removePackage: plain('mutation { removePackage(name: "crm") { version } }'),
  beginDraft: plain('mutation { beginDraft(name: "x") { id } }'),
  saveDraft: plain(`mutation { saveDraft(id: "${idOf(999)}", revision: 1, base: 1, entries: []) { id } }`),
  describeDraft: plain(`mutation { describeDraft(id: "${idOf(999)}", name: "x") { id } }`),
  discardDraft: plain(`mutation { discardDraft(id: "${idOf(999)}") }`),
}

const orders = (format: string) => [
  ...['firm', 'task', 'person', 'note', 'bond', 'slot', 'vault', 'firmPeopleLink'].map(object => ({ object, format })),
  { object: 'firm', format, fields: ['name', 'phone', 'mail', 'partner', 'partner.name', 'shownPartner', 'people'] },
  { object: 'firm', format, fields: ['name', 'margin'] },
  { object: 'task', format, fields: ['name', 'firm', 'firm.name', 'firm.phone', 'about', 'aboutType', 'helper'] },
  { object: 'firm', format, where: { name: { contains: mark } }, search: mark, orderBy: [{ partner: { name: 'DESC' } }] },
  { object: 'firm', format, where: { phone: { eq: '13811114444' } } },
]

/** Exports that are answered at once; workbooks are compared byte by byte. */
export const exportsAtOnce: readonly Question[] = ['csv', 'xlsx'].flatMap(format =>
  orders(format).map(order =>
    http(`POST /exports ${JSON.stringify(order)}`, '/exports', {
      method: 'POST',
      body: JSON.stringify(order),
      headers: { 'content-type': 'application/json' },
    }),
  ),
)

/** Exports that are kept as files, with their bytes. */
function exportsKept(): Question[] {
  return orders('csv').map(order => ({
    name: `exportRecords ${JSON.stringify(order)}`,
    names: JSON.stringify(order).includes(mark),
    ask: async world => {
      const query =
        'mutation($object: String!, $fields: [String!], $where: JSON, $search: String) { exportRecords(object: $object, fields: $fields, where: $where, search: $search) { id name type size } }'
      const answer = await world.platform(query, order)
      const { id } = (answer.body.data?.exportRecords ?? {}) as { id?: string }
      return [answer.body, id ? await (await fetch(`${world.url}/files/${id}`, { headers: world.headers.clerk })).text() : null]
    },
  }))
}

/** Files that name what is hidden: by key, by title, as candidates, in hidden and masked columns. */
const sheets: readonly {
  readonly object: string
  readonly text: string
  readonly fields: Readonly<Record<string, string>>
  readonly match?: string
}[] = [
  { object: 'task', text: `name,firm\nx,${mark} One\ny,${mark} Two\nz,Alpha\nw,nobody\n`, fields: { name: 'name', firm: 'firm' } },
  {
    object: 'task',
    text: `name,helper,firm\nx,${mark} person One,Alpha\ny,Ann,Alpha\n`,
    fields: { name: 'name', helper: 'helper', firm: 'firm' },
  },
  { object: 'task', text: `name,about\nx,firm: ${mark} One\ny,person: ${mark} person One\n`, fields: { name: 'name', about: 'about' } },
  { object: 'firm', text: `name,people\nx,${mark} person One\n`, fields: { name: 'name', people: 'people' } },
  { object: 'firm', text: 'phone,name\n13811114444,x\n', fields: { phone: 'phone', name: 'name' }, match: 'phone' },
  { object: 'firm', text: 'margin,name\n71,x\n', fields: { margin: 'margin', name: 'name' }, match: 'margin' },
  { object: 'person', text: `id,name\n${hidden.person},x\n${idOf(999)},y\n`, fields: { id: 'id', name: 'name' }, match: 'id' },
  { object: 'vault', text: 'name\nx\n', fields: { name: 'name' } },
]
const mappingOf = (fields: Readonly<Record<string, string>>) => Object.entries(fields).map(([column, field]) => ({ column, field }))

/** Imports, tried and in earnest, with what they say of refused rows. */
function imports(): Question[] {
  return sheets.flatMap(({ object, text, fields, match }) =>
    [true, false].map(dryRun => ({
      name: `import into ${object} ${JSON.stringify(fields)} ${dryRun ? 'tried' : 'in earnest'}`,
      names: true,
      ask: async (world: World) => {
        const file = await upload(world.url, world.headers.clerk, 'in.csv', text)
        try {
          const job = await runImport(world.url, world.headers.clerk, {
            object,
            file,
            mapping: mappingOf(fields),
            ...(match ? { match } : {}),
            dryRun,
          })
          const refused =
            job.errorsFile && (await (await fetch(`${world.url}/files/${job.errorsFile}`, { headers: world.headers.clerk })).text())
          return { job, refused }
        } catch (error) {
          return String(error)
        }
      },
    })),
  )
}

/** What is told of a file before its import: guesses by values, values that mean nothing, suggestions. */
function inspections(): Question[] {
  return sheets.flatMap(({ object, text, fields }) =>
    [null, mappingOf(fields)].map(mapping => ({
      name: `inspectImport ${object} ${JSON.stringify(mapping)}`,
      names: true,
      ask: async (world: World) => {
        const file = await upload(world.url, world.headers.clerk, 'in.csv', text)
        const query = `query($file: ID!, $object: String!, $mapping: JSON) { inspectImport(file: $file, object: $object, mapping: $mapping) { columns { name samples filled field guess } mapping values { column field value count suggestion } } }`
        return world.platform(query, { file, object, mapping }).then(({ body }) => body)
      },
    })),
  )
}

const ofOthers = async <T>(world: World, query: string, field: string) =>
  dataOf<T[]>({ body: { data: { [field]: await world.run<T[]>('platform', query, {}, 'other') } } } as never, field)

/** Imports of others by their ids, which differ from world to world. */
const jobsOfOthers = (_worlds: readonly World[]): Question => ({
  name: 'importJob of others',
  ask: async world => {
    const [job] = await ofOthers<{ id: string }>(world, '{ imports { id } }', 'imports')
    return [job !== undefined, (await world.platform('query($id: ID!) { importJob(id: $id) { id state } }', { id: job?.id })).body]
  },
})

/** Views that others keep for themselves: neither changed nor removed. */
const viewsOfOthers = (_worlds: readonly World[]): Question => ({
  name: 'deleteView and saveView of others',
  ask: async world => {
    const [view] = await ofOthers<{ id: string }>(world, '{ savedViews(object: "firm") { id } }', 'savedViews')
    const save = 'mutation($id: ID) { saveView(object: "firm", name: "mine", query: "", id: $id) { id name } }'
    const remove = 'mutation($id: ID!) { deleteView(id: $id) }'
    return [view !== undefined, (await world.platform(save, { id: view?.id })).body, (await world.platform(remove, { id: view?.id })).body]
  },
})

function views(): Question[] {
  return each(
    'saveView',
    '$object: String!, $name: String!',
    'object: $object, name: $name, query: ""',
    '{ name isMine owner }',
    [...objects.map(object => ({ object, name: `${mark} view` }))],
    'mutation',
  )
}
