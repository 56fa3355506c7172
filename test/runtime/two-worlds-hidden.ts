import { upload } from '../support/files.js'
import { startImport } from '../support/imports.js'
import { idOf, mark, type TwoWorlds, type World } from './two-worlds.js'

/** Ids of hidden records, by what is hidden about them. */
export const hidden = {
  onlyA: idOf(100),
  onlyB: idOf(101),
  differs: idOf(102),
  deletedInA: idOf(103),
  mergedInA: idOf(104),
  survivor: idOf(105),
  queued: idOf(106),
  person: idOf(130),
  personToo: idOf(131),
  note: idOf(120),
  task: idOf(140),
  bond: idOf(150),
  slot: idOf(160),
  vault: idOf(170),
} as const
/** Ids of records that are seen and have something about them that is not. */
export const seen = {
  firm: idOf(3),
  shared: idOf(5),
  other: idOf(4),
  task: idOf(41),
  taskToo: idOf(42),
  person: idOf(31),
  note: idOf(21),
} as const

/** Fills a world with what the one who looks must not see: other records, other values, other links, other history in each. */
export async function differ(world: World, worlds: TwoWorlds): Promise<void> {
  const isA = world.name === 'a'
  await hiddenRecords(world, worlds, isA)
  await seenRecords(world, worlds, isA)
  await linesOfHidden(world, worlds, isA)
  await deletions(world, worlds, isA)
  await deeds(world, worlds, isA)
}

async function hiddenRecords(world: World, { members, files }: TwoWorlds, isA: boolean): Promise<void> {
  const owner = { ownerId: members.other }
  const one = isA ? hidden.onlyA : hidden.onlyB
  const which = isA ? 'One' : 'Two'
  await world.make('vault', { id: hidden.vault, name: `${mark} vault ${which}` })
  if (isA) await world.make('vault', { name: `${mark} more` })
  const values = {
    code: `${mark}-${which}`,
    phone: isA ? '13700001111' : '13700002222',
    mail: `${which}@${mark}.test`,
    margin: isA ? 71 : 72,
  }
  await world.make('firm', {
    id: one,
    name: `${mark} ${which}`,
    ...values,
    amount: isA ? '500' : '900',
    size: isA ? 50 : 90,
    day: '2026-03-03',
    ...owner,
    ...(isA ? { paper: { id: files.hidden } } : {}),
  })
  await world.make('firm', {
    id: hidden.differs,
    name: `${mark} differs ${which}`,
    code: isA ? `${mark}-both` : null,
    amount: isA ? '5' : '700',
    tags: isA ? [mark] : [],
    partnerId: isA ? idOf(1) : null,
    ...owner,
  })
  await world.make('firm', { id: hidden.deletedInA, name: `${mark} bin`, code: `${mark}-bin`, ...owner })
  if (isA) await world.run('graphql', 'mutation($id: ID!) { deleteFirm(id: $id) { id } }', { id: hidden.deletedInA })
  await world.make('firm', { id: hidden.mergedInA, name: `${mark} goes`, ...owner })
  await world.make('firm', { id: hidden.survivor, name: `${mark} stays`, ...owner })
  const merge = 'mutation($into: ID!, $from: [ID!]!) { mergeFirms(into: $into, from: $from) { id } }'
  if (isA) await world.run('graphql', merge, { into: hidden.survivor, from: [hidden.mergedInA] })
  await world.make('firm', { id: hidden.queued, name: `${mark} queued`, desk: 'theirs', ownerId: isA ? null : members.other })
  await world.make('person', { id: hidden.person, name: `${mark} person ${which}`, open: false, employerId: isA ? idOf(1) : idOf(2) })
  if (isA) await world.make('person', { id: hidden.personToo, name: `${mark} person too`, open: null })
  await world.make('slot', {
    id: hidden.slot,
    name: `${mark} slot`,
    room: isA ? 'r2' : 'r3',
    shift: isA ? 's2' : 's3',
    from: '2026-05-01',
    to: '2026-05-31',
    ...owner,
  })
}

/** Records that may be seen, with hidden fields, masked fields of the same mask, and links to what may not. */
async function seenRecords(world: World, { members, files }: TwoWorlds, isA: boolean): Promise<void> {
  const owner = { ownerId: members.clerk }
  const secret = { phone: isA ? '13811114444' : '13822224444', mail: `a${isA ? 'nn' : 'bb'}@example.com`, margin: isA ? 1 : 2 }
  const file = isA ? { secretPaper: { id: files.field } } : {}
  const away = { partnerId: isA ? hidden.onlyA : null, vaultId: isA ? hidden.vault : null }
  await world.make('firm', { id: seen.firm, name: 'Gamma', code: 'G3', amount: '30', size: 9, ...secret, ...file, ...away, ...owner })
  await world.make('firm', { id: seen.other, name: 'Delta', partnerId: isA ? hidden.onlyA : hidden.onlyB, status: 'open', ...owner })
  const update = 'mutation($id: ID!, $data: FirmUpdate!) { updateFirm(id: $id, data: $data) { id } }'
  await world.run('graphql', update, { id: seen.firm, data: { margin: isA ? 11 : 12, phone: isA ? '13833334444' : '13844444444' } })
  await world.run('graphql', update, { id: seen.other, data: { partnerId: isA ? null : hidden.differs } })
  await world.make('task', {
    id: seen.task,
    name: 'Write',
    firmId: isA ? hidden.onlyA : null,
    about: isA ? { firm: { id: hidden.onlyA } } : null,
  })
  await world.make('task', {
    id: seen.taskToo,
    name: 'Read',
    firmId: isA ? hidden.onlyA : hidden.onlyB,
    about: isA ? { person: { id: hidden.person } } : { firm: { id: hidden.onlyB } },
    helperId: null,
  })
  const people = isA ? [hidden.person, hidden.personToo] : [hidden.person]
  const link = { people: { link: people.map(id => ({ id, attributes: { role: mark } })) } }
  await world.make('person', { id: seen.person, name: 'Bob', open: true, employerId: isA ? hidden.onlyA : hidden.onlyB })
  await world.run('graphql', update, { id: idOf(1), data: link })
}

/** Lines, and what holds seen records, that only others may see. */
async function linesOfHidden(world: World, { members }: TwoWorlds, isA: boolean): Promise<void> {
  await world.make('note', { id: hidden.note, firmId: isA ? hidden.onlyA : hidden.onlyB, text: `${mark} note` })
  if (isA) await world.make('note', { firmId: hidden.differs, text: `${mark} more` })
  // holds Alpha in one world only
  await world.make('bond', { id: hidden.bond, name: `${mark} bond`, firmId: isA ? idOf(1) : null, ownerId: members.other })
  if (isA) await world.make('bond', { name: `${mark} more`, tallyId: idOf(70), ownerId: members.other })
}

/** The bin: what was seen went with what was not, and what it had of unique values is taken, in one world by hidden records. */
async function deletions(world: World, { members }: TwoWorlds, isA: boolean): Promise<void> {
  const [mine, theirs] = [{ ownerId: members.clerk }, { ownerId: members.other }]
  const remove = 'mutation($ids: [ID!]!) { deleteFirms(where: { id: { in: $ids } }) { count } }'
  const bin = (...numbers: readonly number[]) => world.run('graphql', remove, { ids: numbers.map(idOf) })
  for (const number of [200, 201]) await world.make('firm', { id: idOf(number), name: `Bin ${number}`, ...mine })
  for (const number of [202, 203]) await world.make('firm', { id: idOf(number), name: `${mark} bin ${isA ? 1 : 2}`, ...theirs })
  await world.make('note', { id: idOf(220), firmId: idOf(200), text: 'goes along' })
  for (const id of isA ? [221, 222] : [221]) await world.make('note', { id: idOf(id), firmId: idOf(202), text: `${mark} along` })
  await bin(200, 202, ...(isA ? [203] : []))
  await bin(isA ? 201 : 203)
  if (isA) await world.make('firm', { id: idOf(204), name: `${mark} alone`, ...theirs })
  if (isA) await bin(204)
  if (!isA) await bin(201)
  const unique = { code: 'BIN', phone: '13877778888', margin: 7711 }
  for (const [index, [field, value]] of Object.entries(unique).entries()) {
    await world.make('firm', { id: idOf(210 + index), name: `Bin ${field}`, [field]: value, ...mine })
    await bin(210 + index)
    if (isA) await world.make('firm', { name: `${mark} has it`, [field]: value, ...theirs })
  }
}

/** What others did and keep for themselves: shares, views, imports, exports, keys, claims, looks at masked values. */
async function deeds(world: World, { members, queue }: TwoWorlds, isA: boolean): Promise<void> {
  const share = 'mutation($id: ID!, $with: ID!) { shareRecord(object: "firm", id: $id, with: $with) { id } }'
  await world.run('platform', share, { id: hidden.differs, with: isA ? queue : members.admin })
  // one record is shared with the one who looks: what lets them see it opens nothing else
  await world.make('firm', { id: seen.shared, name: 'Shared', ownerId: members.other })
  await world.run('platform', share, { id: seen.shared, with: members.clerk })
  const view = 'mutation($name: String!, $query: String!) { saveView(object: "firm", name: $name, query: $query, isShared: false) { id } }'
  for (const who of ['admin', 'other'] as const)
    await world.run('platform', view, { name: isA ? `${mark} view` : `${mark} list`, query: mark }, who)
  const shown =
    'mutation($columns: [String!]) { saveView(object: "firm", name: "theirs", query: "", columns: $columns, isShared: true) { id } }'
  await world.run('platform', shown, { columns: isA ? ['name', 'margin'] : ['name', 'vault'] }, 'other')
  const reveal = 'mutation($id: ID!) { reveal(object: "firm", id: $id, field: "phone") }'
  if (isA) await world.run('platform', reveal, { id: seen.firm }, 'other')
  if (isA) await world.run('platform', 'mutation { exportRecords(object: "firm", format: "csv") { id } }', {}, 'other')
  const file = await upload(world.url, world.headers.other, 'theirs.csv', isA ? 'name\nimported 1\n' : 'name\nimported 1\nimported 2\n')
  await startImport(world.url, world.headers.other, { object: 'vault', file, mapping: [{ column: 'name', field: 'name' }] })
  const key = 'mutation($objects: [KeyObjectInput!]) { createApiKey(name: "theirs", objects: $objects) }'
  const objects = isA ? [{ object: 'vault' }] : [{ object: 'firm', fields: ['margin'] }]
  await world.run('platform', key, { objects }, 'other')
  // what is published of hidden objects is the same, so that both share their plans; what its author says of it is not
  const put = [{ view: `${mark}View`, kind: 'list', object: 'vault', label: 'View', columns: ['name'] }]
  const publish = 'mutation($put: [JSON!], $message: String) { publish(put: $put, message: $message) { version } }'
  await world.run('platform', publish, { put, message: `${mark} of ${isA ? 'a' : 'b'}` })
  if (isA)
    await world.run('platform', 'mutation { claimRecord(object: "firm", id: $id) }'.replace('$id', `"${hidden.queued}"`), {}, 'other')
}
