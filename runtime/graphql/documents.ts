import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  typeFromAST,
  valueFromAST,
  visit,
} from 'graphql'
import { shapeOf } from './bind.js'
import { cursorShape } from './cursor.js'

/** A variable of an operation. */
interface Variable {
  readonly name: string
  readonly type: GraphQLInputType
  /** Its value where the request gives none; undefined when it has no default. */
  readonly fallback: unknown
  readonly isCursor: boolean
}

/** One operation of an accepted document, with what is known before its variables are. */
export interface Operation {
  readonly definition: OperationDefinitionNode
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>
  readonly variables: readonly Variable[]
  /** Asks for the schema itself; graphql-js answers. */
  readonly isIntrospection: boolean
}

/** Prepares an operation of a validated document; null when the name does not choose one, or one of a kind that the caller has none of. */
export function operationOf(document: DocumentNode, operationName: string | null | undefined, schema: GraphQLSchema): Operation | null {
  const definition = getOperationAST(document, operationName)
  if (!definition || !schema.getRootType(definition.operation)) return null
  const fragments = fragmentsOf(document)
  const cursors = cursorVariables(document)
  const variables = (definition.variableDefinitions ?? []).flatMap(variable => {
    const type = typeFromAST(schema, variable.type as never) as GraphQLInputType | undefined
    const name = variable.variable.name.value
    const fallback = type && variable.defaultValue && valueFromAST(variable.defaultValue, type)
    return type ? [{ name, type, fallback, isCursor: cursors.has(name) }] : []
  })
  return { definition, fragments, variables, isIntrospection: asksForSchema(document) }
}

/** Estimated bytes of an operation as it is kept, by the number of its nodes: measured, a node takes about 125. */
export function bytesOfOperation({ definition, fragments }: Operation): number {
  let nodes = 0
  for (const part of [definition, ...Object.values(fragments)]) visit(part, { enter: () => void nodes++ })
  return 1_000 + 125 * nodes
}

/** The shape of a request's variables: requests of one shape share a plan. */
export const shapeOfAll = (operation: Operation, variables: Readonly<Record<string, unknown>>): string =>
  operation.variables
    .map(({ name, type, isCursor }) =>
      isCursor && typeof variables[name] === 'string' ? cursorShape(variables[name]) : shapeOf(variables[name], type),
    )
    .join('|')

function cursorVariables(document: DocumentNode): ReadonlySet<string> {
  const found = new Set<string>()
  visit(document, {
    Argument: node => {
      if ((node.name.value === 'after' || node.name.value === 'before') && node.value.kind === Kind.VARIABLE)
        found.add(node.value.name.value)
    },
  })
  return found
}

/** The fragments of a document by their names. */
export const fragmentsOf = (document: DocumentNode): Readonly<Record<string, FragmentDefinitionNode>> =>
  Object.fromEntries(
    document.definitions.flatMap(part => (part.kind === Kind.FRAGMENT_DEFINITION ? [[part.name.value, part] as const] : [])),
  )

/** Whether a document asks for the schema itself. */
export function asksForSchema(document: DocumentNode): boolean {
  let found = false
  visit(document, {
    Field: node => {
      if (node.name.value === '__schema' || node.name.value === '__type') found = true
    },
  })
  return found
}
