import { HeaderMap } from '@apollo/server'
import { Inject, Injectable } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { RequestError, type RequestErrorCode } from '../request-error.js'
import type { RequestContext } from './request-context.js'
import { SchemaEntries } from './schema-entries.js'

/** An issue in the words that the caller reads. */
interface ToldIssue {
  readonly path: string
  readonly message: string
  readonly hint: string
}

interface Answered<T> {
  readonly data: T | null
  readonly errors?: readonly { readonly extensions: { readonly code: RequestErrorCode; readonly issues: readonly ToldIssue[] } }[]
}

/** Asks the records API from within, for rooms that write what a caller may read into something else than an answer. */
@Injectable()
export class RecordsReader {
  constructor(@Inject(SchemaEntries) private readonly entries: SchemaEntries) {}

  /**
   * Answers a query as `POST /graphql` would answer the caller.
   * @param context who asks; a narrower profile than the caller's own reads less
   * Throws the request error of the answer when there is one.
   */
  async ask<T>(query: string, variables: Readonly<Record<string, unknown>>, context: RequestContext): Promise<T> {
    const entry = this.entries.of(context)
    const text = (await entry.hot(query, undefined, variables, context)) ?? (await this.first(query, variables, context))
    const { data, errors } = JSON.parse(text) as Answered<T>
    const [error] = errors ?? []
    if (error) throw new RequestError(error.extensions.code, error.extensions.issues.map(told))
    if (data === null) throw new Error('An answer without data and without an error')
    return data
  }

  private async first(query: string, variables: Readonly<Record<string, unknown>>, context: RequestContext): Promise<string> {
    const headers = new HeaderMap([['content-type', 'application/json']])
    const request = { method: 'POST', headers, search: '', body: { query, variables } }
    return (await this.entries.of(context).answer(request, context)).text
  }
}

const told = ({ path, message, hint }: ToldIssue) =>
  issue('INPUT_INVALID', path, { problem: [message, hint].filter(text => text !== '').join(' ') })
