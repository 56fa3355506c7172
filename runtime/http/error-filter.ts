import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { acceptedLocale } from '@tessera/platform/label.js'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Denials } from '../access/denials.js'
import { errorAnswer, type ReportBug, statusOf, statusOfError } from '../error-answer.js'
import { RequestError, type RequestErrorCode } from '../request-error.js'

/** Largest body of a request that is no upload. */
export const bodyLimit = 2 * 1024 * 1024

/** Largest file that can be uploaded. */
export const uploadLimit = 50 * 1024 * 1024

/** Gives every failed HTTP request the errors form of GraphQL, whichever part refused it. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    private readonly report: ReportBug,
    private readonly denials: Pick<Denials, 'tell'>,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<unknown> {
    if (host.getType<string>() === 'graphql') throw error
    const http = host.switchToHttp()
    const request = http.getRequest<FastifyRequest>()
    const reply = http.getResponse<FastifyReply>()
    const expected = asRequestError(error)
    await this.denials
      .tell(request, [error], `${request.method} ${request.routeOptions.url ?? ''}`)
      .catch((failed: unknown) => this.report(failed, ''))
    const answer = errorAnswer(expected?.error ?? error, acceptedLocale(request.headers['accept-language']) ?? 'en', this.report)
    return reply
      .status(expected?.status ?? statusOfError(error))
      .type('application/json; charset=utf-8')
      .send({ errors: [answer] })
  }
}

interface Expected {
  readonly error: RequestError
  readonly status: number
}

/** Problems of HTTP itself (size, form, path) come from Fastify or Nest with a status of 4xx. */
function asRequestError(error: unknown): Expected | null {
  if (error instanceof RequestError) return { error, status: statusOf[error.code] }
  const status = error instanceof HttpException ? error.getStatus() : Number((error as { statusCode?: unknown } | null)?.statusCode)
  if (!(status >= 400 && status < 500)) return null
  const code: RequestErrorCode =
    status === 404 ? 'NOT_FOUND' : status === 401 ? 'UNAUTHENTICATED' : status === 403 ? 'FORBIDDEN' : 'BAD_REQUEST'
  const isUpload = String((error as { code?: unknown } | null)?.code).startsWith('FST_REQ_FILE')
  const issues = status === 413 ? [issue('BODY_TOO_LARGE', '', { limit: (isUpload ? uploadLimit : bodyLimit) / 1024 / 1024 })] : []
  return { error: new RequestError(code, issues), status }
}
