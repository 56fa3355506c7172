import type { Target } from './load.js'

/** Asks the records API of the product. Throws what it answered when there are errors. */
export const ask = <T>(product: Target, query: string, variables: Record<string, unknown> = {}): Promise<T> =>
  post<T>(product, product.url, query, variables)

/** Asks the administration API of the product. Throws what it answered when there are errors. */
export const askPlatform = <T>(product: Target, query: string, variables: Record<string, unknown> = {}): Promise<T> =>
  post<T>(product, new URL('/platform', product.url), query, variables)

async function post<T>({ headers }: Target, url: URL, query: string, variables: Record<string, unknown>): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = (await response.json()) as { data: T; errors?: unknown }
  if (errors) throw new Error(JSON.stringify(errors))
  return data
}
