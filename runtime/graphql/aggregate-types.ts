import type { AggregateFunction } from '@tessera/platform/fields/classes.js'
import { isAskable } from '@tessera/platform/model/masked.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { typeName } from '@tessera/platform/model/naming.js'
import {
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql'
import type { InputTypes } from './input-types.js'
import { Decimal, Json } from './scalars.js'
import { Direction, filterTypes, scalarNamed } from './shared-types.js'

/** The functions that measures are taken by, and their names in type names. */
export const functions: readonly AggregateFunction[] = ['sum', 'avg', 'min', 'max', 'countDistinct']

/** The types of the aggregate of an object. */
export class AggregateTypes {
  constructor(private readonly inputs: InputTypes) {}

  field(object: ObjectModel, choice: GraphQLFieldConfigArgumentMap): GraphQLFieldConfig<unknown, unknown> {
    const type = typeName(object.name)
    return {
      type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(rowType(object, type)))),
      args: {
        ...choice,
        groupBy: { type: new GraphQLList(new GraphQLNonNull(this.inputs.groupBy(object))) },
        having: { type: measuresInput(object, `${type}AggregateHaving`, field => filterTypes[field ? 'DecimalFilter' : 'IntFilter']) },
        orderBy: {
          type: new GraphQLList(new GraphQLNonNull(measuresInput(object, `${type}AggregateOrderBy`, () => Direction, true) ?? Direction)),
        },
        first: { type: GraphQLInt, defaultValue: 100 },
        offset: { type: GraphQLInt },
      },
    }
  }
}

/** The fields of an object that a function can be taken of. */
export const measurable = (object: ObjectModel, name: AggregateFunction): FieldModel[] =>
  Object.values(object.fields).filter(field => field.class.aggregates.includes(name) && isAskable(field))

function rowType(object: ObjectModel, type: string): GraphQLObjectType {
  const values = functions.flatMap(name => {
    const fields = measurable(object, name)
    if (fields.length === 0) return []
    const inner = new GraphQLObjectType({
      name: `${type}Aggregate${typeName(name)}`,
      fields: Object.fromEntries(fields.map(field => [field.key, { type: resultType(name, field) }])),
    })
    return [[name, { type: new GraphQLNonNull(inner) }] as const]
  })
  return new GraphQLObjectType({
    name: `${type}Aggregate`,
    fields: {
      keys: { type: new GraphQLNonNull(new GraphQLList(Json)) },
      count: { type: new GraphQLNonNull(GraphQLInt) },
      ...Object.fromEntries(values),
    },
  })
}

function resultType(name: AggregateFunction, field: FieldModel): GraphQLOutputType {
  if (name === 'countDistinct') return GraphQLInt
  if (field.class.addsToItself) return scalarNamed(field.class.output) as GraphQLOutputType
  if (name === 'sum' || name === 'avg' || field.class.name === 'integer') return Decimal
  return scalarNamed(field.class.output) as GraphQLOutputType
}

function measuresInput(
  object: ObjectModel,
  name: string,
  leaf: (field: FieldModel | null) => GraphQLInputType | undefined,
  hasKey = false,
): GraphQLInputObjectType {
  const count = leaf(null)
  return new GraphQLInputObjectType({
    name,
    fields: {
      ...(hasKey
        ? {
            key: { type: GraphQLInt, description: 'The place of a grouping key, from 0, ascending or as `direction` says' },
            direction: { type: Direction },
          }
        : {}),
      ...(count ? { count: { type: count } } : {}),
      ...Object.fromEntries(
        functions.flatMap(measure => {
          const fields = measurable(object, measure).filter(field => field.class.aggregates.includes('sum') || hasKey)
          if (fields.length === 0) return []
          const inner = new GraphQLInputObjectType({
            name: `${name}${typeName(measure)}`,
            fields: Object.fromEntries(
              fields.flatMap(field => {
                const type = leaf(field)
                return type ? [[field.key, { type }]] : []
              }),
            ),
          })
          return [[measure, { type: inner }] as const]
        }),
      ),
    },
  })
}
