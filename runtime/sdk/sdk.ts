import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Profile } from '@tessera/platform/access/profile.js'
import { labelOf } from '@tessera/platform/label.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { rootNames, typeName } from '@tessera/platform/model/naming.js'
import { stateFieldsOf } from '@tessera/platform/records/transitions.js'
import { type GraphQLField, type GraphQLOutputType, type GraphQLSchema, getNamedType, isObjectType, isUnionType } from 'graphql'
import { graphqlSchema } from '../graphql/schema.js'
import { documented, member, union } from './text.js'
import { SdkTypes } from './types.js'

/** A method of an object: the root field that it asks. */
interface Method {
  readonly name: string
  readonly operation: 'query' | 'mutation'
  readonly field: GraphQLField<unknown, unknown>
}

/** How far a field of an answer goes on. */
interface Reach {
  readonly type: string
  readonly isEither?: true
  readonly args?: Readonly<Record<string, string>>
}

/** What every list takes, wherever it stands. */
const listArgs = `/** What a list takes: a filter, a search, an order, and which page. */
export interface ListArgs<W, O> {
  readonly where?: W | null
  readonly search?: string | null
  readonly orderBy?: readonly O[] | null
  /** How many, at most 1000; 50 unless said. */
  readonly first?: number | null
  readonly after?: string | null
  readonly last?: number | null
  readonly before?: string | null
  readonly offset?: number | null
  readonly deleted?: DeletedChoice
}`

/**
 * Writes a TypeScript client for a model as a profile sees it: one file without dependencies.
 * @param version of the model; the client tells when the server has another one
 */
export function sdkOf(profile: Profile, version: number): string {
  const schema = graphqlSchema(profile)
  const types = new SdkTypes(schema, profile)
  const objects = Object.values(profile.model.objects).map(object => ({ object, methods: methodsOf(object, schema) }))
  const known = objects.filter(({ methods }) => methods.length > 0)
  const roots = Object.fromEntries(
    known.map(({ object, methods }) => [object.name, Object.fromEntries(methods.map(method => [method.name, rootOf(method)]))]),
  )
  return `${[
    `// Made by "tessera sdk" for version ${version} of the model; make it anew after a publish.`,
    clientSource(),
    types.text(),
    listArgs,
    ...known.map(({ object, methods }) => interfaceOf(object, methods, types)),
    wholeOf(known.map(({ object }) => object)),
    `const reaches: Reaches = ${JSON.stringify(reachesOf(schema))}`,
    `const roots: Roots = ${JSON.stringify(roots)}`,
    `/** A client of the workspace. */\nexport const createClient = (options: ClientOptions): Tessera => clientOf(options, roots, reaches, ${version}) as Tessera`,
  ].join('\n\n')}\n`
}

/** The part of every client that knows no model: the source that stands beside this file. */
function clientSource(): string {
  const [source = ''] = ['./client.ts', '../../sdk/client.ts'].map(path => fileURLToPath(new URL(path, import.meta.url))).filter(existsSync)
  return readFileSync(source, 'utf8')
    .replace(/^export (?=function clientOf)/m, '')
    .trim()
}

/** What may be done with the records of an object, by the names that the root fields have in the model. */
function methodsOf(object: ObjectModel, schema: GraphQLSchema): Method[] {
  const { queries, mutations } = rootNames(object.name, object.plural)
  const [query, mutation] = [schema.getQueryType()?.getFields() ?? {}, schema.getMutationType()?.getFields() ?? {}]
  const named = (fields: typeof query, operation: Method['operation'], names: Readonly<Record<string, string>>): Method[] =>
    Object.entries(names).flatMap(([name, root]) => {
      const field = fields[root]
      return field ? [{ name, operation, field }] : []
    })
  const { one, many, aggregate } = queries
  return [...named(query, 'query', { get: one, list: many, aggregate }), ...named(mutation, 'mutation', mutations)]
}

function interfaceOf(object: ObjectModel, methods: readonly Method[], types: SdkTypes): string {
  const type = typeName(object.name)
  const lines = methods.map(method => {
    const note = documented(method.name === 'get' || method.name === 'list' ? null : method.field.description, '  ')
    return `${note}  readonly ${method.name}: Ask<${argsOf(method, object, types)}, ${types.answer(method.field.type)}>`
  })
  const list = methods.find(({ name }) => name === 'list')
  const each = list
    ? [`  /** Every record of a list, page after page. */\n  readonly each: Each<${argsOf(list, object, types)}, ${type}>`]
    : []
  return `/** What may be done with: ${labelOf(object.pluralLabel, 'en') || object.plural}. */\nexport interface ${type}Methods {\n${[...lines, ...each].join('\n')}\n}`
}

/** The arguments of a method; transitions are called by the names that the object has. */
function argsOf({ name, field }: Method, object: ObjectModel, types: SdkTypes): string {
  const args = types.args(field)
  if (name !== 'transition') return args
  const names = stateFieldsOf(object).flatMap(({ states }) => states.transitions.map(transition => transition.name))
  return args.replace('transition: string', `transition: ${union([...new Set(names)])}`)
}

const wholeOf = (objects: readonly ObjectModel[]): string => `/** The objects of the workspace. */
export interface Tessera {
${objects.map(({ name, label }) => `${documented(labelOf(label, 'en'), '  ')}  readonly ${member(name)}: ${typeName(name)}Methods`).join('\n')}
  /** Sends any document; throws \`TesseraError\` when the answer has errors. */
  send(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>
}`

/** The fields of every type that have fields or arguments themselves. */
function reachesOf(schema: GraphQLSchema): Readonly<Record<string, Readonly<Record<string, Reach>>>> {
  const types = Object.values(schema.getTypeMap()).filter(type => isObjectType(type) && !type.name.startsWith('__'))
  return Object.fromEntries(
    types.flatMap(type => {
      const fields = isObjectType(type) ? Object.values(type.getFields()) : []
      const reaching = fields.flatMap(field => (hasFields(field.type) ? [[field.name, reachOf(field)] as const] : []))
      return reaching.length > 0 ? [[type.name, Object.fromEntries(reaching)]] : []
    }),
  )
}

const hasFields = (type: GraphQLOutputType): boolean => isObjectType(getNamedType(type)) || isUnionType(getNamedType(type))

function reachOf({ type, args }: GraphQLField<unknown, unknown>): Reach {
  const named = getNamedType(type)
  return {
    type: named.name,
    ...(isUnionType(named) ? { isEither: true as const } : {}),
    ...(args.length > 0 ? { args: Object.fromEntries(args.map(arg => [arg.name, String(arg.type)])) } : {}),
  }
}

const rootOf = ({ operation, field }: Method) => ({ ...reachOf(field), operation, field: field.name })
