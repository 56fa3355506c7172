import { type Issue, issue } from '@tessera/platform/errors.js'
import { coerceInputValue, type GraphQLError, type GraphQLSchema, getVariableValues, isNonNullType } from 'graphql'
import { RequestError } from '../request-error.js'
import type { Operation } from './documents.js'

/**
 * The variables of a request as their types have them; null where one does not fit. As `getVariableValues` (GraphQL, 6.1.2), which looks up
 * the types of all variables each time, and says what is wrong.
 */
export function coerced({ variables }: Operation, given: Readonly<Record<string, unknown>>): Record<string, unknown> | null {
  const values: Record<string, unknown> = {}
  let fits = true
  const misfit = () => {
    fits = false
  }
  for (const { name, type, fallback } of variables) {
    const value = given[name]
    if (Object.hasOwn(given, name)) {
      if (value === null && isNonNullType(type)) return null
      values[name] = coerceInputValue(value, type, misfit)
    } else if (fallback !== undefined) values[name] = fallback
    else if (isNonNullType(type)) return null
    if (!fits) return null
  }
  return values
}

/** The variables of a request as their types have them, or the error that says which do not fit. */
export function coercedOrRefused(
  operation: Operation,
  given: Readonly<Record<string, unknown>>,
  schema: GraphQLSchema,
): Record<string, unknown> | RequestError {
  const fitting = coerced(operation, given)
  if (fitting) return fitting
  const found = getVariableValues(schema, operation.definition.variableDefinitions ?? [], given, { maxErrors: 50 })
  return found.errors ? coercionIssues(operation, given, found.errors) : found.coerced
}

/** Every variable value that does not fit its type, each with its path; `VALUE_TYPE` says what is expected. */
function coercionIssues(operation: Operation, variables: Readonly<Record<string, unknown>>, errors: readonly GraphQLError[]): RequestError {
  const issues: Issue[] = []
  for (const { name, type } of operation.variables) {
    if (variables[name] === undefined) continue
    coerceInputValue(variables[name], type, (path, _value, error) => {
      issues.push(issue('INPUT_INVALID', [name, ...path].join('/'), { problem: plain(error.message) }))
    })
  }
  if (issues.length === 0) issues.push(...errors.map(error => issue('INPUT_INVALID', '', { problem: plain(error.message) })))
  return new RequestError('BAD_REQUEST', issues.slice(0, 100))
}

/** Neither suggestions nor the given value: an answer names only what the caller's schema shows. */
const plain = (message: string): string => message.replace(/ Did you mean .*$/s, '').slice(0, 300)
