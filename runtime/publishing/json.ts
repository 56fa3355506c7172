import { GraphQLScalarType, valueFromASTUntyped } from 'graphql'

/** Any JSON, in and out, in the administration API. */
export const Json = new GraphQLScalarType({
  name: 'JSON',
  description: 'Any JSON.',
  parseValue: value => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables ?? undefined),
})
