import { randomBytes } from 'node:crypto'
import { type Issue, issue, localizeIssue, warningOf } from '@tessera/platform/errors.js'
import type { Locale } from '@tessera/platform/label.js'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { isBroken } from './database/lost.js'
import { RequestError, type RequestErrorCode } from './request-error.js'

/** Told of errors that are bugs, with the trace id that the caller got instead of details. */
export type ReportBug = (error: unknown, trace: string) => void

const words: Readonly<Record<'INTERNAL' | 'BAD_REQUEST', Readonly<Record<Locale, string>>>> = {
  INTERNAL: { en: 'Something went wrong here. Name this trace to the operator.', 'zh-CN': '服务器出错了。请将追踪号告知管理员。' },
  BAD_REQUEST: { en: 'The request cannot be read.', 'zh-CN': '无法读取该请求。' },
}

/**
 * The form in which any error leaves the runtime: code and issues in the caller's language; of a bug only a trace id. A database that
 * cannot be reached is `INTERNAL` with the issue `UNAVAILABLE`.
 * @param error whatever was thrown, wrapped by graphql-js or not
 * @param locale the language of the request
 */
export function errorAnswer(error: unknown, locale: Locale, report: ReportBug): GraphQLFormattedError {
  const cause = causeOf(error)
  if (cause instanceof RequestError) return requestAnswer(cause, locale)
  if (isOfDocument(error, cause)) return { message: shortened((error as Error).message), extensions: { code: 'BAD_REQUEST', issues: [] } }
  const trace = randomBytes(8).toString('hex')
  report(cause, trace)
  if (isBroken(cause)) {
    const { code, path, message, hint } = localizeIssue(issue('UNAVAILABLE', ''), locale)
    return { message, extensions: { code: 'INTERNAL', issues: [{ code, path, message, hint }], trace } }
  }
  return { message: words.INTERNAL[locale], extensions: { code: 'INTERNAL', issues: [], trace } }
}

/** What was thrown: graphql-js and Apollo wrap it, sometimes twice. */
export const causeOf = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError ? causeOf(error.originalError) : error
/** The longest word of a caller's that a message repeats, and the longest message. */
const longest = { word: 80, message: 600 } as const

/** A message without over-long words that came with the request, and without guesses at what was meant, which would tell names. */
export function shortened(message: string): string {
  const short = message
    .replace(/ Did you mean .*$/s, '')
    .replace(
      /(["“「])([^"”」]{81,})(["”」])/g,
      (_, open: string, word: string, close: string) => `${open}${word.slice(0, longest.word)}…${close}`,
    )
    .replace(/[\w$.-]{81,}/g, word => `${word.slice(0, longest.word)}…`)
  return short.length > longest.message ? `${short.slice(0, longest.message)}…` : short
}

/** Problems of the document or its variables are told as they are: they name only what the schema shows. */
const isOfDocument = (error: unknown, cause: unknown): boolean =>
  cause instanceof GraphQLError || (error instanceof GraphQLError && error.extensions.code === 'BAD_USER_INPUT')

function requestAnswer(error: RequestError, locale: Locale): GraphQLFormattedError {
  const issues = error.issues.map(found => plainIssue(localizeIssue(found, locale)))
  return {
    message: issues[0]?.message ?? (error.code === 'BAD_REQUEST' ? words.BAD_REQUEST[locale] : shortened(error.message)),
    extensions: { code: error.code, issues },
  }
}

/** An issue as the API shows it; a broken rule is named, and a warning can be confirmed by that name. */
const plainIssue = ({ code, path, message, hint, params }: Issue) => {
  const rule = code === 'RULE_VIOLATED' && typeof params.rule === 'string' ? { rule: params.rule } : {}
  return {
    code,
    path: shortened(path),
    message: shortened(message),
    hint: shortened(hint),
    ...(warningOf({ params }) === null ? {} : { severity: 'warning' }),
    ...rule,
  }
}

/** The HTTP status of whatever was thrown before an answer began: 503 says that trying again helps. */
export const statusOfError = (error: unknown): number =>
  error instanceof RequestError ? statusOf[error.code] : isBroken(error) ? 503 : 500

/** The HTTP status that fits an error outside GraphQL's own answers. */
export const statusOf: Readonly<Record<RequestErrorCode, number>> = {
  BAD_REQUEST: 400,
  VALIDATION_FAILED: 422,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  DUPLICATE: 409,
  TOO_COMPLEX: 400,
  RATE_LIMITED: 429,
  TIMEOUT: 504,
  INTERNAL: 500,
}
