import { onlineAgain, serverLost } from './online.js'
import { previewHeader } from './preview.js'

/** One problem as the server tells it: where, what is wrong, what to do. */
export interface ApiIssue {
  code: string
  path: string
  message: string
  hint?: string | null
  /** `warning` where confirming the rule lets the write in. */
  severity?: string
  rule?: string
}

/** What went wrong with a request: a code of the records API, `OFFLINE` when the server was not reached, all issues, and the trace id of an internal error. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly issues: readonly ApiIssue[] = [],
    readonly trace?: string,
  ) {
    super(message)
    this.name = 'ApiError'
  }
}

interface GraphqlError {
  message: string
  extensions?: { code?: string; issues?: ApiIssue[]; trace?: string }
}

interface GraphqlAnswer<T> {
  data?: T | null
  errors?: GraphqlError[]
}

export type Endpoint = '/graphql' | '/platform'

const signedOutListeners = new Set<() => void>()

/** Calls back when the server says that nobody is signed in any more; gives the function that stops it. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener)
  return () => signedOutListeners.delete(listener)
}

const outdatedListeners = new Set<() => void>()

/** Calls back when the server did not understand a query, as after a publish that this page has not heard of; gives the function that stops it. */
export function onOutdated(listener: () => void): () => void {
  outdatedListeners.add(listener)
  return () => outdatedListeners.delete(listener)
}

/**
 * Sends one GraphQL operation with the session's cookie.
 * @throws ApiError with every issue the server named; `OFFLINE` when it could not be reached
 */
export async function ask<T>(endpoint: Endpoint, query: string, variables: Record<string, unknown> = {}, signal?: AbortSignal): Promise<T> {
  const response = await send(endpoint, JSON.stringify({ query, variables }), signal)
  const answer = await readAnswer<T>(response)
  const error = answer.errors?.[0]
  if (error) throw failure(error, answer.errors ?? [])
  if (!answer.data) throw new ApiError(response.status === 401 ? 'UNAUTHENTICATED' : 'INTERNAL', response.statusText)
  return answer.data
}

/** The language that is shown: answers come in it, whatever the member chose elsewhere. */
export const spoken = (): Record<string, string> => ({ 'accept-language': globalThis.document?.documentElement.lang || 'en' })

async function send(endpoint: Endpoint, body: string, signal?: AbortSignal): Promise<Response> {
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...spoken(),
        ...(endpoint === '/graphql' ? previewHeader : {}),
      },
      credentials: 'same-origin',
      body,
      ...(signal ? { signal } : {}),
    })
    onlineAgain()
    return response
  } catch (error) {
    if (signal?.aborted) throw error
    serverLost()
    throw new ApiError('OFFLINE', '')
  }
}

async function readAnswer<T>(response: Response): Promise<GraphqlAnswer<T>> {
  try {
    return (await response.json()) as GraphqlAnswer<T>
  } catch {
    throw new ApiError(response.status === 401 ? 'UNAUTHENTICATED' : 'INTERNAL', response.statusText)
  }
}

/** What a refused request that is no GraphQL was answered with. */
export async function failureOf(response: Response): Promise<ApiError> {
  const { errors = [] } = await readAnswer<never>(response)
  return errors[0] ? failure(errors[0], errors) : new ApiError('INTERNAL', response.statusText)
}

function failure(first: GraphqlError, all: readonly GraphqlError[]): ApiError {
  const code = first.extensions?.code ?? 'INTERNAL'
  if (code === 'UNAUTHENTICATED') for (const listener of signedOutListeners) listener()
  const issues = all.flatMap(each => each.extensions?.issues ?? [])
  if (code === 'BAD_REQUEST' && issues.some(({ path }) => path === 'query')) for (const listener of outdatedListeners) listener()
  return new ApiError(code, first.message, issues, first.extensions?.trace)
}

/** What a file became on the server. */
export interface UploadedFile {
  id: string
  name: string
  type: string
  size: number
}

/**
 * Sends one file; @throws ApiError when it is too large or refused.
 * @param onProgress told the share that is sent, from 0 to 1
 */
export function uploadFile(file: File, onProgress?: (share: number) => void): Promise<UploadedFile> {
  const body = new FormData()
  body.append('file', file)
  // fetch does not say how much of a body is sent
  const request = new XMLHttpRequest()
  request.open('POST', '/files')
  for (const [name, value] of Object.entries(spoken())) request.setRequestHeader(name, value)
  request.responseType = 'json'
  request.upload.onprogress = event => event.lengthComputable && onProgress?.(event.loaded / event.total)
  return new Promise((resolve, reject) => {
    request.onload = () =>
      request.status < 300
        ? resolve(request.response as UploadedFile)
        : reject(new ApiError(request.status === 413 ? 'TOO_COMPLEX' : 'BAD_REQUEST', request.statusText))
    request.onerror = () => {
      serverLost()
      reject(new ApiError('OFFLINE', ''))
    }
    request.send(body)
  })
}
