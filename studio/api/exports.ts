import { ApiError, failureOf, spoken } from './client.js'
import { serverLost } from './online.js'

/** Which records are wanted as a file, as `POST /exports` takes it. */
export interface ExportOrder {
  object: string
  fields: readonly string[]
  where?: Readonly<Record<string, unknown>> | undefined
  search?: string
  orderBy?: readonly Record<string, unknown>[]
  format: 'csv' | 'xlsx'
}

/** A file that came whole. */
export interface ExportedFile {
  name: string
  content: Blob
}

/**
 * Asks for records as a file and reads it as it comes.
 * @param onBytes told how many bytes came so far
 * @throws ApiError with every issue the server named; an `AbortError` when `signal` stops it
 */
export async function fetchExport(order: ExportOrder, signal: AbortSignal, onBytes: (count: number) => void): Promise<ExportedFile> {
  const response = await fetch('/exports', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...spoken() },
    credentials: 'same-origin',
    body: JSON.stringify(order),
    signal,
  }).catch((error: unknown) => {
    if (signal.aborted) throw error
    serverLost()
    throw new ApiError('OFFLINE', '')
  })
  if (!response.ok || !response.body) throw await failureOf(response)
  const pieces: BlobPart[] = []
  let count = 0
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read()
    if (done) break
    pieces.push(value)
    count += value.length
    onBytes(count)
  }
  const type = response.headers.get('content-type') ?? 'application/octet-stream'
  return { name: nameOf(response.headers.get('content-disposition')) ?? `export.${order.format}`, content: new Blob(pieces, { type }) }
}

/** The full name of a file to save (RFC 6266, RFC 8187). */
const nameOf = (disposition: string | null): string | undefined => {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition ?? '')?.[1]
  return encoded && decodeURIComponent(encoded)
}
