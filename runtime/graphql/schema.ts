import { may, type Profile } from '@tessera/platform/access/profile.js'
import { labelOf } from '@tessera/platform/label.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { rootNames, targetTypeNames, typeName } from '@tessera/platform/model/naming.js'
import { stateFieldsOf } from '@tessera/platform/records/transitions.js'
import {
  GraphQLBoolean,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  type GraphQLFieldConfigMap,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
} from 'graphql'
import { AggregateTypes } from './aggregate-types.js'
import { changedField } from './change-types.js'
import { withFormer } from './former-fields.js'
import { InputTypes } from './input-types.js'
import { DeletedChoice, PageInfo, RowIssue, scalarNamed, WorkspaceMember } from './shared-types.js'

type Field = GraphQLFieldConfig<unknown, unknown>
type Fields = GraphQLFieldConfigMap<unknown, unknown>

const required = new Set(['id', 'version', 'createdAt', 'updatedAt'])
const isFlag = { type: new GraphQLNonNull(GraphQLBoolean) }

/** The GraphQL schema of a model as a profile sees it. It says what may be asked; what is asked is compiled, not resolved. */
export function graphqlSchema(profile: Profile): GraphQLSchema {
  const objects = Object.values(profile.model.objects)
  const inputs = new InputTypes(profile)
  const outputs = new OutputTypes(profile, inputs)
  const aggregates = new AggregateTypes(inputs)
  const all = (fieldsOf: (object: ObjectModel) => Fields): Fields =>
    Object.assign({}, ...objects.map(object => withFormer(fieldsOf(object), object.former?.roots)))
  const query = all(object => queries(object, outputs, inputs, aggregates))
  const mutation = all(object => mutations(object, profile, outputs, inputs))
  const subscription = all(object => ({
    [rootNames(object.name, object.plural).subscriptions.changed]: changedField(object, outputs.record(object), inputs.where(object)),
  }))
  return new GraphQLSchema({
    query: new GraphQLObjectType({
      name: 'Query',
      fields: Object.keys(query).length > 0 ? query : { nothing: { type: GraphQLBoolean, description: 'You may not read anything here.' } },
    }),
    mutation: Object.keys(mutation).length > 0 ? new GraphQLObjectType({ name: 'Mutation', fields: mutation }) : undefined,
    subscription: Object.keys(subscription).length > 0 ? new GraphQLObjectType({ name: 'Subscription', fields: subscription }) : undefined,
  })
}

function queries(object: ObjectModel, outputs: OutputTypes, inputs: InputTypes, aggregates: AggregateTypes): Fields {
  const names = rootNames(object.name, object.plural).queries
  return {
    [names.one]: {
      type: outputs.record(object),
      args: { id: { type: new GraphQLNonNull(GraphQLID) } },
      description: labelOf(object.label, 'en'),
    },
    [names.many]: outputs.list(object),
    [names.aggregate]: aggregates.field(object, { where: { type: inputs.where(object) }, search: { type: GraphQLString } }),
  }
}

const confirm = {
  type: new GraphQLList(new GraphQLNonNull(GraphQLString)),
  description: 'Rules whose warnings are confirmed: with them the write goes in, and who confirmed is kept.',
}

function mutations(object: ObjectModel, profile: Profile, outputs: OutputTypes, inputs: InputTypes): Fields {
  // links are written through the records that they join
  if (object.junction) return {}
  const names = rootNames(object.name, object.plural).mutations
  const record = outputs.record(object)
  const batch = new GraphQLNonNull(outputs.batch(object))
  const id = { type: new GraphQLNonNull(GraphQLID) }
  const version = { type: GraphQLInt }
  const where = { type: new GraphQLNonNull(inputs.where(object)) }
  const flag = (value: boolean) => ({ ...isFlag, defaultValue: value })
  const many = (type: ReturnType<InputTypes['create']>) => ({ type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(type))) })
  const fields: Fields = {}
  const [canCreate, canUpdate] = [may(profile, 'create', object.name), may(profile, 'update', object.name)]
  const canBulk = may(profile, 'bulk', object.name)
  if (canCreate) {
    const data = { type: new GraphQLNonNull(inputs.create(object)) }
    fields[names.create] = { type: record, args: { data, validateOnly: flag(false), confirm } }
    fields[names.createMany] = { type: batch, args: { data: many(inputs.create(object)), atomic: flag(true), confirm } }
  }
  if (canUpdate) {
    const data = { type: new GraphQLNonNull(inputs.update(object)) }
    fields[names.update] = { type: new GraphQLNonNull(record), args: { id, data, version, confirm } }
    if (stateFieldsOf(object).length > 0) {
      const transition = { type: new GraphQLNonNull(GraphQLString) }
      const args = { id, transition, data: { type: inputs.update(object) }, comment: { type: GraphQLString }, version, confirm }
      fields[names.transition] = { type: new GraphQLNonNull(record), args, description: 'Takes a transition of a state by its name.' }
    }
    if (canBulk) fields[names.updateMany] = { type: batch, args: { where, data, all: flag(false), confirm } }
  }
  if (canCreate && canUpdate) {
    const by = { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(GraphQLString))) }
    fields[names.upsertMany] = { type: batch, args: { data: many(inputs.create(object)), by, confirm } }
  }
  if (may(profile, 'delete', object.name)) {
    const more = handingOver(object, profile)
    fields[names.delete] = { type: new GraphQLNonNull(record), args: { id, version, confirm, ...more } }
    if (canBulk) fields[names.deleteMany] = { type: batch, args: { where, all: flag(false), confirm, ...more } }
  }
  if (may(profile, 'restore', object.name)) fields[names.restore] = { type: new GraphQLNonNull(record), args: { id } }
  return { ...fields, ...merging(object, profile, record, batch, inputs) }
}

/** Who takes over, where records that point at those of an object go over to another one when theirs is deleted. */
function handingOver(object: ObjectModel, { model }: Profile): GraphQLFieldConfigArgumentMap {
  const isHandedOver = ({ definition: { onDelete }, relation, targets }: FieldModel) =>
    onDelete === 'reassign' && (targets?.includes(object.name) ?? relation?.to === object.name)
  const some = Object.values(model.objects).some(({ fields }) => Object.values(fields).some(isHandedOver))
  return some ? { reassignTo: { type: GraphQLID, description: 'The record that takes over what is handed over.' } } : {}
}

/** Merging records into one of them, and undoing that. */
function merging(
  object: ObjectModel,
  profile: Profile,
  record: GraphQLObjectType,
  batch: GraphQLNonNull<GraphQLObjectType>,
  inputs: InputTypes,
): Fields {
  if (!may(profile, 'update', object.name) || !may(profile, 'merge', object.name)) return {}
  const names = rootNames(object.name, object.plural).mutations
  const id = new GraphQLNonNull(GraphQLID)
  const from = { type: new GraphQLNonNull(new GraphQLList(id)) }
  const fields: Fields = {}
  if (may(profile, 'delete', object.name))
    fields[names.merge] = {
      type: new GraphQLNonNull(record),
      args: { into: { type: id }, from, data: { type: inputs.update(object) }, version: { type: GraphQLInt }, confirm },
      description: 'Merges records into one: what points at them points at it then, and they are deleted.',
    }
  if (may(profile, 'restore', object.name))
    fields[names.unmerge] = {
      type: batch,
      args: { id: { type: id }, confirm },
      description: 'Undoes the merge of a record and of those merged with it; the issues tell what was changed since and stays.',
    }
  return fields
}

class OutputTypes {
  private readonly records = new Map<string, GraphQLObjectType>()
  private readonly unions = new Map<string, GraphQLUnionType>()
  private readonly connections = new Map<string, GraphQLObjectType>()

  constructor(
    private readonly profile: Profile,
    private readonly inputs: InputTypes,
  ) {}

  record(object: ObjectModel): GraphQLObjectType {
    return remember(
      this.records,
      object.name,
      () =>
        new GraphQLObjectType({
          name: typeName(object.name),
          description: labelOf(object.label, 'en'),
          fields: () => ({
            ...withFormer(Object.fromEntries(Object.values(object.fields).flatMap(field => this.fields(field))), object.former?.keys),
            ...Object.fromEntries(
              Object.values(object.children).flatMap(child => {
                const target = this.profile.model.objects[child.object]
                return target ? [[child.name, this.list(target)] as const] : []
              }),
            ),
          }),
        }),
    )
  }

  list(object: ObjectModel): Field {
    const args = {
      where: { type: this.inputs.where(object) },
      search: { type: GraphQLString },
      orderBy: { type: new GraphQLList(new GraphQLNonNull(this.inputs.orderBy(object))) },
      first: { type: GraphQLInt },
      after: { type: GraphQLString },
      last: { type: GraphQLInt },
      before: { type: GraphQLString },
      offset: { type: GraphQLInt },
      deleted: { type: new GraphQLNonNull(DeletedChoice), defaultValue: 'NO' },
    }
    return { type: new GraphQLNonNull(this.connection(object)), args, description: labelOf(object.pluralLabel, 'en') }
  }

  batch(object: ObjectModel): GraphQLObjectType {
    return remember(
      this.connections,
      `${object.name}Batch`,
      () =>
        new GraphQLObjectType({
          name: `${typeName(object.name)}Batch`,
          fields: () => ({
            count: { type: new GraphQLNonNull(GraphQLInt) },
            nodes: { type: listOf(this.record(object)) },
            issues: { type: listOf(RowIssue) },
            operation: { type: GraphQLID },
          }),
        }),
    )
  }

  private connection(object: ObjectModel): GraphQLObjectType {
    return remember(this.connections, object.name, () => {
      const type = typeName(object.name)
      const edge = new GraphQLObjectType({
        name: `${type}Edge`,
        fields: () => ({ cursor: { type: new GraphQLNonNull(GraphQLString) }, node: { type: new GraphQLNonNull(this.record(object)) } }),
      })
      return new GraphQLObjectType({
        name: `${type}Connection`,
        fields: () => ({
          nodes: { type: listOf(this.record(object)) },
          edges: { type: listOf(edge) },
          pageInfo: { type: new GraphQLNonNull(PageInfo) },
          totalCount: { type: new GraphQLNonNull(GraphQLInt) },
          estimatedCount: {
            type: new GraphQLNonNull(GraphQLInt),
            description: "Exact up to 10,000; beyond it the planner's estimate, to two figures.",
          },
        }),
      })
    })
  }

  private union(field: FieldModel, targets: readonly string[]): GraphQLUnionType {
    const { union: name } = targetTypeNames(field.object, field.name)
    return remember(this.unions, name, () => {
      const types = targets.flatMap(target => this.profile.model.objects[target] ?? []).map(object => this.record(object))
      return new GraphQLUnionType({ name, types, description: labelOf(field.label, 'en') })
    })
  }

  private fields(field: FieldModel): (readonly [string, Field])[] {
    const scalar = scalarNamed(field.class.output) as GraphQLOutputType
    const description = labelOf(field.definition.description ?? field.label, 'en')
    const own: readonly [string, Field] = [field.key, { type: required.has(field.name) ? new GraphQLNonNull(scalar) : scalar, description }]
    if (field.targets) return [own, [field.name, { type: this.union(field, field.targets), description }]]
    if (!field.relation) return [own]
    const target = field.relation.to === null ? WorkspaceMember : this.profile.model.objects[field.relation.to]
    if (!target) return [own]
    return [own, [field.name, { type: target instanceof GraphQLObjectType ? target : this.record(target), description }]]
  }
}

const listOf = (type: GraphQLObjectType) => new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(type)))

function remember<T>(made: Map<string, T>, key: string, make: () => T): T {
  const known = made.get(key)
  if (known !== undefined) return known
  const value = make()
  made.set(key, value)
  return value
}
