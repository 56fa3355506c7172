import type { GraphQLObjectType } from 'graphql'
import { idOf, mark, type TwoWorlds } from './two-worlds.js'
import { chosen, type Question, record } from './two-worlds-asking.js'
import { hidden, seen } from './two-worlds-hidden.js'
import { everything } from './two-worlds-probes.js'
import { type Asked, ids } from './two-worlds-reads.js'

/** Hidden records and one that was never there: nothing may be done with them, and nobody may tell which are which. */
export const untouchable = [...chosen(Object.values(hidden), 3), hidden.mergedInA, idOf(999)]
const typeOf = (asked: Asked) => asked.schema.getType(asked.type) as GraphQLObjectType
const shape = (asked: Asked) => everything(typeOf(asked), 0)
const name = ({ name: object }: Asked) => (object === 'note' ? { text: 'new' } : { name: 'new' })
const batch = (asked: Asked) => `{ count nodes { ${shape(asked)} } issues { row id code path message hint } }`
const plural = ({ plural: many }: Asked) => `${many[0]?.toUpperCase()}${many.slice(1)}`

const byId = (asked: Asked, title: string, field: (id: string) => string, more = '', variables: object = {}): Question[] =>
  untouchable.map(id =>
    record(`${title} ${asked.name} ${id}`, `mutation($id: ID!${more}) { ${field('$id')} { ${shape(asked)} } }`, { id, ...variables }),
  )

/** Links of a new record, each to something that is not there for the one who looks. */
function hiddenLinks({ name: object }: Asked, { files }: TwoWorlds): object[] {
  const none: object[] = [{}]
  const of: Readonly<Record<string, readonly object[]>> = {
    firm: [
      ...[hidden.onlyA, hidden.onlyB, hidden.differs, hidden.deletedInA, hidden.mergedInA, idOf(999)].map(partnerId => ({ partnerId })),
      ...[`${mark}-One`, `${mark}-Two`, `${mark}-both`].map(code => ({ partner: { by: { code } } })),
      ...[hidden.person, hidden.personToo, idOf(999)].map(id => ({ people: { link: [{ id }] } })),
      ...[hidden.person, hidden.personToo].map(id => ({ people: { unlink: [id] } })),
      { people: { replace: [] } },
      ...[hidden.note, idOf(999)].map(id => ({ notes: { update: [{ id, data: { text: 'new' } }] } })),
      ...[hidden.note, idOf(999)].map(id => ({ notes: { delete: [id] } })),
      { partnerId: null },
      ...[files.hidden, files.field, files.loose, idOf(999)].map(id => ({ paper: { id } })),
    ],
    person: [hidden.onlyA, hidden.differs, idOf(999)].map(employerId => ({ employerId })),
    note: [hidden.onlyA, hidden.onlyB, idOf(999)].map(firmId => ({ firmId })),
    task: [
      { firmId: null },
      { about: null },
      ...[hidden.onlyA, hidden.onlyB, idOf(999)].map(firmId => ({ firmId })),
      ...[hidden.onlyA, idOf(999)].map(id => ({ about: { firm: { id } } })),
      ...[hidden.person, hidden.personToo].map(id => ({ about: { person: { id } } })),
      ...[hidden.person, hidden.personToo, seen.person, idOf(30)].map(helperId => ({ helperId, firmId: idOf(1) })),
    ],
    bond: [hidden.onlyA, hidden.onlyB, idOf(999)].map(firmId => ({ firmId })),
  }
  return [...(of[object] ?? none)]
}

/** Making records that point at hidden ones, in every form; none of it is to be kept. */
export const creates = (asked: Asked, worlds: TwoWorlds): Question[] =>
  hiddenLinks(asked, worlds).map(link =>
    record(
      `create ${asked.name} ${JSON.stringify(link)}`,
      `mutation($data: ${asked.type}Create!) { create${asked.type}(data: $data, validateOnly: true) { ${shape(asked)} } }`,
      { data: { ...name(asked), ...(asked.name === 'note' && !('firmId' in link) ? { firmId: idOf(1) } : {}), ...link } },
    ),
  )

/** Many at once, the good ones kept, with a good one among them. */
export const createMany = (asked: Asked, worlds: TwoWorlds): Question[] => [
  record(
    `create many ${asked.plural}`,
    `mutation($data: [${asked.type}Create!]!) { create${plural(asked)}(data: $data, atomic: false) ${batch(asked)} }`,
    {
      data: hiddenLinks(asked, worlds)
        .filter(link => !('people' in link) && !('paper' in link))
        .map(link => ({ ...name(asked), ...link })),
    },
  ),
]

/** Changing hidden records, and pointing seen ones at them. */
export function updates(asked: Asked, worlds: TwoWorlds): Question[] {
  const own: Readonly<Record<string, readonly string[]>> = {
    firm: [seen.firm, seen.other, idOf(1)],
    person: [seen.person],
    note: [idOf(20)],
    task: [seen.task, seen.taskToo],
    bond: [idOf(50)],
    slot: [idOf(60)],
  }
  const write = (id: string, data: object) =>
    record(
      `update ${asked.name} ${id} ${JSON.stringify(data)}`,
      `mutation($id: ID!, $data: ${asked.type}Update!) { update${asked.type}(id: $id, data: $data) { ${shape(asked)} } }`,
      { id, data },
    )
  return [
    ...untouchable.map(id => write(id, name(asked))),
    ...(own[asked.name] ?? []).flatMap(id => [
      ...(id === idOf(1) ? chosen(hiddenLinks(asked, worlds), 3) : hiddenLinks(asked, worlds)).map(link => write(id, link)),
      write(id, name(asked)),
    ]),
    ...(asked.name === 'firm'
      ? [write(seen.firm, { size: 5000 }), write(seen.firm, { amount: '2000000' }), write(seen.firm, { version: 1 })]
      : []),
    record(
      `update ${asked.name} of another version`,
      `mutation($id: ID!, $data: ${asked.type}Update!) { update${asked.type}(id: $id, data: $data, version: 99) { id } }`,
      { id: own[asked.name]?.[0] ?? '', data: name(asked) },
    ),
  ]
}

const byFilter = (asked: Asked, verb: string, more: string): Question[] =>
  untouchable.map(id =>
    record(
      `${verb} many ${asked.plural} ${id}`,
      `mutation($where: ${asked.type}Where!) { ${verb}${plural(asked)}(where: $where${more}) ${batch(asked)} }`,
      { where: { id: { eq: id } } },
    ),
  )

/** Changes of whatever a filter finds. */
export const updateMany = (asked: Asked): Question[] =>
  byFilter(asked, 'update', `, data: { ${asked.name === 'note' ? 'text' : 'name'}: "new" }`)

/** Deleting whatever a filter finds. */
export const deleteMany = (asked: Asked): Question[] => byFilter(asked, 'delete', '')

/** Upserts that name seen records by id, with hidden links. */
export const upserts = (asked: Asked, worlds: TwoWorlds): Question[] => [
  record(
    `upsert ${asked.plural}`,
    `mutation($data: [${asked.type}Create!]!) { upsert${plural(asked)}(data: $data, by: ["id"]) ${batch(asked)} }`,
    {
      data: hiddenLinks(asked, worlds)
        .slice(0, 5)
        .map(link => ({ id: asked.name === 'firm' ? seen.firm : idOf(40), ...name(asked), ...link })),
    },
  ),
]

export const deletes = (asked: Asked): Question[] => byId(asked, 'delete', id => `delete${asked.type}(id: ${id})`)
export const restores = (asked: Asked): Question[] => byId(asked, 'restore', id => `restore${asked.type}(id: ${id})`)
export const transitions = (asked: Asked): Question[] =>
  byId(asked, 'transition', id => `transition${asked.type}(id: ${id}, transition: "win")`).concat(
    record('transition to nowhere', `mutation($id: ID!) { transition${asked.type}(id: $id, transition: "${mark}") { id } }`, {
      id: seen.firm,
    }),
  )

/** Merging hidden records into seen ones, seen ones into hidden ones, and undoing merges of others. */
export const merges = (asked: Asked): Question[] => {
  const query = `mutation($into: ID!, $from: [ID!]!) { merge${plural(asked)}(into: $into, from: $from) { ${shape(asked)} } }`
  return untouchable.flatMap(id => [
    record(`merge ${asked.plural} from ${id}`, query, { into: ids[0], from: [id] }),
    record(`merge ${asked.plural} into ${id}`, query, { into: id, from: [ids[0]] }),
  ])
}
export const unmerges = (asked: Asked): Question[] =>
  untouchable.map(id =>
    record(`unmerge ${asked.plural} ${id}`, `mutation($id: ID!) { unmerge${plural(asked)}(id: $id) ${batch(asked)} }`, { id }),
  )
