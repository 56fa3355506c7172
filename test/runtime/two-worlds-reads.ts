import type { GraphQLInputObjectType, GraphQLObjectType, GraphQLSchema } from 'graphql'
import { getNamedType } from 'graphql'
import { idOf, mark, type World } from './two-worlds.js'
import { answerOf, chosen, type Question, record } from './two-worlds-asking.js'
import { hidden, seen } from './two-worlds-hidden.js'
import { everyKey, everyMeasure, everything, everyWhere } from './two-worlds-probes.js'

/** An object as the one who looks has it. */
export interface Asked {
  readonly name: string
  readonly plural: string
  readonly type: string
  readonly schema: GraphQLSchema
}

/** Every record that the questions name: seen ones, hidden ones, one that was never there. */
export const ids = [...new Set([1, 2, 20, 30, 40, 50, 60, 999].map(idOf)), ...Object.values(seen), ...Object.values(hidden)]
const absent = idOf(999)
const input = ({ schema }: Asked, name: string) => schema.getType(name) as GraphQLInputObjectType
const output = ({ schema, type }: Asked) => schema.getType(type) as GraphQLObjectType
const words = [mark, 'One', '13811114444', '1381111', `${mark}-both`, 'note', 'Gamma']

/** Batches of root fields with a variable each, so that a hundred questions are one document. */
function batches(name: string, values: readonly unknown[], type: string, field: (variable: string) => string): Question[] {
  const size = 40
  return Array.from({ length: Math.ceil(values.length / size) }, (_, batch) => {
    const part = values.slice(batch * size, (batch + 1) * size)
    const names = part.map((_, index) => `v${index}`)
    const query = `query(${names.map(one => `$${one}: ${type}`).join(' ')}) { ${names.map(one => `${one}: ${field(`$${one}`)}`).join(' ')} }`
    const variables = Object.fromEntries(part.map((value, index) => [`v${index}`, value]))
    const question = record(`${name} ${batch}`, query, variables)
    // what is refused is refused as a whole, so that each is asked by itself then
    const alone = names.map(one => `query($${one}: ${type}) { ${one}: ${field(`$${one}`)} }`)
    return {
      ...question,
      ask: async world => {
        const together = await world.ask(query, variables)
        if (!together.body.errors) return answerOf(together)
        const data: Record<string, unknown> = {}
        for (const [index, value] of part.entries())
          data[`v${index}`] = (await world.ask(alone[index] ?? '', { [`v${index}`]: value })).body
        return { body: { data } }
      },
    }
  })
}

/** Seen records that point at hidden ones, or are pointed at by them. */
const deep: Readonly<Record<string, readonly string[]>> = {
  firm: [idOf(1), idOf(2), seen.firm, seen.other],
  person: [idOf(30), seen.person],
  note: [idOf(20)],
  task: [seen.task, seen.taskToo],
  bond: [idOf(50)],
}

/** Reads by id. */
export const ones = (asked: Asked): Question[] =>
  batches(asked.name, ids, 'ID!', id => `${asked.name}(id: ${id}) { ${everything(output(asked), 0)} }`).concat(
    (deep[asked.name] ?? []).map(id =>
      record(`${asked.name} ${id} in depth`, `query($id: ID!) { ${asked.name}(id: $id) { ${everything(output(asked))} } }`, { id }),
    ),
  )

/** Lists: filters, orders, pages, searches, deleted ones. */
export function lists(asked: Asked): Question[] {
  const { plural, type } = asked
  const shape = '{ totalCount nodes { id } }'
  const all = `{ totalCount estimatedCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { ${everything(output(asked), 0)} } } }`
  const orders = everyKey(input(asked, `${type}OrderBy`)).flatMap(path =>
    ['ASC', 'DESC_NULLS_FIRST'].map(direction => path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), direction)),
  )
  return [
    ...['NO', 'ONLY', 'WITH'].map(deleted => record(`${plural} deleted ${deleted}`, `{ ${plural}(deleted: ${deleted}) ${all} }`)),
    record(`${plural} last offset`, `{ l: ${plural}(last: 2) ${all} o: ${plural}(offset: 1, first: 2) ${all} }`),
    ...batches(
      `${plural} where`,
      chosen(everyWhere(input(asked, `${type}Where`))),
      `${type}Where`,
      where => `${plural}(where: ${where}) ${shape}`,
    ),
    ...batches(`${plural} rule`, chosen(rules(asked), 4), `${type}Where`, where => `${plural}(where: ${where}) ${shape}`),
    ...batches(
      `${plural} orderBy`,
      chosen(orders, 6).map(order => [order]),
      `[${type}OrderBy!]`,
      order => `${plural}(orderBy: ${order}, first: 3) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } }`,
    ),
    ...batches(`${plural} search`, words, 'String', word => `${plural}(search: ${word}) ${shape}`),
    pages(asked),
  ]
}

/** Rules of the caller over each field, and along each relation. */
function rules({ schema, type }: Asked): object[] {
  const where = schema.getType(`${type}Where`) as GraphQLInputObjectType
  const names = Object.keys(where.getFields()).filter(name => !['and', 'or', 'not', 'rule'].includes(name))
  const one = (rule: unknown) => ({ rule })
  return names.flatMap(name => {
    const field = where.getFields()[name]
    const inner = field && (getNamedType(field.type) as GraphQLInputObjectType)
    if (!inner) return []
    if ('some' in inner.getFields())
      return ['some', 'none', 'every'].map(quantifier => one({ [quantifier]: [{ var: name }, { '!=': [{ var: 'id' }, absent] }] }))
    if ('and' in inner.getFields())
      return [
        one({ '!=': [{ var: name }, null] }),
        one({ '==': [{ var: name }, hidden.onlyA] }),
        one({ '!=': [{ var: `${name}.name` }, null] }),
      ]
    const kind = inner.name
    const equals =
      kind === 'IdFilter' || kind === 'TextFilter'
        ? [one({ '==': [{ var: name }, kind === 'IdFilter' ? hidden.onlyA : `${mark} One`] })]
        : []
    return [one({ '!=': [{ var: name }, null] }), ...equals, ...(kind === 'IntFilter' ? [one({ '>=': [{ var: name }, 3] })] : [])]
  })
}

/** Goes from page to page to the end. */
const pages = ({ plural }: Asked): Question => ({
  name: `${plural} page by page`,
  ask: async (world: World) => {
    const query = `query($after: String) { ${plural}(first: 1, after: $after) { edges { cursor node { id } } pageInfo { endCursor hasNextPage } } }`
    const seenPages: unknown[] = []
    let after: string | null = null
    do {
      const { body } = await world.ask(query, { after })
      const page = body.data?.[plural] as { pageInfo: { endCursor: string | null; hasNextPage: boolean } }
      seenPages.push(body)
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
    } while (after !== null)
    return seenPages
  },
})

/** Aggregates: every grouping and every measure, under filters and searches. */
export function aggregates(asked: Asked): Question[] {
  const { plural, type } = asked
  const field = `${plural}Aggregate`
  const measures = everyMeasure(asked.schema.getType(`${type}Aggregate`) as GraphQLObjectType)
  const groups = chosen(everyKey(input(asked, `${type}GroupBy`)), 6).map(path => [
    path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), {}),
  ])
  return [
    record(`${field} of all`, `{ ${field} { ${measures} } }`),
    record(`${field} of a search`, `query($word: String) { ${field}(search: $word) { ${measures} } }`, { word: mark }),
    record(
      `${field} having`,
      `{ ${field}(groupBy: [{ id: {} }], having: { count: { gt: 0 } }, orderBy: [{ key: 0 }], first: 5, offset: 1) { keys count } }`,
    ),
    ...batches(
      `${field} groupBy`,
      groups,
      `[${type}GroupBy!]`,
      group => `${field}(groupBy: ${group}, orderBy: [{ key: 0 }]) { keys count }`,
    ),
  ]
}
