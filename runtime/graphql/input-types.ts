import { may, mayWrite, type Profile } from '@tessera/platform/access/profile.js'
import { labelOf } from '@tessera/platform/label.js'
import { isAskable } from '@tessera/platform/model/masked.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { linkTypeNames, targetTypeNames, typeName } from '@tessera/platform/model/naming.js'
import {
  GraphQLBoolean,
  GraphQLID,
  type GraphQLInputFieldConfig,
  type GraphQLInputFieldConfigMap,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
} from 'graphql'
import { withFormer } from './former-fields.js'
import { Json } from './scalars.js'
import { Direction, filterTypes, GroupOptions, scalarNamed } from './shared-types.js'

/** The input types of every object that a profile sees, made when they are first asked for. */
export class InputTypes {
  private readonly made = new Map<string, GraphQLInputObjectType>()

  constructor(private readonly profile: Profile) {}

  where(object: ObjectModel): GraphQLInputObjectType {
    return this.type(`${typeName(object.name)}Where`, own => ({
      and: { type: listOf(own()) },
      or: { type: listOf(own()) },
      not: { type: own() },
      rule: { type: Json, description: 'A condition in JSON Logic.' },
      ...withFormer(Object.fromEntries(askable(object).flatMap(field => this.filters(field))), object.former?.keys),
      ...Object.fromEntries(
        Object.values(object.children).flatMap(child =>
          this.related(child.object).map(target => [child.name, { type: this.quantified(target) }] as const),
        ),
      ),
    }))
  }

  orderBy(object: ObjectModel): GraphQLInputObjectType {
    return this.type(`${typeName(object.name)}OrderBy`, () =>
      withFormer(
        Object.fromEntries(
          askable(object).flatMap((field): (readonly [string, GraphQLInputFieldConfig])[] => [
            ...(field.class.sortable ? [[field.key, { type: Direction }] as const] : []),
            ...(field.relation ? this.related(field.relation.to).map(target => [field.name, { type: this.orderBy(target) }] as const) : []),
          ]),
        ),
        object.former?.keys,
      ),
    )
  }

  groupBy(object: ObjectModel): GraphQLInputObjectType {
    return this.type(`${typeName(object.name)}GroupBy`, () =>
      withFormer(
        Object.fromEntries(
          askable(object).flatMap((field): (readonly [string, GraphQLInputFieldConfig])[] => [
            ...(field.class.groupable ? [[field.key, { type: GroupOptions }] as const] : []),
            ...(field.relation ? this.related(field.relation.to).map(target => [field.name, { type: this.groupBy(target) }] as const) : []),
          ]),
        ),
        object.former?.keys,
      ),
    )
  }

  create(object: ObjectModel): GraphQLInputObjectType {
    return this.type(`${typeName(object.name)}Create`, () => ({ id: { type: GraphQLID }, ...this.inputs(object) }))
  }

  update(object: ObjectModel): GraphQLInputObjectType {
    return this.type(`${typeName(object.name)}Update`, () => ({ ...this.inputs(object) }))
  }

  /** The unique fields by which a record can be named; null when there is none. */
  key(object: ObjectModel): GraphQLInputObjectType | null {
    const unique = askable(object).filter(isKey)
    if (unique.length === 0) return null
    return this.type(
      `${typeName(object.name)}Key`,
      () => withFormer(Object.fromEntries(unique.map(field => [field.key, { type: scalarNamed(field.class.input) }])), object.former?.keys),
      true,
    )
  }

  private link(object: ObjectModel): GraphQLInputObjectType {
    return this.type(
      `${typeName(object.name)}Link`,
      () => {
        const key = this.key(object)
        return {
          id: { type: GraphQLID },
          ...(key ? { by: { type: key } } : {}),
          ...(may(this.profile, 'create', object.name) ? { create: { type: this.create(object) } } : {}),
        }
      },
      true,
    )
  }

  private inputs(object: ObjectModel): GraphQLInputFieldConfigMap {
    const writable = fieldsOf(object).filter(field => mayWrite(this.profile, field))
    const fields = writable.flatMap(field => {
      const description = labelOf(field.label, 'en')
      if (field.targets) return [[field.name, { type: this.target(field, field.targets), description }] as const]
      if (!field.relation) return [[field.key, { type: scalarNamed(field.class.input), description }] as const]
      return [
        [field.key, { type: GraphQLID, description }] as const,
        ...this.related(field.relation.to).map(target => [field.name, { type: this.link(target), description }] as const),
      ]
    })
    const owned = Object.values(object.children)
      .filter(child => child.owned)
      .flatMap(child => this.related(child.object).map(target => [child.name, { type: this.lines(target) }] as const))
    return { ...withFormer(Object.fromEntries(fields), object.former?.keys), ...Object.fromEntries([...owned, ...this.links(object)]) }
  }

  /** What may be said of links that a record has: for those whose other end and whose junction the caller may write. */
  private links(object: ObjectModel): (readonly [string, { readonly type: GraphQLInputObjectType }])[] {
    return Object.values(object.children).flatMap(child => {
      const junction = child.through && this.profile.model.objects[child.through.junction]
      const own = child.through && junction?.fields[child.through.own]
      const target = this.profile.model.objects[child.object]
      if (!child.through || !junction || !own || !target) return []
      const isOpen = may(this.profile, 'create', junction.name) && mayWrite(this.profile, own)
      return isOpen ? [[child.name, { type: this.linking(junction, child.through.own, target) }] as const] : []
    })
  }

  private linking(junction: ObjectModel, own: string, target: ObjectModel): GraphQLInputObjectType {
    const names = linkTypeNames(junction.name)[own === junction.junction?.near ? 'near' : 'far']
    return this.type(names.input, () => {
      const entries = { type: listOf(this.linkEntry(names.entry, junction, target)) }
      return {
        link: { ...entries, description: 'These too; those that are there already get the attributes.' },
        unlink: { type: new GraphQLList(new GraphQLNonNull(GraphQLID)), description: 'The records to link no more.' },
        replace: { ...entries, description: 'These links and no others, in this order.' },
      }
    })
  }

  private linkEntry(name: string, junction: ObjectModel, target: ObjectModel): GraphQLInputObjectType {
    return this.type(name, () => {
      const key = this.key(target)
      const attributes = this.attributes(junction)
      return { id: { type: GraphQLID }, ...(key ? { by: { type: key } } : {}), ...(attributes ? { attributes: { type: attributes } } : {}) }
    })
  }

  private attributes(junction: ObjectModel): GraphQLInputObjectType | null {
    const { near = '', far = '' } = junction.junction ?? {}
    const { [near]: _near, [far]: _far, ...fields } = this.inputs(junction)
    const ends = [near, far].flatMap(side => junction.fields[side]?.key ?? [])
    const own = Object.fromEntries(Object.entries(fields).filter(([key]) => !ends.includes(key)))
    return Object.keys(own).length > 0 ? this.type(linkTypeNames(junction.name).attributes, () => own) : null
  }

  private target(field: FieldModel, targets: readonly string[]): GraphQLInputObjectType {
    return this.type(
      targetTypeNames(field.object, field.name).input,
      () => Object.fromEntries(targets.flatMap(name => this.related(name)).map(target => [target.name, { type: this.link(target) }])),
      true,
    )
  }

  private targetWhere(field: FieldModel, targets: readonly string[]): GraphQLInputObjectType {
    return this.type(targetTypeNames(field.object, field.name).where, () =>
      Object.fromEntries(targets.flatMap(name => this.related(name)).map(target => [target.name, { type: this.where(target) }])),
    )
  }

  private lines(object: ObjectModel): GraphQLInputObjectType {
    return this.type(`${typeName(object.name)}Lines`, () => ({
      create: { type: listOf(this.create(object)) },
      update: { type: listOf(this.lineUpdate(object)) },
      delete: { type: new GraphQLList(new GraphQLNonNull(GraphQLID)) },
      replace: { type: listOf(this.create(object)), description: 'These lines and no others.' },
    }))
  }

  private lineUpdate(object: ObjectModel): GraphQLInputObjectType {
    return this.type(`${typeName(object.name)}LinesUpdate`, () => ({
      id: { type: new GraphQLNonNull(GraphQLID) },
      version: { type: GraphQLInt },
      data: { type: new GraphQLNonNull(this.update(object)) },
    }))
  }

  private quantified(object: ObjectModel): GraphQLInputObjectType {
    return this.type(`${typeName(object.name)}ListFilter`, () => ({
      some: { type: this.where(object) },
      none: { type: this.where(object) },
      every: { type: this.where(object) },
    }))
  }

  private filters(field: FieldModel) {
    const own = filterTypes[field.class.filter]
    return [
      ...(own ? [[field.key, { type: own }] as const] : []),
      ...(field.targets ? [[field.name, { type: this.targetWhere(field, field.targets) }] as const] : []),
      ...(field.relation ? this.related(field.relation.to).map(target => [field.name, { type: this.where(target) }] as const) : []),
    ]
  }

  private related(object: string | null): ObjectModel[] {
    const target = object === null ? undefined : this.profile.model.objects[object]
    return target ? [target] : []
  }

  private type(
    name: string,
    fields: (own: () => GraphQLInputObjectType) => GraphQLInputFieldConfigMap,
    isOneOf = false,
  ): GraphQLInputObjectType {
    const known = this.made.get(name)
    if (known) return known
    const type: GraphQLInputObjectType = new GraphQLInputObjectType({ name, isOneOf, fields: () => orNothing(fields(() => type)) })
    this.made.set(name, type)
    return type
  }
}

/** Whether a field names one record. */
export const isKey = (field: FieldModel): boolean => field.definition.unique === true || field.type.name === 'autonumber'

const fieldsOf = (object: ObjectModel): FieldModel[] => Object.values(object.fields)

/** What can be asked about: fields that the caller sees whole. */
const askable = (object: ObjectModel): FieldModel[] => fieldsOf(object).filter(isAskable)

const listOf = (type: GraphQLInputObjectType) => new GraphQLList(new GraphQLNonNull(type))

/** GraphQL knows no input without fields; an object that offers nothing gets one that does nothing. */
const orNothing = (fields: GraphQLInputFieldConfigMap): GraphQLInputFieldConfigMap =>
  Object.keys(fields).length > 0 ? fields : { nothing: { type: GraphQLBoolean, description: 'There is nothing to say here.' } }
