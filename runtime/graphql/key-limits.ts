import { issue } from '@tessera/platform/errors.js'
import type { Model, ObjectModel } from '@tessera/platform/model/model.js'
import { linkTypeNames, rootNames, typeName, typeNames } from '@tessera/platform/model/naming.js'
import { lookup } from '@tessera/platform/registry.js'
import {
  type FieldNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { getArgumentValues, getVariableValues } from 'graphql/execution/values.js'
import type { KeyLimits } from '../access/caller.js'
import { RequestError } from '../request-error.js'
import { presentName } from './former-fields.js'
import { operationLimits } from './limits.js'

/** One request of an API key, before it is answered. */
interface Asked {
  readonly query: string
  readonly operationName?: string | undefined
  readonly variables?: Readonly<Record<string, unknown>> | undefined
}

/** What every record tells, whichever fields a key names. */
const always = new Set(['id', 'version', 'createdAt', 'updatedAt'])
/** Names in generated types that are no fields of records. */
const neutral = new Set([
  ...[
    '__typename',
    'nodes',
    'edges',
    'node',
    'cursor',
    'pageInfo',
    'totalCount',
    'estimatedCount',
    'count',
    'issues',
    'operation',
    'keys',
    'by',
    'having',
  ],
  ...['sum', 'avg', 'min', 'max', 'countDistinct', 'and', 'or', 'not', 'some', 'every', 'none', 'data', 'create', 'update', 'delete'],
  ...['replace', 'link', 'unlink', 'attributes'],
])
const endings = ['', 'Id', 'Type', 'Currency', 'Links']

/**
 * Looks through a document and its variables, before anything is read: an API key may name only its objects and fields, to read, filter,
 * sort, group or write. The schema stays that of its member.
 * @param model as its member may see it
 * Throws `FORBIDDEN` at the first name that is not among them, `BAD_REQUEST` when the document cannot be read.
 */
export function checkKeyLimits(schema: GraphQLSchema, model: Model, limits: KeyLimits, asked: Asked): void {
  const { document, operation } = operationOf(asked)
  if (operation.operation === 'mutation' && !limits.mayWrite) throw refused(operation.operation)
  const { objects } = limits
  if (objects === null) return
  const variables = coerced(schema, operation, asked.variables ?? {})
  const check = checker(model, objects)
  const info = new TypeInfo(schema)
  const roots: readonly unknown[] = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  const chosen = { ...document, definitions: document.definitions.filter(each => each === operation || each.kind !== operation.kind) }
  const enter = (node: FieldNode) => {
    const [parent, field] = [info.getParentType(), info.getFieldDef()]
    if (!parent || !field) return
    const values = readable(() => getArgumentValues(field, node, variables))
    if (roots.includes(parent)) checkRoot(presentName(field), values, model, check)
    else check.name(parent.name, presentName(field))
    check.type(getNamedType(field.type).name)
    for (const { name, type } of field.args) {
      if (values[name] === undefined) continue
      if (name === 'search') check.search(getNamedType(field.type).name)
      check.input(type, values[name])
    }
  }
  visit(chosen, visitWithTypeInfo(info, { Field: { enter } }))
}

function operationOf({ query, operationName }: Asked) {
  const document = readable(() => parse(query, { maxTokens: operationLimits.tokens, noLocation: true }))
  const operations = document.definitions.filter(definition => definition.kind === Kind.OPERATION_DEFINITION)
  const operation = operations.find(({ name }) => operationName === undefined || name?.value === operationName)
  if (!operation) throw new RequestError('BAD_REQUEST', [])
  return { document, operation }
}

/**
 * Refuses every change, for who only looks: through the eyes of a member, or at a draft.
 * Throws `FORBIDDEN`, `BAD_REQUEST` when the document cannot be read.
 */
export function checkReads(asked: Asked, code: 'VIEW_READS' | 'PREVIEW_READS'): void {
  if (operationOf(asked).operation.operation === 'mutation') throw new RequestError('FORBIDDEN', [issue(code, '')])
}

type Allowed = NonNullable<KeyLimits['objects']>

function checker(model: Model, objects: Allowed) {
  const owners = ownersOf(model)
  const fieldsOf = (object: ObjectModel) => allowedOf(object, objects)
  const requireObject = (object: ObjectModel) => {
    if (fieldsOf(object) === undefined) throw refused(object.name)
  }
  const name = (type: string, key: string): void => {
    const object = owners.get(type)
    if (!object) return
    if (key === 'rule') throw refused(key)
    if (type === typeNames(object.name).Change) return
    const allowed = fieldsOf(object)
    if (allowed === null || always.has(key)) return
    const field = fieldNamed(object, key)
    const isNamed = field === null ? neutral.has(key) || Object.hasOwn(object.children, key) : allowed?.includes(field)
    if (!isNamed) throw refused(`${object.name}.${key}`)
  }
  const type = (typeNamed: string): void => {
    const object = owners.get(typeNamed)
    if (object) requireObject(object)
  }
  const input = (given: GraphQLInputType, value: unknown): void => {
    const plain = getNullableType(given)
    if (value === null || value === undefined) return
    if (isListType(plain)) for (const each of Array.isArray(value) ? value : [value]) input(plain.ofType, each)
    if (!isInputObjectType(plain)) return
    type(plain.name)
    for (const [key, inner] of Object.entries(value as Record<string, unknown>)) {
      const field = plain.getFields()[key]
      name(plain.name, field ? presentName(field) : key)
      if (field) input(field.type, inner)
    }
  }
  const search = (typeNamed: string): void => {
    const object = owners.get(typeNamed)
    if (object && fieldsOf(object) !== null) throw refused('search')
  }
  return { name, type, input, search, fieldsOf, requireObject }
}

/** A query or mutation is of an object; what touches whole records is not for a key of single fields. */
function checkRoot(
  field: string,
  values: Readonly<Record<string, unknown>>,
  model: Model,
  { name, fieldsOf, requireObject }: ReturnType<typeof checker>,
): void {
  for (const object of Object.values(model.objects)) {
    const { queries, mutations, subscriptions } = rootNames(object.name, object.plural)
    if (!Object.values<string>({ ...queries, ...mutations, ...subscriptions }).includes(field)) continue
    requireObject(object)
    if (fieldsOf(object) === null) continue
    const { create, createMany, update, updateMany, upsertMany } = mutations
    const ofFields: readonly string[] = [
      ...Object.values(queries),
      ...Object.values(subscriptions),
      create,
      createMany,
      update,
      updateMany,
      upsertMany,
    ]
    if (!ofFields.includes(field)) throw refused(field)
    if (field === upsertMany) for (const key of values.by as readonly string[]) name(typeName(object.name), key)
  }
}

/** What a key may touch of an object, named as it is called now or was when the key was made; fields by all names that answer. */
function allowedOf(object: ObjectModel, objects: Allowed): readonly string[] | null | undefined {
  const { keys = {}, roots = {} } = object.former ?? {}
  const formerly = Object.keys(roots).find(root => roots[root] === object.name && Object.hasOwn(objects, root))
  const fields = lookup(objects, object.name) ?? (formerly === undefined ? undefined : lookup(objects, formerly))
  return fields ? fields.flatMap(field => [field, ...(Object.hasOwn(keys, field) ? [keys[field] ?? ''] : [])]) : fields
}

/** The object of each generated type. */
function ownersOf(model: Model): ReadonlyMap<string, ObjectModel> {
  const owners = new Map<string, ObjectModel>()
  for (const object of Object.values(model.objects)) {
    for (const type of Object.values(typeNames(object.name))) owners.set(type, object)
    owners.set(linkTypeNames(object.name).attributes, object)
  }
  return owners
}

/** The field that a name of the API comes from: `ownerId` from `owner`; null when it is none. */
function fieldNamed(object: ObjectModel, key: string): string | null {
  for (const ending of endings) {
    const field = key.endsWith(ending) ? key.slice(0, key.length - ending.length) : ''
    if (field !== '' && Object.hasOwn(object.fields, field)) return field
  }
  return null
}

function coerced(schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>) {
  const { coerced: values, errors } = readable(() => getVariableValues(schema, operation.variableDefinitions ?? [], { ...variables }))
  if (errors || !values) throw new RequestError('BAD_REQUEST', [])
  return values
}

/** What cannot be read is refused; the way without limits would tell what is wrong with it. */
function readable<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof RequestError) throw error
    throw new RequestError('BAD_REQUEST', [])
  }
}

const refused = (name: string) => new RequestError('FORBIDDEN', [issue('KEY_LIMITED', name)])
