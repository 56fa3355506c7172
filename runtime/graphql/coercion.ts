import { type Issue, issue } from '@tessera/platform/errors.js'
import { coerceInputValue, type GraphQLError } from 'graphql'
import { RequestError } from '../request-error.js'
import type { Operation } from './documents.js'

/** Every variable value that does not fit its type, each with its path; `VALUE_TYPE` says what is expected. */
export function coercionIssues(
  operation: Operation,
  variables: Readonly<Record<string, unknown>>,
  errors: readonly GraphQLError[],
): RequestError {
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
